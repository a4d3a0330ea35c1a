"""What changed between two audits."""

from __future__ import annotations

from dataclasses import replace

import pytest

import canonical
from comparing.sides import NEW, changed, failed, passed, place, side
from portfolio_audit.comparing import Cause, Change, Delta, FindingChange, VerdictChange, compare, side_of
from portfolio_audit.reporting.wire import export


def changes(delta: Delta) -> list[tuple[str, str]]:
    return [(finding.change.value, finding.verdict.result.rule) for finding in delta.findings]


def test_a_finding_is_fixed_and_another_is_new() -> None:
    licence, tests = failed("missing-licence", place("")), failed("missing-tests", place("src"))
    before = side(licence, passed("missing-tests"), score=50)
    after = side(passed("missing-licence"), tests, score=48.5, commit=NEW)
    delta = compare(before, after)
    assert delta == Delta(
        before,
        after,
        Cause.REPOSITORY,
        (
            FindingChange(Change.FIXED, licence, licence.findings[0], None, Cause.REPOSITORY),
            FindingChange(Change.NEW, tests, None, tests.findings[0], Cause.REPOSITORY),
        ),
        (
            VerdictChange(licence, passed("missing-licence"), Cause.REPOSITORY),
            VerdictChange(passed("missing-tests"), tests, Cause.REPOSITORY),
        ),
    )
    assert delta.score == -1.5
    assert [verdict.gained for verdict in delta.verdicts] == [4.0, -4.0]


def test_findings_that_stay_or_move_are_no_difference() -> None:
    paths = [place("a.py", 3, fingerprint="f"), place("b.py", 1, fingerprint="g")]
    delta = compare(
        side(failed("absolute-paths", *paths)),
        side(failed("absolute-paths", place("a.py", 8, fingerprint="f"), paths[1]), commit=NEW),
    )
    assert changes(delta) == [("moved", "absolute-paths"), ("unchanged", "absolute-paths")]
    assert delta.is_empty


def test_what_can_no_longer_be_judged_is_not_called_fixed() -> None:
    unknown = changed(passed("failing-notebooks", 0), outcome="unknown")
    delta = compare(side(failed("failing-notebooks", place("a.ipynb", 3))), side(unknown, commit=NEW))
    assert changes(delta) == [("undecided", "failing-notebooks")]
    assert not delta.is_empty


def test_a_rule_that_begins_to_apply_finds_something_new() -> None:
    idle = changed(passed("unhosted-model", 0), outcome="not_applicable")
    delta = compare(side(idle), side(failed("unhosted-model", place("")), commit=NEW))
    assert changes(delta) == [("new", "unhosted-model")]


def test_the_same_rule_in_a_project_is_another_verdict() -> None:
    here, there = failed("missing-tests", place("")), failed("missing-tests", place("a"), project="a")
    assert changes(compare(side(here), side(here, there, commit=NEW))) == [
        ("unchanged", "missing-tests"),
        ("new", "missing-tests"),
    ]


@pytest.mark.parametrize(
    ("more", "cause"),
    [
        ({}, Cause.NOTHING),
        ({"commits": (("ada/churn", NEW),)}, Cause.REPOSITORY),
        ({"commits": (("ada/churn", None),)}, Cause.REPOSITORY),
        ({"standard": "rules-2"}, Cause.RULESET),
        ({"tool": "0.2.0"}, Cause.TOOL),
        ({"standard": "rules-2", "tool": "0.2.0"}, Cause.RULESET),
        ({"commits": (("ada/churn", NEW),), "standard": "rules-2"}, Cause.UNCLEAR),
        ({"commits": (("ada/churn", NEW),), "tool": "0.2.0"}, Cause.UNCLEAR),
    ],
)
def test_the_cause(more: dict[str, str], cause: Cause) -> None:
    before = side(failed("missing-tests", place("")))
    delta = compare(before, replace(before, **more))
    assert (delta.cause, delta.findings[0].cause) == (cause, cause)


def test_a_rule_that_is_new_is_a_matter_of_the_rules_even_if_the_repository_changed() -> None:
    old = side(failed("missing-tests", place("")))
    new = replace(side(*old.verdicts, failed("dead-demo", place("README.md", 3)), commit=NEW), standard="rules-2")
    assert [(f.verdict.result.rule, f.cause) for f in compare(old, new).findings] == [
        ("missing-tests", Cause.UNCLEAR),
        ("dead-demo", Cause.RULESET),
    ]


def test_a_report_against_itself() -> None:
    report = export(canonical.portfolio_report())
    delta = compare(side_of(report), side_of(report))
    assert delta.is_empty
    assert {f.change for f in delta.findings} == {Change.UNCHANGED}


def test_a_side_holds_every_repository_project_and_the_profile() -> None:
    made = side_of(export(canonical.portfolio_report()))
    assert {v.repository for v in made.verdicts} == {
        "",
        *(r.full_name for r in canonical.portfolio_report().repositories if r.results),
    }
    assert (made.grade, made.tool) == (canonical.portfolio_report().score.grade, "0.1.0")


def test_what_is_silenced_is_no_finding() -> None:
    verdict = next(
        v for v in side_of(export(canonical.repository_report())).verdicts if v.result.rule == "missing-licence"
    )
    assert verdict.findings == ()
