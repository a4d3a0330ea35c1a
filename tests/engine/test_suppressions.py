"""Suppressions: what they cover, and which silenced nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from judgement import result, rule, ruleset
from portfolio_audit.engine.suppressions import suppress, unused_suppressions
from portfolio_audit.model.location import Location
from portfolio_audit.model.result import Finding, Outcome
from portfolio_audit.model.rule import Suppression

RULE = rule("absolute-paths")
FAILED = replace(
    result(RULE, Outcome.FAIL), findings=tuple(Finding(RULE.id, "", Location(p, 1)) for p in ("a.py", "demo/b.py"))
)


def said(*suppressions: Suppression, name: str = "ada/tides") -> str | None:
    """The reason with which the failure is silenced."""
    return suppress(FAILED, suppressions, name).suppressed


@pytest.mark.parametrize(
    ("suppressions", "reason"),
    [
        ([Suppression("absolute-paths", "known")], "known"),
        ([Suppression("absolute-paths", "known", ("ada/*",))], "known"),
        ([Suppression("absolute-paths", "known", ("TIDES",))], "known"),
        ([Suppression("absolute-paths", "known", ("bob/*",))], None),
        ([Suppression("other-rule", "known")], None),
        ([Suppression("absolute-paths", "known", paths=("demo/",))], None),
        ([Suppression("absolute-paths", "known", paths=("*.py",))], "known"),
        ([Suppression("absolute-paths", "one", paths=("demo/",)), Suppression("absolute-paths", "two")], "two; one"),
        ([Suppression("absolute-paths", "one"), Suppression("absolute-paths", "two")], "one"),
        ([], None),
    ],
)
def test_a_result_is_silenced_when_every_finding_is_covered(
    suppressions: list[Suppression], reason: str | None
) -> None:
    assert said(*suppressions) == reason


def test_silencing_changes_nothing_but_the_reason() -> None:
    silenced = suppress(FAILED, [Suppression("absolute-paths", "known")], "tides")
    assert silenced == replace(FAILED, suppressed="known")


def test_a_repository_without_a_name_can_be_silenced() -> None:
    assert said(Suppression("absolute-paths", "known"), name="") == "known"


def test_what_was_met_is_not_silenced() -> None:
    passed = result(RULE, Outcome.PASS)
    assert suppress(passed, [Suppression("absolute-paths", "known")], "tides") is passed


@pytest.mark.parametrize(
    ("silenced", "unused"),
    [
        ("known", ("other-rule", "absolute-paths")),
        ("known elsewhere", ("absolute-paths", "other-rule")),
        ("known; known elsewhere", ("other-rule",)),
        (None, ("absolute-paths", "other-rule", "absolute-paths")),
    ],
)
def test_which_suppressions_silenced_nothing(silenced: str | None, unused: tuple[str, ...]) -> None:
    reasons = (("absolute-paths", "known"), ("other-rule", "known"), ("absolute-paths", "known elsewhere"))
    rules = ruleset(suppressions=tuple(Suppression(r, reason) for r, reason in reasons))
    assert unused_suppressions(rules, [result(RULE, Outcome.FAIL, suppressed=silenced)]) == unused
