"""The repositories of an account as the REST API lists them: a hundred a request, and free while nothing changes.

The listing tells when each repository was pushed to and changed, so that all else is asked only of what is new.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime

from portfolio_audit.github.client import Client
from portfolio_audit.github.payloads import Payload, decoded

_NEXT = re.compile(r'<(https?://[^<>"\s]{1,2000})>\s*;\s*rel="next"')
_PAGE = 100
_MOST_PAGES = 50
_NO_LICENCE = frozenset({"", "NOASSERTION"})


@dataclass(frozen=True, slots=True)
class Listed:
    """One repository as listed; ``size`` is GitHub's figure for the whole history, in KiB.

    ``fingerprint`` changes whenever the repository or what is said of it does.
    """

    owner: str
    name: str
    branch: str
    size: int
    private: bool
    fork: bool
    archived: bool
    template: bool
    disabled: bool
    pages: bool
    description: str
    homepage: str
    topics: tuple[str, ...]
    licence: str
    parent: str
    pushed_at: datetime | None
    updated_at: datetime | None
    created_at: datetime | None

    @property
    def full_name(self) -> str:
        """``owner/name``."""
        return f"{self.owner}/{self.name}"

    @property
    def fingerprint(self) -> str:
        """What the listing shows of its age."""
        return f"{self.branch} {self.pushed_at} {self.updated_at}"


async def list_repositories(client: Client, path: str, target: str) -> AsyncIterator[Listed]:
    """Every repository below ``/users/LOGIN``, ``/orgs/NAME`` or ``/user``, most recently pushed first."""
    params: dict[str, str | int] | None = {"per_page": _PAGE, "sort": "pushed", "direction": "desc"}
    if path.startswith("/users/"):
        params = {"type": "owner", **(params or {})}
    elif path == "/user":
        params = {"affiliation": "owner", **(params or {})}
    address: str | None = f"{path}/repos"
    for _ in range(_MOST_PAGES):
        if address is None:
            return
        reply = await client.get(address, target, params)
        page = Payload({"items": decoded(reply.body, target)}, target)
        for item in page.items("items"):
            yield listed(item)
        following = _NEXT.search(reply.headers.get("link", ""))
        address, params = (following[1] if following else None), None


async def one_repository(client: Client, full_name: str) -> Listed:
    """A single repository; its name may have changed."""
    reply = await client.get(f"/repos/{full_name}", full_name)
    return listed(Payload(decoded(reply.body, full_name), full_name))


def listed(item: Payload) -> Listed:
    """Read one repository of a listing."""
    owner, licence, parent = item.inner("owner"), item.inner("license"), item.inner("parent")
    name = item.text("name")
    if owner is None or not name:
        raise item.wrong("a repository has no name")
    spdx = licence.text("spdx_id") if licence else ""
    return Listed(
        owner=owner.text("login"),
        name=name,
        branch=item.text("default_branch"),
        size=item.number("size"),
        private=item.flag("private"),
        fork=item.flag("fork"),
        archived=item.flag("archived"),
        template=item.flag("is_template"),
        disabled=item.flag("disabled"),
        pages=item.flag("has_pages"),
        description=item.text("description"),
        homepage=item.text("homepage"),
        topics=item.texts("topics"),
        licence="" if spdx in _NO_LICENCE else spdx,
        parent=parent.text("full_name") if parent else "",
        pushed_at=item.moment("pushed_at"),
        updated_at=item.moment("updated_at"),
        created_at=item.moment("created_at"),
    )
