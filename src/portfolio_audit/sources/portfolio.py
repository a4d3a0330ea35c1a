"""A folder of repositories as one portfolio, with what ``metadata.yaml`` in it says about them.

Files alone do not tell a repository's description, topics or pins. The optional file gives them by the name of
the child in the folder, and the person's profile; what it leaves out stays unavailable:

.. code-block:: yaml

    profile: {login: ada, bio: Data scientist, blog: "https://ada.example", contributions_elsewhere: [org/tool]}
    repositories:
      churn:
        description: Who leaves, and why
        topics: [churn, mlops]
        pinned: true
        history: {tags: [v1.0], commits: [{id: a1b2c3d, at: 2024-05-31, author: Ada, summary: Release}]}
        deployments: [{environment: production, at: 2024-06-01, state: success, url: "https://churn.example"}]
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath

from portfolio_audit.errors import ConfigError, NotARepository
from portfolio_audit.model.location import Location
from portfolio_audit.model.profile import Profile
from portfolio_audit.model.snapshot import NOT_FROM_FILES, Metadata, Snapshot, Unavailable
from portfolio_audit.sources import described, find_repositories
from portfolio_audit.sources.decoding import decode
from portfolio_audit.sources.sidecar import Section, nearest, read_sidecar

SIDECAR = "metadata.yaml"
_MAX_BYTES = 1024 * 1024
_TOP = ("profile", "repositories")


@dataclass(frozen=True, slots=True)
class Member:
    """One repository of a portfolio: its name in the folder, and what is said of it beside its files."""

    name: str
    target: str
    owner: str = ""
    metadata: Metadata = field(default_factory=Metadata)

    def describe(self, snapshot: Snapshot) -> Snapshot:
        """Complete a snapshot of this repository; what was said by hand comes before what was read."""
        said = {key: value for key in described.REPOSITORY if (value := getattr(self.metadata, key)) != NOT_FROM_FILES}
        return replace(snapshot, owner=snapshot.owner or self.owner, metadata=replace(snapshot.metadata, **said))


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The repositories of a folder, sorted by name, and whose they are."""

    name: str
    members: tuple[Member, ...]
    profile: Profile = field(default_factory=Profile)


def read_portfolio(folder: str) -> Portfolio:
    """List the repositories of a folder.

    Raises SourceError when there are none, ConfigError when ``metadata.yaml`` cannot be used.
    """
    targets = {_name(folder, target): target for target in find_repositories(folder)}
    if not targets:
        raise NotARepository(folder, "the folder holds no repositories.")
    sidecar = _sidecar(Path(folder, SIDECAR))
    profile = described.profile(sidecar.section("profile", described.PROFILE))
    repositories = sidecar.section("repositories")
    metadata = _described(repositories, tuple(targets)) if repositories else {}
    members = tuple(Member(n, t, profile.login, metadata.get(n, Metadata())) for n, t in targets.items())
    own_name = os.path.basename(os.path.abspath(folder))  # noqa: PTH100, PTH119  # a link's own name is meant
    return Portfolio(profile.login or own_name, members, profile)


def _name(folder: str, target: str) -> str:
    return PurePath(target).relative_to(folder).parts[0]


def _sidecar(path: Path) -> Section:
    if path.exists() and not path.is_file():
        raise ConfigError("this is no file", at=Location(str(path)))
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except FileNotFoundError:
        data = b""
    except OSError as error:
        raise ConfigError(f"the file cannot be opened ({error.strerror})", at=Location(str(path))) from error
    text = decode(data)
    if len(data) > _MAX_BYTES or isinstance(text, Unavailable):
        raise ConfigError("the file is too big or not text", at=Location(str(path)))
    return read_sidecar(str(path), text, _TOP)


def _described(said: Section, names: tuple[str, ...]) -> dict[str, Metadata]:
    for name in said.keys():  # noqa: SIM118  # a section is no mapping
        if name not in names:
            raise said.wrong(f"there is no repository '{name}' in the folder{nearest(name, names)}", said.line(name))
    sections = ((name, said.section(name, described.REPOSITORY)) for name in said.keys())  # noqa: SIM118
    return {name: described.metadata(one) for name, one in sections if one}
