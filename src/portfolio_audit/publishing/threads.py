"""Comments on pull requests and commits, as PyGithub has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from github.Commit import Commit
from github.CommitComment import CommitComment
from github.IssueComment import IssueComment
from github.PullRequest import PullRequest

from portfolio_audit.github.faults import Reader
from portfolio_audit.github.typed import said
from portfolio_audit.publishing.retrying import Persistence

Asked = TypeVar("Asked")
BOT = "Bot"
_MOST = 1_000
"""Comments that are looked through, the first ones: ours is among them."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Who writes where, and how patiently; ``login`` is who we are, empty for a workflow or an app."""

    reader: Reader
    target: str
    login: str
    persistence: Persistence

    def ask(self, call: Callable[[], Asked]) -> Asked:
        """What GitHub says; raises SourceError."""
        return self.persistence.ask(self.reader, self.target, call)

    def may_be_ours(self, comment: IssueComment | CommitComment) -> bool:
        """Whether we may have written a comment; a workflow is not told its name, only that it is none of a person."""
        known, wanted = ("login", self.login) if self.login else ("type", BOT)
        return getattr(comment.user, known, "") == wanted  # nobody, where the account is gone


@dataclass(frozen=True, slots=True)
class HubComment:
    """A comment that exists; see sticky.Comment."""

    comment: IssueComment | CommitComment
    desk: Desk

    @property
    def number(self) -> int:
        """Greater for those that were made later."""
        return self.comment.id

    @property
    def body(self) -> str:
        """Its text; GitHub gives line ends back as they came."""
        return (self.comment.body or "").replace("\r\n", "\n")

    @property
    def url(self) -> str:
        """Its page."""
        return self.comment.html_url or ""

    def edit(self, body: str) -> bool:
        """Give it another text, unless it changed since it was looked at: a repeated call may come minutes later."""
        seen = self.body
        return self.desk.ask(lambda: self._edit_what(seen, body))

    def delete(self) -> None:
        """Remove it."""
        self.desk.ask(self.comment.delete)

    def _edit_what(self, seen: str, body: str) -> bool:
        self.comment.update()
        if self.body not in {seen, body}:
            return False
        if self.body != body:  # else an edit came through whose answer was lost
            self.comment.edit(body)
        return True


@dataclass(frozen=True, slots=True)
class PullThread:
    """The comments on a pull request."""

    pull: PullRequest
    desk: Desk

    @property
    def what(self) -> str:
        """In words."""
        return f"comment on pull request #{self.pull.number}"

    def newest_commits(self) -> frozenset[str]:
        """The head of its branch, and what merging it would give, asked anew each time."""
        return self.desk.ask(lambda: _renewed(self.pull))

    def own(self) -> Iterable[HubComment]:
        """The comments that may be ours."""
        return self.desk.ask(lambda: _ours(self.pull.get_issue_comments(), self.desk))

    def add(self, body: str) -> HubComment:
        """Write a new one."""
        return HubComment(self.desk.ask(lambda: self.pull.create_issue_comment(body)), self.desk)


@dataclass(frozen=True, slots=True)
class CommitThread:
    """The comments on a commit."""

    commit: Commit
    desk: Desk

    @property
    def what(self) -> str:
        """In words."""
        return f"comment on commit {self.commit.sha[:12]}"

    def newest_commits(self) -> frozenset[str]:
        """It is all about this commit."""
        return frozenset({self.commit.sha})

    def own(self) -> Iterable[HubComment]:
        """The comments that may be ours."""
        return self.desk.ask(lambda: _ours(self.commit.get_comments(), self.desk))

    def add(self, body: str) -> HubComment:
        """Write a new one."""
        return HubComment(self.desk.ask(lambda: self.commit.create_comment(body)), self.desk)


def _renewed(pull: PullRequest) -> frozenset[str]:
    pull.update()
    return frozenset({said(pull.head.sha, str), pull.merge_commit_sha or ""} - {""})


def _ours(comments: Iterable[IssueComment | CommitComment], desk: Desk) -> list[HubComment]:
    return [HubComment(comment, desk) for comment in _first(comments) if desk.may_be_ours(comment)]


def _first(comments: Iterable[IssueComment | CommitComment]) -> Iterator[IssueComment | CommitComment]:
    for _, comment in zip(range(_MOST), comments, strict=False):
        yield comment
