"""The worked examples of docs/scores.md, worked again by the code that makes scores."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from judgement import result, rule
from portfolio_audit.defaults import load_knowledge
from portfolio_audit.model.result import Outcome, Result
from portfolio_audit.model.rule import Scope
from portfolio_audit.model.score import Score
from portfolio_audit.scoring import gain, gain_per_point, score_pieces, score_repository, score_results

PAGE = (Path(__file__).parents[1] / "docs" / "scores.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| ([a-z-]+)(?:: (\w+))? \| (\w) \| (\d+) \| (\w+) \| ([\d.]+) \|$", re.MULTILINE)
CRITERIA = {"write-up": "writeup"}
RULESET = load_knowledge()[0]


@pytest.fixture
def results() -> tuple[Result, ...]:
    """The results of the worked example, as its table tells them."""
    return tuple(
        result(rule(name, CRITERIA.get(criterion, criterion), float(points), part=part), Outcome(outcome))
        for criterion, part, name, points, outcome, _ in ROW.findall(PAGE)
    )


@pytest.fixture
def score(results: tuple[Result, ...]) -> Score:
    return score_results(RULESET, results)


def test_the_points_of_the_table_are_earned(results: tuple[Result, ...]) -> None:
    assert [r.points for r in results] == [float(row[-1]) for row in ROW.findall(PAGE)]


def test_the_repository_has_the_score_and_grade_that_are_told(score: Score) -> None:
    assert f"**{score.value:.1f} of 100, a {score.grade}**" in PAGE


def test_a_fix_gains_what_is_told(score: Score, results: tuple[Result, ...]) -> None:
    gained = gain(next(r for r in results if r.rule.id == "b"), gain_per_point(score))
    assert f"{gained:.1f} points, and the grade would be a {RULESET.grades.grade(score.value + gained)}" in PAGE


def test_a_collection_has_the_score_that_is_told(score: Score) -> None:
    whole, *projects = map(float, told(r"scores (\d+) as a whole, with projects at (\d+) and (\d+)"))
    joined = score_repository(RULESET, Score(whole, score.grade, score.criteria), projects)
    assert told(r"\) = (\d+), an? ([A-F][+-]?)\.") == (f"{joined.value:g}", joined.grade)


def test_a_portfolio_has_the_pieces_score_that_is_told() -> None:
    pieces = [float(value) for value in told(r"pieces at (\d+), (\d+) and (\d+)")]
    assert told(r"\) = ([\d.]+): the best (\w+) pieces")[0] == f"{score_pieces(RULESET, pieces).value:g}"


def test_the_weights_and_shares_are_those_in_force() -> None:
    weights = ", ".join(f"{c.title.lower()} {c.weight:g}" for c in RULESET.criteria if c.scope is Scope.REPOSITORY)
    shares = ", ".join(f"{share:.2f}" for share in RULESET.piece_shares[:-1])
    assert weights.replace("business value", "value").replace("technical depth", "depth") in PAGE.replace("\n", " ")
    assert f"({shares}, {RULESET.piece_shares[-1]:g})" in PAGE


def test_the_grades_are_those_in_force() -> None:
    steps = ", ".join(f"{letter} {least:g}" for letter, least in RULESET.grades.steps if least)
    assert f"{steps}, else F" in PAGE


def told(pattern: str) -> tuple[str, ...]:
    """The numbers that the page tells in a sentence."""
    found = re.search(pattern, PAGE)
    assert found, pattern
    return found.groups()
