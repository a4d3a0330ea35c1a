"""What there is to tell of one audit: the report, the one before it, and what lies between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from portfolio_audit.comparing import Cause, Change, Delta, FindingChange, Verdict, compare, side_of
from portfolio_audit.reporting.wire import Report
from portfolio_audit.reporting.wire.verdicts import Effort, PlanStep

_LEAST = 0.05
"""Points that are shown as a change; less is rounding."""


@dataclass(frozen=True, slots=True)
class Item:
    """One rule with the places that are mended or came since; ``gain`` is what that is worth of 100, if anything."""

    verdict: Verdict
    changes: tuple[FindingChange, ...]
    gain: float
    effort: Effort


@dataclass(frozen=True)
class Story:
    """An audit as it is told; ``unmatched`` says why there is nothing to compare it with, if there is not."""

    head: Report
    base: Report | None = None
    unmatched: str = ""

    @cached_property
    def delta(self) -> Delta | None:
        """What changed since the base."""
        return compare(side_of(self.base), side_of(self.head)) if self.base else None

    @property
    def gained(self) -> float | None:
        """Points of 100 that the repository won, None if that is not known; less than can be seen is nothing."""
        if self.delta is None or self.delta.cause not in {Cause.REPOSITORY, Cause.NOTHING}:
            return None
        return self.delta.score if abs(self.delta.score) >= _LEAST else 0.0

    @property
    def is_quiet(self) -> bool:
        """Whether nothing changed that anybody would notice."""
        return self.delta is not None and self.delta.is_empty and not self.gained

    @cached_property
    def fixed(self) -> tuple[Item, ...]:
        """The rules with findings that are gone, what was worth most first."""
        return self._items(Change.FIXED, self.base, self.head)

    @cached_property
    def new(self) -> tuple[Item, ...]:
        """The rules with findings that came, what costs most first."""
        return self._items(Change.NEW, self.head, self.base)

    @cached_property
    def shifted(self) -> tuple[tuple[Verdict, float], ...]:
        """The rules that are met more or less than before with the same findings, and what that is worth of 100."""
        if self.delta is None or self.base is None:
            return ()
        told = {item.verdict.key for item in (*self.fixed, *self.new)}
        before, after = gains_of(self.base), gains_of(self.head)
        found = [
            (change.after, before.get(change.after.key, 0.0) - after.get(change.after.key, 0.0))
            for change in self.delta.verdicts
            if change.cause is Cause.REPOSITORY and change.after and change.after.key not in told
        ]
        return tuple((verdict, gain) for verdict, gain in found if abs(gain) >= _LEAST)

    @property
    def next(self) -> PlanStep | None:
        """The fix that gains most for the least effort."""
        return next(iter(plan_of(self.head)), None)

    @property
    def letters(self) -> tuple[str, ...]:
        """The grades, best first."""
        return tuple(step.grade for step in self.head.grades)

    @property
    def is_worse_grade(self) -> bool:
        """Whether the repository lost a grade."""
        known = self.base and self.gained is not None and {self.base.grade, self.head.grade} <= set(self.letters)
        return bool(known and self.base and self._rank(self.head.grade) > self._rank(self.base.grade))

    def is_below(self, letter: str) -> bool:
        """Whether the grade is below a letter; one that could not be judged is below all."""
        return self.head.grade not in self.letters or self._rank(self.head.grade) > self._rank(letter)

    def _rank(self, grade: str) -> int:
        return self.letters.index(grade)

    def _items(self, change: Change, side: Report | None, other: Report | None) -> tuple[Item, ...]:
        """The findings that only one side has, by rule; what the rule lacks on both sides is none of the change."""
        if self.delta is None or side is None or other is None:
            return ()
        grouped: dict[tuple[str, str, str], list[FindingChange]] = {}
        for finding in self.delta.of(change):
            if finding.cause is Cause.REPOSITORY:
                grouped.setdefault(finding.verdict.key, []).append(finding)
        here, there = gains_of(side), gains_of(other)
        gains = {key: max(0.0, gain - there.get(key, 0.0)) for key, gain in here.items()}
        items = (_item(found, gains) for found in grouped.values())
        return tuple(sorted(items, key=lambda item: (-item.gain, item.verdict.key)))


def _item(found: Sequence[FindingChange], gains: dict[tuple[str, str, str], float]) -> Item:
    verdict = found[0].verdict
    gain = gains.get(verdict.key, 0.0)
    return Item(verdict, tuple(found), gain if gain >= _LEAST else 0.0, verdict.result.fix.effort)


def plan_of(report: Report) -> Sequence[PlanStep]:
    """The plan of the portfolio, or of the single repository."""
    if report.portfolio:
        return report.portfolio.plan
    return report.repositories[0].plan if report.repositories else ()


def gains_of(report: Report) -> dict[tuple[str, str, str], float]:
    """What meeting each rule in full would add, by the key of its verdict."""
    return {(step.repository or "", step.project or "", step.rule): step.gain for step in plan_of(report)}


def open_items(report: Report) -> Iterator[tuple[Verdict, float]]:
    """Every rule that is not met, with what it is worth, most first."""
    gains = gains_of(report)
    found = ((verdict, gains.get(verdict.key, 0.0)) for verdict in side_of(report).verdicts if verdict.findings)
    return iter(sorted(found, key=lambda pair: (-pair[1], pair[0].key)))
