"""Commits and tags, and how they get their ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from github_server.objects import Content, Objects, object_id

NOREPLY = "users.noreply.github.com"


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit; ``oid`` may be its id or how it begins, ``files`` the files it had if not those of the newest."""

    message: str = "Initial commit"
    at: str = "2026-03-04T05:06:07Z"
    author: str = "Ada Byron"
    login: str | None = None
    oid: str = ""
    files: Mapping[str, Content] | None = None

    @property
    def email(self) -> str:
        return f"{self.author.lower().replace(' ', '.')}@{NOREPLY}"


@dataclass(frozen=True, slots=True)
class Tag:
    """A lightweight tag, or an annotated one if it has a message; ``at`` is an id or a number back from the newest."""

    name: str
    at: str = "0"
    message: str | None = None


@dataclass(frozen=True, slots=True)
class PlacedCommit:
    """A commit in its history, with its id and its trees."""

    oid: str
    parents: tuple[str, ...]
    commit: Commit
    objects: Objects

    @property
    def at(self) -> str:
        return self.commit.at

    @property
    def headline(self) -> str:
        return self.commit.message.partition("\n")[0]

    @property
    def body(self) -> str:
        return self.commit.message.partition("\n")[2].lstrip("\n")


def place(commits: tuple[Commit, ...], files: Mapping[str, Content]) -> tuple[PlacedCommit, ...]:
    """Give commits (newest first) their ids, as git would compute them from the oldest on."""
    newest = Objects(files)
    placed: list[PlacedCommit] = []
    for commit in reversed(commits):
        objects = newest if commit.files is None else Objects(commit.files)
        parents = (placed[-1].oid,) if placed else ()
        placed.append(PlacedCommit(commit_id(commit, parents, objects.root), parents, commit, objects))
    return tuple(reversed(placed))


def commit_id(commit: Commit, parents: tuple[str, ...], tree: str) -> str:
    """The id that git gives to this commit, after the beginning that was wished for."""
    seconds = int(datetime.fromisoformat(commit.at).timestamp())
    who = f"{commit.author} <{commit.email}> {seconds} +0000"
    lines = [f"tree {tree}", *(f"parent {p}" for p in parents), f"author {who}", f"committer {who}", "", commit.message]
    computed = object_id("commit", "\n".join(lines).encode())
    return commit.oid + computed[len(commit.oid) :]
