"""Findings to the ordered plan: the fixes that gain most points for the least effort first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from portfolio_audit.model.location import REPOSITORY
from portfolio_audit.model.report import PlanStep, RepositoryReport
from portfolio_audit.model.result import Result
from portfolio_audit.model.rule import Ruleset, Scope
from portfolio_audit.model.score import Score
from portfolio_audit.scoring import gain, gain_per_point, score_portfolio

LEAST_GAIN = 0.05
"""Fixes that gain less than this many points of 100 are not worth a line."""
PORTFOLIO_STEPS = 12
PIECES_LOOKED_AT = 8


def plan_repository(ruleset: Ruleset, name: str, results: Iterable[Result], score: Score) -> tuple[PlanStep, ...]:
    """Every fix of one repository, best gain per hour first, with the score and grade each step leads to."""
    per_point = gain_per_point(score)
    fixes = [_Candidate(name, r, gain(r, per_point)) for r in results if r.suppressed is None]
    reached = score.value
    steps = []
    for fix in sorted((f for f in fixes if f.gain >= LEAST_GAIN), key=_Candidate.order):
        reached = min(100.0, reached + fix.gain)
        steps.append(fix.step(fix.gain, reached, ruleset))
    return tuple(steps)


def plan_portfolio(
    ruleset: Ruleset, pieces: Sequence[RepositoryReport], profile_results: Iterable[Result], profile: Score
) -> tuple[PlanStep, ...]:
    """The fixes that raise the portfolio most per hour, across its best pieces and the profile itself.

    Greedy: each step is the best one after those before it, since which pieces count can change on the way.
    """
    best = sorted(pieces, key=lambda p: (-p.score.value, p.name))[:PIECES_LOOKED_AT]
    left = [_Candidate(p.full_name, r, gain(r, gain_per_point(p.score))) for p in best for r in p.results]
    left += [_Candidate("", r, gain(r, gain_per_point(profile))) for r in profile_results]
    left = [c for c in left if c.gain >= LEAST_GAIN and c.result.suppressed is None]
    state = _State({p.full_name: p.score.value for p in best}, profile)
    steps: list[PlanStep] = []
    while left and len(steps) < PORTFOLIO_STEPS:
        now = state.value(ruleset)
        gains = [(state.after(c).value(ruleset) - now, c) for c in left]
        won, chosen = max(gains, key=lambda g: (g[0] / g[1].hours, g[1].gain, g[1].result.rule.id, g[1].repository))
        if won < LEAST_GAIN:
            break
        state = state.after(chosen)
        left.remove(chosen)
        steps.append(chosen.step(won, state.value(ruleset), ruleset))
    return tuple(steps)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A fix that could be next; ``gain`` counts in the score of its own repository or profile."""

    repository: str
    result: Result
    gain: float

    @property
    def hours(self) -> float:
        return self.result.rule.fix.effort.hours

    def order(self) -> tuple[float, float, str]:
        return (-self.gain / self.hours, -self.gain, self.result.rule.id)

    def step(self, won: float, score: float, ruleset: Ruleset) -> PlanStep:
        at = self.result.findings[0].at if self.result.findings else REPOSITORY
        rule = self.result.rule
        return PlanStep(rule.id, self.repository, rule.fix, won, score, ruleset.grades.grade(score), at)


@dataclass(frozen=True, slots=True)
class _State:
    """The scores as they would be after some steps."""

    pieces: dict[str, float]
    profile: Score

    def value(self, ruleset: Ruleset) -> float:
        return score_portfolio(ruleset, list(self.pieces.values()), self.profile).value

    def after(self, fix: _Candidate) -> _State:
        if fix.result.rule.scope is Scope.PROFILE:
            return replace(self, profile=replace(self.profile, value=min(100.0, self.profile.value + fix.gain)))
        raised = min(100.0, self.pieces[fix.repository] + fix.gain)
        return replace(self, pieces={**self.pieces, fix.repository: raised})
