"""Many repositories at once: in order, alike in one process and in several, and none lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from judgement import rule, ruleset
from portfolio_audit.judging import Judged
from portfolio_audit.model.snapshot import Metadata
from portfolio_audit.model.vocabulary import Vocabulary
from portfolio_audit.parallel import judge_member, judges
from portfolio_audit.settings import Settings
from portfolio_audit.sources.portfolio import Member
from repositories import write


def settings(jobs: int = 1) -> Settings:
    """Settings with one rule, for a number of processes."""
    return Settings(ruleset(rules=(rule("first"),), facts={}), Vocabulary(), jobs=jobs)


@pytest.fixture
def members(tmp_path: Path) -> tuple[Member, ...]:
    """Three repositories, of which the second is not there."""
    for name in ("a", "c"):
        write(tmp_path / name, {"train.py": b"x = 1\n"})
    return tuple(Member(name, str(tmp_path / name), "ada", Metadata(description=name)) for name in "abc")


def judged(members: tuple[Member, ...], jobs: int) -> list[tuple[Member, Judged | str]]:
    """Each member with what was judged."""
    with judges(settings(jobs), len(members)) as each:
        return list(each(judge_member, members))


def told(members: tuple[Member, ...], jobs: int) -> list[tuple[str, str]]:
    """Each member's name, with the name of its report or the reason why there is none."""
    return [(m.name, j.report.full_name if isinstance(j, Judged) else j) for m, j in judged(members, jobs)]


@pytest.mark.parametrize("jobs", [1, 2, 8])
def test_members_come_in_order_with_a_sentence_for_what_is_missing(members: tuple[Member, ...], jobs: int) -> None:
    assert told(members, jobs) == [("a", "ada/a"), ("b", "there is no such file or folder."), ("c", "ada/c")]


def test_processes_give_what_one_gives(members: tuple[Member, ...]) -> None:
    assert judged(members, 1) == judged(members, 2)


def test_what_is_said_of_a_member_is_judged_with_it(members: tuple[Member, ...]) -> None:
    ((_, one),) = judged(members[:1], 1)
    assert isinstance(one, Judged)
    assert one.digest.metadata.description == "a"


def test_nothing_is_judged_of_no_members() -> None:
    assert judged((), 4) == []


def test_only_a_few_items_are_taken_ahead_of_those_that_are_judged(members: tuple[Member, ...]) -> None:
    taken: list[str] = []
    with judges(settings(2)) as each:
        first = next(each(judge_member, (taken.append(m.name) or m for m in members * 20)))
    assert first[0].name == "a"
    assert len(taken) <= 6
