"""The licences this server knows."""

from __future__ import annotations

from dataclasses import dataclass

from github_server.identity import database_id, node_id


@dataclass(frozen=True, slots=True)
class License:
    """A licence; what GitHub cannot recognise is ``other``."""

    key: str
    name: str
    spdx_id: str

    @property
    def is_other(self) -> bool:
        return self.key == "other"

    @property
    def node_id(self) -> str:
        return node_id("L", database_id("license", self.key))


KNOWN = {
    known.key: known
    for known in (
        License("mit", "MIT License", "MIT"),
        License("apache-2.0", "Apache License 2.0", "Apache-2.0"),
        License("gpl-3.0", "GNU General Public License v3.0", "GPL-3.0"),
        License("bsd-3-clause", 'BSD 3-Clause "New" or "Revised" License', "BSD-3-Clause"),
        License("other", "Other", "NOASSERTION"),
    )
}


def license_named(key: str | None) -> License | None:
    return None if key is None else KNOWN.get(key.lower(), KNOWN["other"])
