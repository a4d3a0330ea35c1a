"""Grades, efforts, and finding one's way in a ruleset."""

from __future__ import annotations

import pytest

from judgement import CRITERIA, GRADES, rule, ruleset
from portfolio_audit.model.rule import Effort


@pytest.mark.parametrize(
    ("score", "letter"),
    [(100, "A"), (80, "A"), (80 - 1e-12, "A"), (79.999, "B"), (60, "B"), (20, "D"), (19.9, "F"), (0, "F")],
)
def test_a_grade_begins_at_its_lowest_score(score: float, letter: str) -> None:
    assert GRADES.grade(score) == letter


def test_letters_are_best_first() -> None:
    assert GRADES.letters == ("A", "B", "C", "D", "F")


def test_efforts_are_longer_one_after_the_other() -> None:
    assert [effort.hours for effort in Effort] == [0.25, 1, 4, 8, 24]


def test_rules_and_criteria_are_found_by_id() -> None:
    known = rule("absolute-paths")
    rules = ruleset(rules=(rule("first"), known))
    assert (rules.rule("absolute-paths"), rules.rule("gone")) == (known, None)
    assert rules.criterion("depth") == CRITERIA[3]
