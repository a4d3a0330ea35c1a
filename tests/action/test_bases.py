"""Which commit an event is compared with, asked of a real repository."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pygit2
import pytest

import repositories
from portfolio_audit.action.bases import FIRST, Base, choose_base
from portfolio_audit.action.event import Event
from portfolio_audit.errors import ConfigError
from portfolio_audit.publishing import Run
from portfolio_audit.sources.ancestry import Ancestry, open_ancestry

GONE = "d" * 40


def event(name: str = "push", **more: object) -> Event:
    return Event(name, "ada/churn", "https://github.com", Run(), **{"head": "", **more})  # type: ignore[arg-type]


@pytest.fixture
def line(tmp_path: Path) -> list[str]:
    """Three commits in a row."""
    made = pygit2.init_repository(str(tmp_path), initial_head="main")
    return [str(repositories.commit(made, {"a.txt": b"1\n2\n3\n" * n}, at=n)) for n in (1, 2, 3)]


@pytest.fixture
def commits(tmp_path: Path, line: list[str]) -> Iterator[Ancestry]:
    with open_ancestry(str(tmp_path)) as opened:
        yield opened


def test_a_push_is_compared_with_what_was_before(commits: Ancestry, line: list[str]) -> None:
    found = choose_base(event(before=line[0]), line[2], commits)
    assert found == Base(line[0], "what the branch was before the push")


def test_what_is_gone_is_replaced_by_the_commit_before(commits: Ancestry, line: list[str]) -> None:
    found = choose_base(event(before=GONE, is_forced=True), line[2], commits)
    assert found == Base(line[1], f"the commit before, since {GONE[:12]} is gone from the branch")


@pytest.mark.parametrize(("earliest", "expected"), [(1, 0), (2, 1), (None, 1)])
def test_a_new_branch_begins_before_its_oldest_commit(
    commits: Ancestry, line: list[str], earliest: int | None, expected: int
) -> None:
    first = "" if earliest is None else line[earliest]
    found = choose_base(event(earliest=first), line[2], commits)
    assert found == Base(line[expected], "the commit that the new branch began at")


def test_a_first_commit_has_nothing_before_it(commits: Ancestry, line: list[str]) -> None:
    assert choose_base(event(), line[0], commits) == Base("", FIRST)


def test_a_pull_request(commits: Ancestry, line: list[str]) -> None:
    assert choose_base(event("pull_request", pull=1, base=line[0]), line[2], commits).commit == line[0]
    gone = choose_base(event("pull_request", pull=1, base=GONE), line[2], commits)
    assert gone == Base("", "The base of the pull request is not in this checkout; with fetch-depth: 0 it would be.")


def test_the_base_that_was_asked_for(commits: Ancestry, line: list[str]) -> None:
    assert choose_base(event(), line[2], commits, "HEAD~1").commit == line[1]
    with pytest.raises(ConfigError, match="there is no revision 'nowhere'"):
        choose_base(event(), line[2], commits, "nowhere")


def test_what_changes_no_branch(commits: Ancestry, line: list[str]) -> None:
    assert choose_base(event("schedule"), line[2], commits).commit == ""
    assert choose_base(event(is_tag=True), line[2], commits).why.startswith("A tag changes no branch")


def test_what_ancestry_does_not_know(commits: Ancestry, line: list[str]) -> None:
    assert (commits.has(GONE), commits.has(""), commits.has("HEAD")) == (False, False, False)
    assert (commits.first_parent(line[0]), commits.first_parent(GONE), commits.merge_base(GONE, line[0])) == (
        "",
        "",
        "",
    )
    assert (commits.is_ancestor(line[0], line[2]), commits.is_ancestor(line[2], line[0])) == (True, False)
    assert (commits.is_shallow, commits.head) == (False, line[2])


def test_changed_lines(commits: Ancestry, line: list[str]) -> None:
    assert commits.changed_lines(line[0], line[1]) == {"a.txt": frozenset({4, 5, 6})}
    assert commits.changed_lines(line[0], line[0]) == {}
    assert commits.changed_lines(GONE, line[0]) == {}
