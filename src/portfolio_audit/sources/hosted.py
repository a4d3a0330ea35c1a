"""The repositories of an account on GitHub as one portfolio, read while they are judged."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio_audit.errors import AuthenticationError, NoCommits, NotFound, RateLimited, SourceError
from portfolio_audit.github.accounts import NEEDS_TOKEN
from portfolio_audit.github.faults import HOW_TO_LOG_IN
from portfolio_audit.github.reading import Roll
from portfolio_audit.model.fact import Problem
from portfolio_audit.model.profile import Profile
from portfolio_audit.model.report import Unread
from portfolio_audit.model.snapshot import Snapshot, Unavailable
from portfolio_audit.sources.choosing import Choice, choose
from portfolio_audit.sources.github import GitHubReader


class HostedPortfolio:
    """What is to be audited of an account; ``unread`` and ``problems`` grow while snapshots are taken.

    Raises NotFound when there is nothing to audit, AuthenticationError when the choice needs a token.
    """

    def __init__(self, roll: Roll, choice: Choice, reader: GitHubReader) -> None:
        if choice.pinned_only and isinstance(roll.account.pinned, Unavailable):
            raise AuthenticationError(
                roll.account.profile.login,
                f"what is pinned is not known: {roll.account.pinned.reason}.",
                advice=HOW_TO_LOG_IN,
            )
        chosen = choose(roll.repositories, choice, roll.account.pinned)
        self.profile: Profile = roll.account.profile
        self.name = self.profile.login
        self.left_out = chosen.left_out
        self.unread: list[Unread] = []
        self._unrecorded: dict[str, int] = {}
        self._pinned = roll.account.pinned
        self._page = (roll.account.error,) if roll.account.error else ()
        self.repositories = chosen.repositories
        self.passed_over = {one.full_name for one in roll.repositories} - {one.full_name for one in self.repositories}
        self._reader = reader
        if not chosen.repositories:
            raise NotFound(self.name, _nothing(chosen.left_out))

    @property
    def count(self) -> int:
        """How many repositories are to be read."""
        return len(self.repositories)

    @property
    def unseen(self) -> dict[str, str]:
        """What could not be read though there may be something in it, and why."""
        return {one.name: one.reason for one in self.unread if not one.empty}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be learnt beside the files, once for all repositories."""
        recorded = (
            Problem(f"what GitHub records of {count} repositories is not known: {reason}")
            for reason, count in self._unrecorded.items()
        )
        page = (Problem(f"the page of {self.name} is not known: {error.reason}") for error in self._page)
        return (*page, *recorded)

    def snapshots(self) -> Iterator[Snapshot]:
        """The repositories that can be read, as they arrive."""
        for listed, read in self._reader.many(self.repositories, self._pinned):
            if isinstance(read, Snapshot):
                self._note(read)
                yield read
            else:
                self.unread.append(_unread(listed.full_name, read))

    def _note(self, snapshot: Snapshot) -> None:
        recorded = snapshot.metadata.history
        if isinstance(recorded, Unavailable) and recorded != NEEDS_TOKEN:
            self._unrecorded[recorded.reason] = self._unrecorded.get(recorded.reason, 0) + 1


def _unread(full_name: str, error: SourceError) -> Unread:
    limited, empty = isinstance(error, RateLimited), isinstance(error, NoCommits)
    return Unread(full_name, error.reason, limited=limited, empty=empty)


def _nothing(left_out: tuple[tuple[str, int], ...]) -> str:
    """Why there is nothing to audit."""
    if not left_out:
        return "there are no public repositories."
    told = ", ".join(f"{count} {reason}" for reason, count in left_out)
    return f"no repository is left to audit: {told}."
