"""What a rule saw in a repository: every condition with its truth, and the places that decided it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from portfolio_audit.engine.conditions import Judge, Truth
from portfolio_audit.engine.describe import describe
from portfolio_audit.model.fact import Fact
from portfolio_audit.model.result import Result
from portfolio_audit.model.rule import AllOf, AnyOf, Condition, FactTest, Not, Rule, TextTest
from portfolio_audit.model.snapshot import Unavailable
from portfolio_audit.reporting.escaping import clean

_MOST_PLACES = 4
_WORDS = {Truth.TRUE: "yes", Truth.FALSE: "no", Truth.UNKNOWN: "not known"}


def outcome_in_words(result: Result) -> Iterator[str]:
    """The outcome of a rule, and its message or reason."""
    points = f", {result.points:g} of {result.possible:g} points" if result.outcome.judged else ""
    yield f"Outcome: {result.outcome.value.replace('_', ' ')}{points}"
    if result.confidence is not None:
        yield f"  {'likely' if result.is_likely else 'sure'}: confidence {result.confidence:.2f} (docs/accuracy.md)"
    if result.message or result.reason:
        yield f"  {clean(result.message or result.reason, 400)}"
    if result.suppressed is not None:
        yield f"  suppressed: {clean(result.suppressed, 200)}"


def conditions_in_words(rule: Rule, judge: Judge) -> Iterator[str]:
    """Each level of a rule, and below it every condition with what was seen."""
    for title, condition in (("Asked here", rule.when), ("Met in full", rule.full), ("Met in part", rule.partial)):
        if condition:
            yield f"{title}: {_WORDS[judge.judge(condition).truth]}"
            yield from (f"  {line}" for line in _lines(condition, judge))


def _lines(condition: Condition, judge: Judge) -> Iterator[str]:
    truth = _WORDS[judge.judge(condition).truth]
    match condition:
        case AllOf(parts) | AnyOf(parts):
            yield f"{truth}: {'all' if isinstance(condition, AllOf) else 'any'} of"
            yield from (f"  {line}" for part in parts for line in _lines(part, judge))
        case Not(part):
            yield f"{truth}: not"
            yield from (f"  {line}" for line in _lines(part, judge))
        case FactTest():
            yield f"{truth}: {describe(condition)}"
            yield from _shown([_observed(fact) for fact in judge.evidence.of(condition.fact)])
        case TextTest():
            yield f"{truth}: {describe(condition)}"
            yield from _shown([clean(str(at), 120) for at in judge.judge(condition).at])
        case _:
            assert_never(condition)


def _shown(places: list[str]) -> Iterator[str]:
    yield from (f"    {place}" for place in places[:_MOST_PLACES])
    if len(places) > _MOST_PLACES:
        yield f"    and {len(places) - _MOST_PLACES} more"


def _observed(fact: Fact) -> str:
    at, note = clean(str(fact.at), 120), clean(fact.at.note, 120)
    if isinstance(fact.value, Unavailable):
        return f"{at}  undecided: {clean(fact.value.reason, 160)}"
    value = "" if fact.value is True else f"  {clean(str(fact.value), 80)}"
    rung = f"  ({fact.rung.label})" if fact.rung > 1 else ""
    return f"{at}{value}{rung}{'  ' + note if note else ''}"
