"""Outcomes of rules are counted against the labels that speak of them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from benchmarks.accuracy.compare import Compared
from benchmarks.accuracy.confidence import HEAD, Agreement, as_yaml, measured
from benchmarks.accuracy.labels import Labelled
from benchmarks.accuracy.mapping import Column

from portfolio_audit.model.result import Outcome
from portfolio_audit.model.rule import Measured


def column(*rules: str, full: float = 0.9, agrees: Mapping[str, tuple[int, int]] | None = None) -> Column:
    return Column("env", rules, rules, 0.4, full, 0.9, "says", "unseen", agrees or {})


def row(label: int | None, **outcomes: Outcome) -> Compared:
    levels = {} if label is None else {"env": label}
    return Compared(Labelled("ada/x", "", None, None, levels, {}), 0.1, outcomes=outcomes)


EXACT = {Outcome.PASS: {2}, Outcome.PARTIAL: {1}, Outcome.FAIL: {0}}
YES_OR_NO = {Outcome.PASS: {1, 2}, Outcome.PARTIAL: {1}, Outcome.FAIL: {0}}
A_PART = {Outcome.PASS: {1, 2}, Outcome.PARTIAL: {1, 2}, Outcome.FAIL: {0, 1}}


@pytest.mark.parametrize(
    ("of", "levels"),
    [(column("a"), EXACT), (column("a", full=2), YES_OR_NO), (column("a", "b"), A_PART)],
    ids=["a column by itself", "yes or no", "one of several"],
)
def test_labels_agree_with_outcomes(of: Column, levels: Mapping[Outcome, set[int]]) -> None:
    agreement = Agreement(of, "a")
    found = {outcome: {label for label in (0, 1, 2) if agreement.right(outcome, label)} for outcome in levels}
    assert found == levels


def test_a_column_may_know_more_of_a_rule() -> None:
    agreement = Agreement(column("a", "b", agrees={"a": (0, 2)}), "a")
    assert [agreement.right(Outcome.FAIL, label) for label in (0, 1, 2)] == [True, False, False]
    assert [agreement.right(Outcome.PASS, label) for label in (0, 1, 2)] == [False, False, True]


def test_outcomes_are_counted_where_both_have_judged() -> None:
    rows = [row(2, a=Outcome.PASS), row(0, a=Outcome.PASS), row(0, a=Outcome.FAIL)]
    unjudged = [row(None, a=Outcome.PASS), row(2, a=Outcome.UNKNOWN), row(2)]
    found = measured([*rows, *unjudged], [column("a")])
    assert found == {"a": (Measured("pass", 1, 2), Measured("fail", 1, 1))}
    assert as_yaml({**found, "none": ()}) == HEAD + "a: {pass: {right: 1, of: 2}, fail: {right: 1, of: 1}}\n"
