"""Many repositories at once: in order, alike in one process and in several, and none lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from judgement import rule, ruleset
from portfolio_audit.judging import Judged
from portfolio_audit.model.snapshot import Metadata
from portfolio_audit.model.vocabulary import Vocabulary
from portfolio_audit.parallel import judge_all
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


def told(members: tuple[Member, ...], jobs: int) -> list[tuple[str, str]]:
    """Each member's name, with the name of its report or the reason why there is none."""
    judged = judge_all(members, settings(jobs))
    return [(m.name, j.report.full_name if isinstance(j, Judged) else j) for m, j in judged]


@pytest.mark.parametrize("jobs", [1, 2, 8])
def test_members_come_in_order_with_a_sentence_for_what_is_missing(members: tuple[Member, ...], jobs: int) -> None:
    assert told(members, jobs) == [("a", "ada/a"), ("b", "there is no such file or folder."), ("c", "ada/c")]


def test_processes_give_what_one_gives(members: tuple[Member, ...]) -> None:
    one, two = (list(judge_all(members, settings(jobs))) for jobs in (1, 2))
    assert one == two


def test_what_is_said_of_a_member_is_judged_with_it(members: tuple[Member, ...]) -> None:
    ((_, judged),) = judge_all(members[:1], settings())
    assert isinstance(judged, Judged)
    assert judged.digest.metadata.description == "a"


def test_nothing_is_judged_of_no_members() -> None:
    assert list(judge_all((), settings(4))) == []
