"""One repository that is written to: whatever GitHub refuses becomes an outcome, never an error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from github.Repository import Repository

from portfolio_audit.errors import AuthenticationError, Forbidden, NotFound, SourceError
from portfolio_audit.github.faults import Reader
from portfolio_audit.github.typed import connect, said
from portfolio_audit.publishing.check import Check, put_check
from portfolio_audit.publishing.marker import Marker
from portfolio_audit.publishing.outcome import Published, State
from portfolio_audit.publishing.retrying import Persistence
from portfolio_audit.publishing.sticky import Sticky, Thread, keep_up
from portfolio_audit.publishing.threads import CommitThread, Desk, PullThread

_OF_AN_APP = "ghs_"


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes to one repository; made by :func:`open_writer`, and of no use after it."""

    repository: Repository
    desk: Desk

    def open_pull(self, owner: str, branch: str) -> int | None:
        """The number of the open pull request from a branch, the newest if there are several; raises SourceError."""
        pulls = self.desk.ask(lambda: list(self.repository.get_pulls(state="open", head=f"{owner}:{branch}")))
        return next((pull.number for pull in pulls if pull.head.ref == branch), None)

    def comment_on_pull(self, number: int, marker: Marker, text: str, *, create: bool = True) -> Published:
        """Keep the one comment on a pull request up to date."""

        def thread() -> Thread:
            return PullThread(self.desk.ask(lambda: self.repository.get_pull(number)), self.desk)

        return _outcome(
            f"comment on pull request #{number}",
            "pull-requests: write",
            lambda: keep_up(thread(), Sticky(marker, text), create=create),
        )

    def comment_on_commit(self, sha: str, marker: Marker, text: str, *, create: bool = True) -> Published:
        """Keep the one comment on a commit up to date."""

        def thread() -> Thread:
            return CommitThread(self.desk.ask(lambda: self.repository.get_commit(sha)), self.desk)

        return _outcome(
            f"comment on commit {sha[:12]}",
            "contents: write",
            lambda: keep_up(thread(), Sticky(marker, text), create=create),
        )

    def check(self, sha: str, check: Check) -> Published:
        """Make or renew the check run of a commit."""

        def put() -> Published:
            commit = self.desk.ask(lambda: self.repository.get_commit(sha))
            return put_check(self.repository, commit, check, self.desk)

        return _outcome(f"check run of commit {sha[:12]}", "checks: write", put)


@contextmanager
def open_writer(reader: Reader, full_name: str, persistence: Persistence | None = None) -> Iterator[Writer]:
    """Open a way to write to ``owner/name``; raises SourceError if GitHub does not say who we are."""
    with connect(reader, lazy=True) as hub:
        patience = persistence or Persistence()
        login = ""
        if reader.token and not reader.token.secret.startswith(_OF_AN_APP):
            login = patience.ask(reader, full_name, lambda: said(hub.get_user().login, str))
        yield Writer(hub.get_repo(full_name), Desk(reader, full_name, login, patience))


def _outcome(what: str, permission: str, write: Callable[[], Published]) -> Published:
    try:
        return write()
    except (Forbidden, NotFound, AuthenticationError) as error:
        return Published(what, State.REFUSED, reason=f"it needs {permission}; {error.reason.rstrip('.')}")
    except SourceError as error:
        return Published(what, State.FAILED, reason=error.reason.rstrip("."))
