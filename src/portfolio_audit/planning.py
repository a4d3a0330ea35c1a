"""Findings to the ordered plan: the fixes that gain most points for the least effort first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from portfolio_audit.model.location import REPOSITORY
from portfolio_audit.model.report import PlanStep, RepositoryReport
from portfolio_audit.model.result import Result
from portfolio_audit.model.rule import Ruleset, Scope
from portfolio_audit.model.score import Score
from portfolio_audit.scoring import UNGRADED, gain, gain_per_point, score_portfolio, score_repository

LEAST_GAIN = 0.05
"""Fixes that gain less than this many points of 100 are not worth a line."""
PORTFOLIO_STEPS = 12
PIECES_LOOKED_AT = 8

_S = TypeVar("_S")


def plan_repository(ruleset: Ruleset, name: str, results: Iterable[Result], score: Score) -> tuple[PlanStep, ...]:
    """Every fix of one repository, best gain per hour first, with the score and grade each step leads to.

    There is none for what is not graded: what a fix would gain there cannot be said.
    """
    if score.grade == UNGRADED:
        return ()
    reached = score.value
    steps = []
    for fix in sorted(_candidates(name, "", results, score), key=_Candidate.order):
        reached = min(100.0, reached + fix.gain)
        steps.append(fix.step(fix.gain, reached, ruleset))
    return tuple(steps)


def plan_projects(ruleset: Ruleset, report: RepositoryReport) -> tuple[PlanStep, ...]:
    """The fixes that raise a repository of several projects most per hour, in the projects and around them."""
    start = _Piece.of(report)
    return _greedy(_of_piece(report), start, _Piece.after, lambda piece: piece.score(ruleset), ruleset)


def plan_portfolio(
    ruleset: Ruleset, pieces: Sequence[RepositoryReport], profile_results: Iterable[Result], profile: Score
) -> tuple[PlanStep, ...]:
    """The fixes that raise the portfolio most per hour, across its best pieces and the profile itself."""
    best = sorted(pieces, key=lambda p: (-p.score.value, p.name))[:PIECES_LOOKED_AT]
    candidates = [candidate for piece in best for candidate in _of_piece(piece)]
    candidates += _candidates("", "", profile_results, profile)
    start = _State({p.full_name: _Piece.of(p) for p in best}, profile)
    return _greedy(candidates, start, _State.after, lambda state: state.score(ruleset), ruleset)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A fix that could be next; ``gain`` counts in the score of its own repository, project or profile."""

    repository: str
    project: str
    result: Result
    gain: float

    @property
    def hours(self) -> float:
        return self.result.rule.fix.effort.hours

    def order(self) -> tuple[float, float, str]:
        return (-self.gain / self.hours, -self.gain, self.result.rule.id)

    def step(self, won: float, score: float, ruleset: Ruleset) -> PlanStep:
        at = self.result.findings[0].at if self.result.findings else REPOSITORY
        rule, grade = self.result.rule, ruleset.grades.grade(score)
        return PlanStep(rule.id, self.repository, rule.fix, won, score, grade, at, self.project)


def _candidates(repository: str, project: str, results: Iterable[Result], score: Score) -> list[_Candidate]:
    per_point = gain_per_point(score)
    found = [_Candidate(repository, project, r, gain(r, per_point)) for r in results if r.suppressed is None]
    return [candidate for candidate in found if candidate.gain >= LEAST_GAIN]


def _of_piece(report: RepositoryReport) -> list[_Candidate]:
    """The fixes of a repository and of the best projects in it."""
    name = report.full_name
    found = _candidates(name, "", report.results, report.whole or report.score)
    for project in report.projects[:PIECES_LOOKED_AT]:
        found += _candidates(name, project.folder, project.results, project.score)
    return found


def _greedy(
    left: list[_Candidate],
    state: _S,
    after: Callable[[_S, _Candidate], _S],
    score: Callable[[_S], float],
    ruleset: Ruleset,
) -> tuple[PlanStep, ...]:
    """Each step is the best one after those before it, since what counts can change on the way."""
    steps: list[PlanStep] = []
    while left and len(steps) < PORTFOLIO_STEPS:
        now = score(state)
        won, chosen = max(
            ((score(after(state, c)) - now, c) for c in left),
            key=lambda g: (g[0] / g[1].hours, g[1].gain, g[1].result.rule.id, g[1].repository, g[1].project),
        )
        if won < LEAST_GAIN:
            break
        state = after(state, chosen)
        left.remove(chosen)
        steps.append(chosen.step(won, score(state), ruleset))
    return tuple(steps)


@dataclass(frozen=True, slots=True)
class _Piece:
    """The scores of one repository as they would be after some steps: as a whole, and of the projects in it."""

    whole: Score
    projects: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, report: RepositoryReport) -> _Piece:
        judged = {p.folder: p.score.value for p in report.projects if p.score.grade != UNGRADED}
        return cls(report.whole or report.score, judged)

    def score(self, ruleset: Ruleset) -> float:
        return score_repository(ruleset, self.whole, list(self.projects.values())).value

    def after(self, fix: _Candidate) -> _Piece:
        if not fix.project:
            return replace(self, whole=_raised(self.whole, fix.gain))
        raised = min(100.0, self.projects[fix.project] + fix.gain)
        return replace(self, projects={**self.projects, fix.project: raised})


@dataclass(frozen=True, slots=True)
class _State:
    """The scores of a portfolio as they would be after some steps."""

    pieces: Mapping[str, _Piece]
    profile: Score

    def score(self, ruleset: Ruleset) -> float:
        return score_portfolio(ruleset, [p.score(ruleset) for p in self.pieces.values()], self.profile).value

    def after(self, fix: _Candidate) -> _State:
        if fix.result.rule.scope is Scope.PROFILE:
            return replace(self, profile=_raised(self.profile, fix.gain))
        return replace(self, pieces={**self.pieces, fix.repository: self.pieces[fix.repository].after(fix)})


def _raised(score: Score, gained: float) -> Score:
    return replace(score, value=min(100.0, score.value + gained))
