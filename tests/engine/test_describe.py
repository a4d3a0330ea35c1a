"""Conditions in words."""

from __future__ import annotations

import pytest

from portfolio_audit.engine.describe import describe
from portfolio_audit.model.fact import Rung
from portfolio_audit.model.rule import AllOf, AnyOf, Condition, FactTest, Not, TextTest

A, B = FactTest("a"), FactTest("b")


@pytest.mark.parametrize(
    ("condition", "phrase"),
    [
        (A, "a"),
        (Not(A), "not a"),
        (Not(Not(A)), "not not a"),
        (AllOf((A,)), "a"),
        (AnyOf((A, B)), "a or b"),
        (Not(AnyOf((A, B))), "not (a or b)"),
        (Not(AllOf((A,))), "not a"),
        (AllOf((A, AnyOf((B, A)), Not(B))), "a and (b or a) and not b"),
        (AnyOf((AllOf((A, B)), AllOf((B,)))), "(a and b) or b"),
        (FactTest("a", at_least=0.95), "a ≥ 0.95"),
        (FactTest("a", at_most=0), "a ≤ 0"),
        (FactTest("a", equals=2.0), "a = 2"),
        (FactTest("a", at_least=1, at_most=3), "a ≥ 1 ≤ 3"),
        (FactTest("a", names=("x",), globs=("y*",)), "a among x, y*"),
        (FactTest("a", names=("w", "x", "y", "z")), "a among w, x, y and 1 more"),
        (FactTest("a", rung=Rung.WIRED), "a at least wired"),
        (FactTest("a", rung=Rung.WIRED, paths=("src/",), at_least=2), "a ≥ 2 at least wired in src/"),
        (TextTest("seed", ("*.py", "*.R")), "text like seed in *.py, *.R"),
    ],
)
def test_a_condition_reads_as_a_phrase(condition: Condition, phrase: str) -> None:
    assert describe(condition) == phrase
