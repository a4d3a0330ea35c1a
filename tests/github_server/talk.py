"""What is written to the GitHub of the tests: comments and check runs, in the order they came."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count
from threading import Lock

from github_server.messages import Json

FIRST = 5_000_001


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment on a pull request (``target`` is its number) or on a commit (its id)."""

    id: int
    repository: str
    target: str
    author: str
    body: str
    edits: int = 0

    @property
    def is_on_commit(self) -> bool:
        return not self.target.isdecimal() or len(self.target) > 20

    @property
    def created_at(self) -> str:
        return "2026-03-05T08:00:00Z"

    @property
    def updated_at(self) -> str:
        return f"2026-03-05T08:00:{min(self.edits, 59):02}Z"


@dataclass(frozen=True, slots=True)
class CheckRun:
    """A check run that somebody made through the API."""

    id: int
    repository: str
    sha: str
    asked: dict[str, Json]


@dataclass(slots=True)
class Talk:
    """Everything that was written, by id."""

    comments: dict[int, Comment] = field(default_factory=dict)
    checks: dict[int, CheckRun] = field(default_factory=dict)
    deleted: list[Comment] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: count(FIRST))
    lock: Lock = field(default_factory=Lock)

    def say(self, repository: str, target: str | int, author: str, body: str) -> Comment:
        """Add a comment."""
        with self.lock:
            made = Comment(next(self.numbers), repository, str(target), author, body)
            self.comments[made.id] = made
            return made

    def edit(self, comment: Comment, body: str) -> Comment:
        with self.lock:
            changed = self.comments[comment.id] = replace(comment, body=body, edits=comment.edits + 1)
            return changed

    def delete(self, comment: Comment) -> None:
        with self.lock:
            self.deleted.append(self.comments.pop(comment.id))

    def on(self, repository: str, target: str | int) -> list[Comment]:
        """The comments on a pull request or a commit, the oldest first."""
        return [c for c in list(self.comments.values()) if (c.repository, c.target) == (repository, str(target))]

    def check(self, repository: str, sha: str, asked: dict[str, Json]) -> CheckRun:
        """Add a check run."""
        with self.lock:
            made = CheckRun(next(self.numbers), repository, sha, asked)
            self.checks[made.id] = made
            return made

    def change_check(self, check: CheckRun, asked: dict[str, Json]) -> CheckRun:
        with self.lock:
            changed = self.checks[check.id] = replace(check, asked=check.asked | asked)
            return changed

    def checks_on(self, repository: str, sha: str) -> list[CheckRun]:
        return [c for c in list(self.checks.values()) if (c.repository, c.sha) == (repository, sha)]
