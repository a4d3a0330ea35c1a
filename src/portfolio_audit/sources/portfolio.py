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
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import TypeVar

from portfolio_audit.errors import ConfigError, NotARepository
from portfolio_audit.model.location import Location
from portfolio_audit.model.profile import Profile
from portfolio_audit.model.snapshot import NOT_FROM_FILES, Commit, History, Metadata, Snapshot, Unavailable
from portfolio_audit.sources import find_repositories
from portfolio_audit.sources.decoding import decode
from portfolio_audit.sources.sidecar import Section, nearest, read_sidecar

Value = TypeVar("Value")

SIDECAR = "metadata.yaml"
_MAX_BYTES = 1024 * 1024
_TOP = ("profile", "repositories")
_PROFILE = ("login", "bio", "blog", "contributions_elsewhere")
_REPOSITORY = ("description", "homepage", "topics", "fork", "archived", "template", "pinned", "history")
_HISTORY = ("commits", "tags", "truncated")
_COMMIT = ("id", "at", "author", "summary")


@dataclass(frozen=True, slots=True)
class Member:
    """One repository of a portfolio: its name in the folder, and what is said of it beside its files."""

    name: str
    target: str
    owner: str = ""
    metadata: Metadata = field(default_factory=Metadata)

    def describe(self, snapshot: Snapshot) -> Snapshot:
        """Complete a snapshot of this repository; what was said by hand comes before what was read."""
        said = {key: value for key in _REPOSITORY if (value := getattr(self.metadata, key)) != NOT_FROM_FILES}
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
    profile = _profile(sidecar.section("profile", _PROFILE))
    described = sidecar.section("repositories")
    metadata = _described(described, tuple(targets)) if described else {}
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


def _profile(said: Section | None) -> Profile:
    if said is None:
        return Profile()
    return Profile(
        login=said.text("login") or "",
        bio=_or_unknown(said.text("bio")),
        blog=_or_unknown(said.text("blog")),
        contributions_elsewhere=_or_unknown(said.texts("contributions_elsewhere")),
    )


def _or_unknown(value: Value | None) -> Value | Unavailable:
    return NOT_FROM_FILES if value is None else value


def _described(said: Section, names: tuple[str, ...]) -> dict[str, Metadata]:
    for name in said.keys():  # noqa: SIM118  # a section is no mapping
        if name not in names:
            raise said.wrong(f"there is no repository '{name}' in the folder{nearest(name, names)}", said.line(name))
    return {name: _metadata(one) for name in said.keys() if (one := said.section(name, _REPOSITORY))}  # noqa: SIM118


def _metadata(said: Section) -> Metadata:
    return Metadata(
        description=_or_unknown(said.text("description")),
        homepage=_or_unknown(said.text("homepage")),
        topics=_or_unknown(said.texts("topics")),
        fork=_or_unknown(said.flag("fork")),
        archived=_or_unknown(said.flag("archived")),
        template=_or_unknown(said.flag("template")),
        pinned=_or_unknown(said.flag("pinned")),
        history=_history(said.section("history", _HISTORY)),
    )


def _history(said: Section | None) -> History | Unavailable:
    if said is None:
        return NOT_FROM_FILES
    commits = (_commit(one) for one in said.sections("commits", _COMMIT))
    newest_first = tuple(sorted(commits, key=lambda commit: commit.at, reverse=True))
    return History(newest_first, said.texts("tags") or (), truncated=said.flag("truncated") or False)


def _commit(said: Section) -> Commit:
    return Commit(
        id=said.text("id") or "",
        at=said.moment("at"),
        author=said.text("author") or "",
        summary=said.text("summary") or "",
    )
