"""Commits of the past at even distances: the state of a branch every week, say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice

import pygit2
from pygit2.enums import SortMode

from portfolio_audit.sources.revisions import UNREADABLE, open_repository, resolve

_MOST_COMMITS = 200_000


@dataclass(frozen=True, slots=True)
class Milestone:
    """A commit, and when it was made."""

    commit: str
    at: datetime


def milestones(target: str, ref: str | None, since: datetime, every: timedelta) -> list[Milestone]:
    """Where a branch stood at ``since`` and every so often after, oldest first, each commit once; its end is the last.

    Only the first parents are followed: what was merged counts from when it was merged. Raises SourceError.
    """
    with open_repository(target) as repository:
        newest_first = list(islice(_mainline(repository, resolve(repository, ref, target)), _MOST_COMMITS))
    return list(_at_even_distances(newest_first, since, every))


def _mainline(repository: pygit2.Repository, newest: pygit2.Commit) -> Iterator[Milestone]:
    """The commits of a branch, newest first, as far as they are in this copy of the repository."""
    walk = repository.walk(newest.id, SortMode.NONE)
    walk.simplify_first_parent()
    try:
        for commit in walk:
            yield Milestone(str(commit.id), datetime.fromtimestamp(max(0, commit.commit_time), UTC))
    except UNREADABLE:
        return


def _at_even_distances(newest_first: list[Milestone], since: datetime, every: timedelta) -> Iterator[Milestone]:
    """For each stretch of time its last commit; of all that lies before ``since``, one."""
    kept: list[Milestone] = []
    for milestone in newest_first:
        stretch = -1 if milestone.at <= since else (milestone.at - since) // every
        if not kept or stretch < ((kept[-1].at - since) // every if kept[-1].at > since else -1):
            kept.append(milestone)
        if stretch < 0:
            break
    return reversed(kept)
