"""The history of a git repository, newest commit first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice

import pygit2
from pygit2.enums import SortMode

from portfolio_audit.model.names import readable
from portfolio_audit.model.snapshot import Commit, History
from portfolio_audit.sources.revisions import UNREADABLE, revision_names

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST = int((datetime(9999, 12, 31, tzinfo=UTC) - _EPOCH).total_seconds())
_LONGEST = 200


def read_history(repository: pygit2.Repository, newest: pygit2.Commit, limit: int) -> History:
    """Give up to ``limit`` commits reachable from one, and as many tags.

    A history that ends early, because the clone is shallow or an object is damaged, is ``truncated``.
    """
    commits: list[Commit] = []
    whole = not repository.is_shallow
    try:
        commits.extend(islice(_commits(repository, newest), limit + 1))
    except UNREADABLE:
        whole = False
    tags = revision_names(repository, b"refs/tags/")[:limit]
    return History(tuple(commits[:limit]), tuple(tags), truncated=not whole or len(commits) > limit)


def _commits(repository: pygit2.Repository, newest: pygit2.Commit) -> Iterator[Commit]:
    for commit in repository.walk(newest.id, SortMode.NONE):  # any other order loads the whole history first
        yield Commit(str(commit.id), _time(commit.commit_time), _author(commit), _summary(commit.raw_message))


def _time(seconds: int) -> datetime:
    return _EPOCH + timedelta(seconds=max(0, min(seconds, _LATEST)))


def _author(commit: pygit2.Commit) -> str:
    return readable(commit.author.raw_name)[:_LONGEST]


def _summary(message: bytes) -> str:
    lines = message[: 4 * _LONGEST].strip().splitlines()
    return readable(lines[0])[:_LONGEST] if lines else ""
