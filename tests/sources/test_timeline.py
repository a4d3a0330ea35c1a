"""Commits of the past at even distances."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pygit2
import pytest

from portfolio_audit.errors import NotARepository
from portfolio_audit.sources.timeline import milestones
from repositories import AUTHOR, commit

DAY = 24 * 3600
START = datetime.fromtimestamp(AUTHOR.time, UTC)
WEEK = timedelta(days=7)


@pytest.fixture
def repository(tmp_path: Path) -> pygit2.Repository:
    """One commit each on days 0, 1, 8, 9, 30 and 31."""
    made = pygit2.init_repository(str(tmp_path / "churn"), initial_head="main")
    for day in (0, 1, 8, 9, 30, 31):
        commit(made, {"README.md": f"day {day}".encode()}, at=day * DAY)
    return made


def days(repository: pygit2.Repository, since: int, every: timedelta = WEEK) -> list[int]:
    found = milestones(repository.workdir, None, START + timedelta(days=since), every)
    return [(milestone.at - START).days for milestone in found]


@pytest.mark.parametrize(
    ("since", "expected"),
    [(-100, [1, 9, 31]), (0, [0, 1, 9, 31]), (7, [1, 9, 31]), (20, [9, 31]), (400, [31])],
)
def test_the_last_commit_of_each_week_and_where_it_stood_before(
    repository: pygit2.Repository, since: int, expected: list[int]
) -> None:
    assert days(repository, since) == expected


def test_every_day(repository: pygit2.Repository) -> None:
    assert days(repository, 0, timedelta(days=1)) == [0, 1, 8, 9, 30, 31]


def test_what_was_merged_counts_from_when_it_was_merged(repository: pygit2.Repository) -> None:
    main = repository.head.target
    side = pygit2.Signature("Ada", "ada@example.org", AUTHOR.time + 40 * DAY)
    tree = repository[main].tree_id
    branch = repository.create_commit(None, side, side, "Aside", tree, [main])
    merge = pygit2.Signature("Ada", "ada@example.org", AUTHOR.time + 60 * DAY)
    repository.create_commit("HEAD", merge, merge, "Merge", tree, [main, branch])
    assert days(repository, 35, timedelta(days=1)) == [31, 60]


def test_a_branch_can_be_named(repository: pygit2.Repository) -> None:
    second = list(repository.walk(repository.head.target))[-2]
    repository.create_branch("old", second)
    (only,) = milestones(repository.workdir, "old", START + timedelta(days=1), WEEK)
    assert only.commit == str(second.id)


def test_what_is_no_repository_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotARepository):
        milestones(str(tmp_path), None, START, WEEK)
