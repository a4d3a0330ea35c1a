"""One repository at one commit, frozen: metadata, tree, and the text of the files asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from portfolio_audit.model.location import Location
from portfolio_audit.model.record import Deployment, Release, Run


@dataclass(frozen=True, slots=True)
class Unavailable:
    """Something the source cannot know or could not read, with the reason a user can act on."""

    reason: str


NOT_FROM_FILES = Unavailable("not known from files alone; audit it on GitHub to see it")


class EntryKind(StrEnum):
    """What a tree entry is; only ``FILE`` and ``EXECUTABLE`` are ever read."""

    FILE = "file"
    EXECUTABLE = "executable"
    SYMLINK = "symlink"
    SUBMODULE = "submodule"


@dataclass(frozen=True, slots=True)
class TreeEntry:
    """One path of the tree; ``size`` in bytes, 0 for submodules and for blobs that are absent."""

    path: str
    size: int = 0
    kind: EntryKind = EntryKind.FILE
    blob_id: str = ""


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit of the history, newest first in a :class:`History`."""

    id: str
    at: datetime
    author: str
    summary: str


@dataclass(frozen=True, slots=True)
class History:
    """Commits reachable from the audited one (``truncated`` if there are more), and tags."""

    commits: tuple[Commit, ...] = ()
    tags: tuple[str, ...] = ()
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the host knows of a repository beside its files.

    ``parent`` is what it was forked from as ``owner/name``, empty if nothing; ``licence`` an SPDX id, empty if none.
    ``checks`` is the state of the newest commit of the default branch over all its checks: ``success``, ``failure``,
    ``error``, ``pending``, or empty if there are none; ``runs`` are the newest runs of its workflows and checks.
    """

    description: str | Unavailable = NOT_FROM_FILES
    homepage: str | Unavailable = NOT_FROM_FILES
    topics: tuple[str, ...] | Unavailable = NOT_FROM_FILES
    fork: bool | Unavailable = NOT_FROM_FILES
    archived: bool | Unavailable = NOT_FROM_FILES
    template: bool | Unavailable = NOT_FROM_FILES
    pinned: bool | Unavailable = NOT_FROM_FILES
    history: History | Unavailable = NOT_FROM_FILES
    parent: str | Unavailable = NOT_FROM_FILES
    licence: str | Unavailable = NOT_FROM_FILES
    releases: tuple[Release, ...] | Unavailable = NOT_FROM_FILES
    deployments: tuple[Deployment, ...] | Unavailable = NOT_FROM_FILES
    environments: tuple[str, ...] | Unavailable = NOT_FROM_FILES
    checks: str | Unavailable = NOT_FROM_FILES
    runs: tuple[Run, ...] | Unavailable = NOT_FROM_FILES
    pages: bool | Unavailable = NOT_FROM_FILES
    private: bool | Unavailable = NOT_FROM_FILES
    pushed_at: datetime | Unavailable = NOT_FROM_FILES
    created_at: datetime | Unavailable = NOT_FROM_FILES

    def brief(self) -> Metadata:
        """Give the same without what may be long."""
        left_out = Unavailable("is left out")
        return replace(self, history=left_out, releases=left_out, deployments=left_out, runs=left_out)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A repository at one commit.

    ``texts`` holds, for each path that was asked for, its text or why it could not be read.
    ``owner`` is empty when unknown. ``web_url`` is the page evidence links start from, or empty.
    ``gaps`` are the places where ``tree`` does not list everything, each with the reason as its note. ``around`` are
    paths that exist beside the tree: those of the repository that a project is a part of. ``alive`` are the addresses
    that were asked whether they answer; empty when none was.
    """

    name: str
    owner: str = ""
    commit: str | Unavailable = NOT_FROM_FILES
    web_url: str = ""
    metadata: Metadata = Metadata()
    tree: tuple[TreeEntry, ...] = ()
    texts: Mapping[str, str | Unavailable] = field(default_factory=dict)
    gaps: tuple[Location, ...] = ()
    around: frozenset[str] = frozenset()
    alive: Mapping[str, bool | Unavailable] = field(default_factory=dict)

    @property
    def full_name(self) -> str:
        """``owner/name``, or just the name when the owner is unknown."""
        return f"{self.owner}/{self.name}" if self.owner else self.name


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of one repository is read; sizes in bytes."""

    text_bytes: int = 1024 * 1024
    notebook_bytes: int = 12 * 1024 * 1024
    total_bytes: int = 48 * 1024 * 1024
    entries: int = 100_000
    commits: int = 2_000

    def of(self, path: str) -> int:
        """The size above which the file at ``path`` is not read."""
        return self.notebook_bytes if path.lower().endswith(".ipynb") else self.text_bytes


Selection = Callable[[tuple[TreeEntry, ...]], Iterable[str]]
"""Given the tree, the paths whose text is wanted, most wanted first."""
