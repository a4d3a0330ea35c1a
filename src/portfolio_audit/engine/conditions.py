"""Conditions judged against evidence, in Kleene's three-valued logic: what could not be read makes no one guilty.

A count (of names, of places) is a lower bound as long as something is undecided: it can only grow. A number may go
either way, so with something undecided it only holds where ``at_least`` alone is asked for and met.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from itertools import islice
from typing import TypeVar, assert_never

from portfolio_audit.engine.patterns import Match, compiled
from portfolio_audit.model.fact import Evidence, Fact
from portfolio_audit.model.globs import matcher
from portfolio_audit.model.location import Location
from portfolio_audit.model.rule import AllOf, AnyOf, Condition, FactTest, Not, Ruleset, TextTest
from portfolio_audit.model.snapshot import Unavailable

LOCATIONS_KEPT = 20
REASONS_KEPT = 3
_ROUNDING = 1e-9

Kept = TypeVar("Kept")


class Truth(IntEnum):
    """Kleene's truth values: ``all`` is their minimum, ``any`` their maximum, ``not`` mirrors them."""

    FALSE = 0
    UNKNOWN = 1
    TRUE = 2

    def negated(self) -> Truth:
        """The mirror image."""
        return Truth(2 - self)


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a condition holds; ``at`` is what decided it, ``reasons`` why it could not be decided."""

    truth: Truth
    at: tuple[Location, ...] = ()
    reasons: tuple[str, ...] = ()


class Judge:
    """Judges conditions about one repository."""

    def __init__(self, evidence: Evidence, texts: Mapping[str, str | Unavailable]) -> None:
        self.evidence = evidence
        self.texts = texts

    def judge(self, condition: Condition) -> Judgement:
        """Whether a condition holds."""
        match condition:
            case AllOf(parts):
                return _joined(min, map(self.judge, parts))
            case AnyOf(parts):
                return _joined(max, map(self.judge, parts))
            case Not(part):
                inner = self.judge(part)
                return Judgement(inner.truth.negated(), inner.at, inner.reasons)
            case FactTest():
                return self._fact(condition)
            case TextTest():
                return self._text(condition)
            case _:
                assert_never(condition)

    def _fact(self, test: FactTest) -> Judgement:
        named = _filtered(test, self.evidence.known(test.fact))
        counted = [f for f in named if test.rung is None or f.rung >= test.rung]
        undecided = [f for f in self.evidence.undecided(test.fact) if _may_be_in(test.paths, f.at.path)]
        truth = _compared(test, counted, bool(undecided))
        if truth is Truth.UNKNOWN:
            return Judgement(truth, reasons=kept((_reason(f.at.path, f.value) for f in undecided), REASONS_KEPT))
        shown = sorted(counted or named, key=lambda f: -f.rung)
        return Judgement(truth, kept((f.at for f in shown), LOCATIONS_KEPT))

    def _text(self, test: TextTest) -> Judgement:
        wanted = matcher(test.files)
        texts = [(path, self.texts[path]) for path in sorted(self.texts) if wanted(path)]
        search = compiled(test.pattern).search
        found = (_found(path, text, search) for path, text in texts if isinstance(text, str))
        at = tuple(islice(filter(None, found), LOCATIONS_KEPT))
        if at:
            return Judgement(Truth.TRUE, at)
        reasons = kept((_reason(path, text) for path, text in texts if isinstance(text, Unavailable)), REASONS_KEPT)
        return Judgement(Truth.UNKNOWN if reasons else Truth.FALSE, reasons=reasons)


def leaves(condition: Condition) -> Iterator[FactTest | TextTest]:
    """Every test in a condition."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)
        case FactTest() | TextTest():
            yield condition
        case _:
            assert_never(condition)


def fact_tests(condition: Condition) -> Iterator[FactTest]:
    """Every test of a fact in a condition."""
    return (leaf for leaf in leaves(condition) if isinstance(leaf, FactTest))


def text_globs(ruleset: Ruleset) -> tuple[str, ...]:
    """The files that rules look into themselves, beyond what extractors want."""
    conditions = (c for rule in ruleset.rules for c in (rule.full, rule.partial, rule.when) if c)
    tests = (leaf for condition in conditions for leaf in leaves(condition) if isinstance(leaf, TextTest))
    return tuple(sorted({glob for test in tests for glob in test.files}))


def _joined(choose: Callable[[Iterable[Truth]], Truth], parts: Iterable[Judgement]) -> Judgement:
    """The chosen truth, with the places and reasons of the parts that have it."""
    judged = tuple(parts)
    truth = choose(part.truth for part in judged)
    deciding = [part for part in judged if part.truth is truth]
    return Judgement(
        truth,
        kept((at for part in deciding for at in part.at), LOCATIONS_KEPT),
        kept((reason for part in deciding for reason in part.reasons), REASONS_KEPT),
    )


def _filtered(test: FactTest, facts: Iterable[Fact]) -> list[Fact]:
    """The positive observations with one of the names, in one of the paths."""
    seen = [f for f in facts if f.value is not False]
    if test.names or test.globs:
        names, globbed = frozenset(test.names), matcher(test.globs)
        seen = [f for f in seen if (name := str(f.value)).casefold() in names or globbed(name)]
    if test.paths:
        located = matcher(test.paths)
        seen = [f for f in seen if located(f.at.path)]
    return seen


def _may_be_in(paths: tuple[str, ...], path: str) -> bool:
    """Whether something undecided at a path (empty: anywhere) could turn out to be in one of the paths."""
    return not paths or not path or matcher(paths)(path)


def _compared(test: FactTest, counted: list[Fact], undecided: bool) -> Truth:  # noqa: FBT001  # private, read as a word
    low, high = _bounds(test)
    number = _number(counted) if _is_compared(test) else None
    amount = _count(counted) if number is None else number
    enough = amount >= low - _ROUNDING
    within = amount <= high + _ROUNDING
    if not undecided:
        return Truth.TRUE if enough and within else Truth.FALSE
    if enough and high == math.inf:
        return Truth.TRUE
    return Truth.FALSE if number is None and not within else Truth.UNKNOWN


def _is_compared(test: FactTest) -> bool:
    return (test.at_least, test.at_most, test.equals) != (None, None, None)


def _bounds(test: FactTest) -> tuple[float, float]:
    """The least and the most that pass; with no comparison, at least one observation."""
    if not _is_compared(test):
        return 1, math.inf
    if test.equals is not None:
        return test.equals, test.equals
    return (
        -math.inf if test.at_least is None else test.at_least,
        math.inf if test.at_most is None else test.at_most,
    )


def _number(facts: Iterable[Fact]) -> float | None:
    """The value of a NUMBER fact, or None if these are names or flags (or nothing)."""
    values = (f.value for f in facts)
    return next((float(v) for v in values if isinstance(v, int | float) and not isinstance(v, bool)), None)


def _count(facts: Iterable[Fact]) -> int:
    """How many distinct names, or places."""
    return len({f.value.casefold() if isinstance(f.value, str) else f.at for f in facts})


def _found(path: str, text: str, search: Callable[[bytes], Match | None]) -> Location | None:
    encoded = text.encode("utf-8", "replace")
    match = search(encoded)
    return Location(path, encoded.count(b"\n", 0, match.start()) + 1, note="matches the pattern") if match else None


def _reason(path: str, value: object) -> str:
    reason = value.reason if isinstance(value, Unavailable) else ""
    return f"{path} {reason}" if path else reason


def kept(items: Iterable[Kept], most: int) -> tuple[Kept, ...]:
    """The first distinct items, no more than ``most``."""
    return tuple(islice(dict.fromkeys(items), most))
