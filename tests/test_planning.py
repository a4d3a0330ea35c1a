"""The plan puts the fixes that pay best first, and says where each leads."""

from __future__ import annotations

from dataclasses import replace

import pytest

from judgement import result, rule, ruleset
from portfolio_audit.model.location import Location
from portfolio_audit.model.report import Coverage, Kind, RepositoryReport
from portfolio_audit.model.result import Outcome, Result
from portfolio_audit.model.rule import Scope
from portfolio_audit.model.snapshot import NOT_FROM_FILES
from portfolio_audit.planning import plan_portfolio, plan_projects, plan_repository
from portfolio_audit.scoring import score_portfolio, score_repository, score_results

RULES = ruleset()
HALF_DONE = (
    result(rule("a", "writeup", 6, effort="1d"), Outcome.FAIL),
    result(rule("b", "writeup", 4, effort="15m"), Outcome.PARTIAL),
    result(rule("c", "value", 5, effort="1h"), Outcome.FAIL),
    result(rule("d", "value", 5, effort="1h"), Outcome.PASS),
)


def plan(results: tuple[Result, ...]) -> list[str]:
    return [step.rule for step in plan_repository(RULES, "x", results, score_results(RULES, results))]


def piece(name: str, *results: Result) -> RepositoryReport:
    kind = Kind("ml-project", counted=True, reason="")
    score = score_results(RULES, results)
    return RepositoryReport(name, "", NOT_FROM_FILES, "", kind, score, results, (), (), Coverage(0, 0, 0, 0))


def test_the_best_gain_per_hour_comes_first() -> None:
    assert plan(HALF_DONE) == ["b", "c", "a"]


def test_steps_add_up_to_full_marks() -> None:
    score = score_results(RULES, HALF_DONE)
    steps = plan_repository(RULES, "x", HALF_DONE, score)
    assert score.value + sum(s.gain for s in steps) == pytest.approx(100)
    assert [s.score for s in steps] == sorted(s.score for s in steps)
    assert steps[-1].grade == "A"


def test_a_step_says_where() -> None:
    steps = plan_repository(RULES, "x", HALF_DONE, score_results(RULES, HALF_DONE))
    assert steps[0].at == Location("README.md", 1)


@pytest.mark.parametrize("outcome", [Outcome.PASS, Outcome.UNKNOWN, Outcome.NOT_APPLICABLE])
def test_what_is_met_or_not_judged_is_not_planned(outcome: Outcome) -> None:
    assert plan((*HALF_DONE, result(rule("z", "value"), outcome))).count("z") == 0


def test_a_suppressed_finding_is_not_planned() -> None:
    assert plan((result(rule("a"), Outcome.FAIL, suppressed="on purpose"),)) == []


def test_the_portfolio_plan_reaches_what_it_says() -> None:
    good, weak = piece("good", *HALF_DONE), piece("weak", result(rule("w", "value", effort="3d"), Outcome.FAIL))
    profile_results = (result(rule("f", "focus", effort="15m"), Outcome.FAIL),)
    profile = score_results(RULES, profile_results, Scope.PROFILE)
    steps = plan_portfolio(RULES, [good, weak], profile_results, profile)
    before = score_portfolio(RULES, [good.score.value, weak.score.value], profile).value
    assert steps[0].rule == "f"
    assert steps[-1].score == pytest.approx(before + sum(s.gain for s in steps))


def test_fixes_that_move_nothing_are_left_out() -> None:
    pieces = [piece("only", result(rule("d", "value"), Outcome.PASS))]
    assert plan_portfolio(RULES, pieces, (), score_results(RULES, (), Scope.PROFILE)) == ()


def collection(whole: RepositoryReport, *projects: RepositoryReport) -> RepositoryReport:
    parts = tuple(replace(project, folder=project.name) for project in projects)
    score = score_repository(RULES, whole.score, [part.score.value for part in parts])
    return replace(whole, score=score, whole=whole.score, projects=parts)


def test_the_plan_of_a_collection_names_projects_and_reaches_what_it_says() -> None:
    made = collection(
        piece("all", *HALF_DONE), piece("a", *HALF_DONE), piece("b", result(rule("w", "value"), Outcome.FAIL))
    )
    steps = plan_projects(RULES, made)
    assert {step.project for step in steps} == {"", "b"}, "what b reaches alone outweighs a"
    assert {step.repository for step in steps} == {"all"}
    assert steps[-1].score == pytest.approx(made.score.value + sum(step.gain for step in steps))


def test_the_plan_of_a_portfolio_looks_into_a_collection() -> None:
    made = collection(piece("all", *HALF_DONE), piece("a", result(rule("w", "value", effort="15m"), Outcome.FAIL)))
    profile = score_results(RULES, (), Scope.PROFILE)
    first = plan_portfolio(RULES, [made], (), profile)[0]
    assert (first.repository, first.project, first.rule) == ("all", "a", "w")
