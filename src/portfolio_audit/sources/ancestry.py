"""How commits of a local repository lie to each other: what was before, where two parted, what lines changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import pygit2
from pygit2.enums import DiffOption

from portfolio_audit.sources.revisions import UNREADABLE, open_repository

_MOST_FILES = 3_000
_MOST_LINES = 200_000


@dataclass(frozen=True, slots=True)
class Ancestry:
    """Asked of commits by their ids; made by :func:`open_ancestry`, and of no use after it."""

    repository: pygit2.Repository

    @property
    def is_shallow(self) -> bool:
        """Whether the copy holds only the newest commits."""
        return self.repository.is_shallow

    @property
    def head(self) -> str:
        """The commit that is checked out, empty if there is none."""
        return self.find("HEAD")

    def find(self, revision: str) -> str:
        """The id of the commit that a revision names; empty if it is not here."""
        for candidate in (revision, f"origin/{revision}"):
            try:
                return str(self.repository.revparse_single(candidate).peel(pygit2.Commit).id)
            except UNREADABLE:
                continue
        return ""

    def has(self, commit: str) -> bool:
        """Whether a commit is here."""
        return bool(commit) and self.find(f"{commit}^{{commit}}") == commit

    def first_parent(self, commit: str) -> str:
        """The commit before; empty for the first, or where the copy ends."""
        return self.find(f"{commit}^1") if self.has(commit) else ""

    def merge_base(self, one: str, other: str) -> str:
        """Where two lines of commits parted; empty if that is not to be seen here."""
        try:
            found = self.repository.merge_base(pygit2.Oid(hex=one), pygit2.Oid(hex=other))
        except UNREADABLE:
            return ""
        return str(found) if found else ""

    def is_ancestor(self, older: str, newer: str) -> bool:
        """Whether one commit is among those before another."""
        return older == newer or (self.has(older) and self.merge_base(older, newer) == older)

    def changed_lines(self, before: str, after: str) -> Mapping[str, frozenset[int]]:
        """The lines of each file that are not as they were; of huge changes only the beginning."""
        try:
            diff = self.repository.diff(before, after, context_lines=0, flags=DiffOption.SKIP_BINARY_CHECK)
        except UNREADABLE:
            return {}
        found: dict[str, set[int]] = {}
        left = _MOST_LINES
        for path, lines in _hunks(diff):
            if len(found) >= _MOST_FILES or left <= 0:
                break
            found.setdefault(path, set()).update(lines)
            left -= len(lines)
        return {path: frozenset(lines) for path, lines in found.items()}


@contextmanager
def open_ancestry(target: str) -> Iterator[Ancestry]:
    """Open a repository to ask about its commits; raises SourceError."""
    with open_repository(target) as repository:
        yield Ancestry(repository)


def _hunks(diff: pygit2.Diff | pygit2.Patch) -> Iterator[tuple[str, range]]:
    patches = [patch for patch in diff if patch] if isinstance(diff, pygit2.Diff) else []
    for patch in patches:
        for hunk in patch.hunks:
            yield patch.delta.new_file.path, range(hunk.new_start, hunk.new_start + hunk.new_lines)
