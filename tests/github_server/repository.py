"""A repository with its files, its past, and all that hangs on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from github_server.activity import Check, Deployment, Pull, Release, Run, Status
from github_server.history import Commit, PlacedCommit, Tag, place
from github_server.identity import database_id, node_id
from github_server.objects import Content, Objects

NEVER = "2026-03-04T05:06:07Z"


@dataclass(frozen=True)
class Repository:
    """A repository; ``commits`` (newest first) are one commit of all files unless given, and none make it empty."""

    owner: str
    name: str
    files: Mapping[str, Content] = field(default_factory=dict)
    commits: tuple[Commit, ...] | None = None
    default_branch: str = "main"
    branches: Mapping[str, str] = field(default_factory=dict)
    """The commits of the other branches, as ids or as numbers back from the newest (``"2"``)."""
    tags: tuple[Tag, ...] = ()
    description: str | None = None
    homepage: str | None = None
    topics: tuple[str, ...] = ()
    language: str | None = None
    license: str | None = None
    private: bool = False
    parent: str | None = None
    archived: bool = False
    template: bool = False
    disabled: bool = False
    blocked: bool = False
    """Taken down for legal reasons (451)."""
    has_pages: bool = False
    stars: int = 0
    renamed_from: tuple[str, ...] = ()
    collaborators: tuple[str, ...] = ()
    releases: tuple[Release, ...] = ()
    deployments: tuple[Deployment, ...] = ()
    environments: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    statuses: tuple[Status, ...] = ()
    runs: tuple[Run, ...] = ()
    pulls: tuple[Pull, ...] = ()
    size_kb: int | None = None
    created_at: str = "2025-01-02T03:04:05Z"
    pushed_at: str | None = None
    updated_at: str | None = None

    @property
    def full_name(self) -> str:
        return f"{self.owner}/{self.name}"

    @property
    def is_fork(self) -> bool:
        return self.parent is not None

    @cached_property
    def id(self) -> int:
        return database_id("repository", self.full_name)

    @property
    def node_id(self) -> str:
        return node_id("R", self.id)

    @cached_property
    def history(self) -> tuple[PlacedCommit, ...]:
        """The commits with their ids, newest first."""
        commits = (
            ((Commit(at=self.pushed_at or NEVER),) if self.files else ()) if self.commits is None else self.commits
        )
        return place(commits, self.files)

    @property
    def head(self) -> PlacedCommit | None:
        return self.history[0] if self.history else None

    @property
    def objects(self) -> Objects:
        """The trees and blobs of the newest commit."""
        return self.history[0].objects if self.history else Objects()

    @property
    def pushed(self) -> str:
        return self.pushed_at or (self.history[0].at if self.history else self.created_at)

    @property
    def updated(self) -> str:
        return self.updated_at or self.pushed

    @cached_property
    def size(self) -> int:
        """Kilobytes, roughly as GitHub would count them."""
        return sum(map(len, self.objects.blobs.values())) // 1024 if self.size_kb is None else self.size_kb

    @property
    def all_environments(self) -> tuple[str, ...]:
        """The environments by name, those with deployments too."""
        return tuple(dict.fromkeys((*self.environments, *(d.environment for d in self.deployments))))

    @cached_property
    def refs(self) -> dict[str, PlacedCommit]:
        """What each full reference name points to."""
        if not self.history:
            return {}
        heads = {self.default_branch: "0", **self.branches}
        found = {f"refs/heads/{name}": self.back(where) for name, where in heads.items()}
        return found | {f"refs/tags/{tag.name}": self.back(tag.at) for tag in self.tags}

    def back(self, where: str) -> PlacedCommit:
        """A commit by its id or by its distance from the newest."""
        if where.isdecimal() and len(where) < len(self.history[0].oid):
            return self.history[int(where)]
        return next(c for c in self.history if c.oid.startswith(where))

    def resolve(self, ref: str) -> PlacedCommit | None:
        """The commit that ``HEAD``, a branch, a tag, a full name or (the beginning of) an id means."""
        if ref == "HEAD":
            return self.head
        for name in (ref, f"refs/{ref}", f"refs/heads/{ref}", f"refs/tags/{ref}"):
            if name in self.refs:
                return self.refs[name]
        shortest = 7
        return next((c for c in self.history if len(ref) >= shortest and c.oid.startswith(ref.lower())), None)


def unknown(full_name: str) -> Repository:
    """A repository of which nothing but the name is known."""
    owner, _, name = full_name.partition("/")
    return Repository(owner, name)
