"""Scores follow the documented formula and keep their promises."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judgement import result, rule, ruleset
from portfolio_audit.model.result import Outcome, Result
from portfolio_audit.model.rule import Scope
from portfolio_audit.model.score import Score
from portfolio_audit.scoring import (
    UNGRADED,
    gain,
    gain_per_point,
    score_pieces,
    score_portfolio,
    score_repository,
    score_results,
)

PLACES = (("writeup", ""), ("reproducibility", ""), ("value", ""), ("depth", "api"), ("depth", "monitoring"))
RULES = ruleset()


@st.composite
def judged(draw: st.DrawFn) -> list[Result]:
    """Results of up to twelve rules over all criteria."""
    made = []
    for number in range(draw(st.integers(1, 12))):
        criterion, part = draw(st.sampled_from(PLACES))
        points = draw(st.integers(1, 10))
        made.append(result(rule(f"r{number}", criterion, points, part=part), draw(st.sampled_from(Outcome))))
    return made


def value(results: list[Result]) -> float:
    return score_results(RULES, results).value


def test_the_worked_example_of_the_documentation() -> None:
    results = [
        result(rule("a", "writeup", 6), Outcome.PASS),
        result(rule("b", "writeup", 4), Outcome.FAIL),
        result(rule("c", "value", 5), Outcome.PARTIAL),
        result(rule("d", "depth", 8, part="api"), Outcome.PASS),
        result(rule("e", "depth", 8, part="monitoring"), Outcome.FAIL),
    ]
    score = score_results(RULES, results)
    assert [c.score for c in score.criteria] == [0.6, None, 0.5, 0.5]
    assert score.value == pytest.approx(100 * (20 * 0.6 + 20 * 0.5 + 35 * 0.5) / 75)
    assert score.grade == "C"


def test_what_could_not_be_judged_at_all_has_no_grade() -> None:
    score = score_results(RULES, [result(rule("a"), Outcome.UNKNOWN)])
    assert (score.grade, score.value) == (UNGRADED, 0.0)


def test_a_part_that_is_unknown_does_not_weigh_on_the_others() -> None:
    results = [
        result(rule("d", "depth", 8, part="api"), Outcome.PASS),
        result(rule("e", "depth", 8, part="monitoring"), Outcome.UNKNOWN),
    ]
    depth = score_results(RULES, results).criterion("depth")
    assert depth is not None
    assert depth.score == 1.0
    assert [p.score for p in depth.parts] == [1.0, None]


def test_criteria_without_weight_give_no_grade_and_no_gain() -> None:
    weightless = replace(RULES, criteria=tuple(replace(c, weight=0) for c in RULES.criteria))
    score = score_results(weightless, [result(rule("d", "depth", 8, part="api"), Outcome.FAIL)])
    assert (score.grade, gain_per_point(score)) == (UNGRADED, {})


@given(judged())
def test_scores_stay_between_0_and_100(results: list[Result]) -> None:
    assert 0 <= value(results) <= 100


@given(judged(), st.data())
def test_fixing_a_finding_never_lowers_the_score(results: list[Result], data: st.DataObject) -> None:
    chosen = data.draw(st.integers(0, len(results) - 1))
    fixed = [result(r.rule, Outcome.PASS) if i == chosen and r.outcome.judged else r for i, r in enumerate(results)]
    assert value(fixed) >= value(results) - 1e-9


@given(judged(), st.data())
def test_the_gain_is_what_fixing_really_adds(results: list[Result], data: st.DataObject) -> None:
    chosen = data.draw(st.sampled_from(results))
    fixed = [result(r.rule, Outcome.PASS) if r is chosen and r.outcome.judged else r for r in results]
    expected = value(fixed) - value(results)
    assert gain(chosen, gain_per_point(score_results(RULES, results))) == pytest.approx(expected, abs=1e-9)


@given(judged(), st.sampled_from([Outcome.UNKNOWN, Outcome.NOT_APPLICABLE]), st.sampled_from(PLACES))
def test_an_unknown_result_leaves_the_score_as_without_the_rule(
    results: list[Result], outcome: Outcome, place: tuple[str, str]
) -> None:
    extra = result(rule("extra", place[0], 9, part=place[1]), outcome)
    assert value([*results, extra]) == value(results)


@given(judged(), st.randoms())
def test_the_order_of_results_is_irrelevant(results: list[Result], random: st.DataObject) -> None:
    shuffled = list(results)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert value(shuffled) == pytest.approx(value(results), abs=1e-9)


@given(judged())
def test_a_suppressed_finding_does_not_raise_the_score(results: list[Result]) -> None:
    suppressed = [result(r.rule, r.outcome, suppressed="accepted") for r in results]
    assert value(suppressed) == value(results)


def test_the_portfolio_follows_its_best_pieces() -> None:
    made = score_pieces(RULES, [90, 80, 10])
    assert (made.value, made.count) == (pytest.approx(85 * 0.9), 2)


def test_one_piece_alone_reaches_the_first_share() -> None:
    assert score_pieces(RULES, [100]).value == pytest.approx(80)


def test_no_piece_is_nothing() -> None:
    assert score_pieces(RULES, []).value == 0


@given(st.lists(st.floats(0, 100), max_size=8), st.floats(0, 100))
def test_another_piece_never_lowers_a_portfolio(scores: list[float], another: float) -> None:
    assert score_pieces(RULES, [*scores, another]).value >= score_pieces(RULES, scores).value - 1e-9


@given(st.lists(st.floats(0, 100), min_size=1, max_size=8), st.floats(0, 100))
def test_a_better_piece_never_lowers_a_portfolio(scores: list[float], raised: float) -> None:
    better = [max(scores[0], raised), *scores[1:]]
    assert score_pieces(RULES, better).value >= score_pieces(RULES, scores).value - 1e-9


def test_profile_criteria_make_up_the_rest_of_the_portfolio() -> None:
    profile = score_results(RULES, [result(rule("f", "focus"), Outcome.FAIL)], Scope.PROFILE)
    assert score_portfolio(RULES, [100, 100, 100], profile).value == pytest.approx(75)


def test_profile_criteria_that_are_unknown_are_left_out() -> None:
    profile = score_results(RULES, [result(rule("f", "focus"), Outcome.UNKNOWN)], Scope.PROFILE)
    assert score_portfolio(RULES, [100, 100, 100], profile).value == pytest.approx(100)


@pytest.mark.parametrize(("points", "letter"), [(100, "A"), (80, "A"), (79.99, "B"), (0, "F")])
def test_grades_start_where_the_scale_says(points: float, letter: str) -> None:
    assert RULES.grades.grade(points) == letter


def test_a_collection_joins_its_projects_with_the_whole() -> None:
    shares = ruleset(piece_shares=(0.8, 0.9, 0.96))
    whole = Score(40.0, "C")
    assert score_repository(shares, whole, [50, 70]).value == pytest.approx(0.5 * 40 + 0.5 * 70 * 0.8)
    assert score_repository(shares, whole, [60, 60]).value == pytest.approx(0.5 * 40 + 0.5 * 60 * 0.9)
    assert score_repository(shares, whole, []) is whole


@given(st.lists(st.floats(0, 100), min_size=1, max_size=6), st.floats(0, 100), st.floats(0, 100), st.data())
def test_raising_a_project_or_the_whole_never_lowers_a_collection(
    projects: list[float], whole: float, raised: float, data: st.DataObject
) -> None:
    before = score_repository(RULES, Score(whole, "C"), projects).value
    number = data.draw(st.integers(0, len(projects) - 1))
    better = [max(p, raised) if n == number else p for n, p in enumerate(projects)]
    assert score_repository(RULES, Score(whole, "C"), better).value >= before - 1e-9
    assert score_repository(RULES, Score(max(whole, raised), "C"), projects).value >= before - 1e-9
