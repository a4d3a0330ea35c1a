"""Results to scores: points, to criterion, to repository, to portfolio.

A criterion is the share of its points that was earned; a criterion with parts is the weighted mean of its parts. A
repository is the weighted mean of its criteria, 0 to 100, times the share of its kind that is one's own; one with
several projects joins that with the best of them. What could not be judged is left out of every denominator. A
portfolio follows its best pieces: the mean of the best ``k`` times the share that ``k`` pieces can reach, for the ``k``
that gives most; the profile-wide criteria make up the rest. docs/scores.md has a worked example.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter

from portfolio_audit.model.result import Outcome, Result
from portfolio_audit.model.rule import Criterion, Ruleset, Scope
from portfolio_audit.model.score import CriterionScore, PartScore, Score

UNGRADED = "?"
"""The grade of what could not be judged at all."""


def score_results(
    ruleset: Ruleset, results: Iterable[Result], scope: Scope = Scope.REPOSITORY, *, kind: str = ""
) -> Score:
    """The score of one repository of a kind (or of the profile-wide criteria) from its results."""
    by_criterion = _grouped(results, lambda r: r.rule.criterion)
    criteria = tuple(
        _score_criterion(criterion, by_criterion.get(criterion.id, ()))
        for criterion in ruleset.criteria
        if criterion.scope is scope
    )
    share = _mean((c.score, c.weight) for c in criteria)
    own = ruleset.own_shares.get(kind, 1.0)
    score = _score(ruleset, None if share is None else share * own, criteria)
    return ungraded(score) if kind in ruleset.ungraded_kinds else replace(score, own=own)


def gain_per_point(score: Score) -> Mapping[tuple[str, str], float]:
    """How many points of 100 one rule point is worth, by (criterion, part); part is empty where there are none.

    Scores are linear in points, so the gain of a fix is its missing points times this, in whatever order fixes are
    done.
    """
    total = sum(c.weight for c in score.criteria if c.score is not None)
    return {
        (criterion.id, part): 100 * score.own * criterion.weight / total * share
        for criterion in score.criteria
        if criterion.score is not None and total
        for part, share in _shares(criterion)
    }


def gain(result: Result, per_point: Mapping[tuple[str, str], float]) -> float:
    """The points of 100 that meeting the rule in full would add."""
    if not result.outcome.judged or result.outcome is Outcome.PASS:
        return 0.0
    missing = result.possible - result.points
    return missing * per_point.get((result.rule.criterion, result.rule.part), 0.0)


@dataclass(frozen=True, slots=True)
class PieceScore:
    """What the best pieces of a portfolio make together: 0 to 100 from the best ``count`` of them."""

    value: float
    count: int


def score_pieces(ruleset: Ruleset, scores: Sequence[float]) -> PieceScore:
    """The mean of the best ``k`` scores times the share that ``k`` pieces can reach, for the best ``k``.

    Adding a piece, or raising one, never lowers it.
    """
    best = sorted(scores, reverse=True)[: len(ruleset.piece_shares)]
    options = [
        PieceScore(sum(best[:k]) / k * share, k)
        for k, share in enumerate(ruleset.piece_shares, start=1)
        if k <= len(best)
    ]
    return max(options, key=attrgetter("value"), default=PieceScore(0.0, 0))


def score_portfolio(ruleset: Ruleset, pieces: Sequence[float], profile: Score) -> Score:
    """The portfolio's score from its pieces' scores and the score of the profile-wide criteria."""
    return _joined(ruleset, pieces, profile, 1 - ruleset.profile_weight)


def score_repository(ruleset: Ruleset, whole: Score, projects: Sequence[float]) -> Score:
    """The score of a repository from its score as a whole and the scores of the projects in it, if there are any."""
    return _joined(ruleset, projects, whole, ruleset.project_weight) if projects else whole


def ungraded(score: Score) -> Score:
    """The same without a grade: for what there is nothing to judge in."""
    return Score(0.0, UNGRADED, score.criteria)


def _joined(ruleset: Ruleset, pieces: Sequence[float], around: Score, weight: float) -> Score:
    """What pieces make together, with the weight, and what is around them, with the rest."""
    known = around.grade != UNGRADED
    parts = (
        (score_pieces(ruleset, pieces).value / 100, weight),
        (around.value / 100 if known else None, 1 - weight),
    )
    return _score(ruleset, _mean(parts), around.criteria)


def _score(ruleset: Ruleset, share: float | None, criteria: tuple[CriterionScore, ...]) -> Score:
    if share is None:
        return Score(0.0, UNGRADED, criteria)
    return Score(100 * share, ruleset.grades.grade(100 * share), criteria)


def _score_criterion(criterion: Criterion, results: Sequence[Result]) -> CriterionScore:
    by_part = _grouped(results, lambda r: r.rule.part)
    parts = tuple(_score_part(part, weight, by_part.get(part, ())) for part, weight in criterion.parts.items())
    earned, possible = sum(r.points for r in results), sum(r.possible for r in results)
    share = _mean((p.score, p.weight) for p in parts) if parts else _share(earned, possible)
    return CriterionScore(criterion.id, share, earned, possible, criterion.weight, parts)


def _score_part(part: str, weight: float, results: Sequence[Result]) -> PartScore:
    earned, possible = sum(r.points for r in results), sum(r.possible for r in results)
    return PartScore(part, _share(earned, possible), earned, possible, weight)


def _share(earned: float, possible: float) -> float | None:
    return earned / possible if possible else None


def _shares(criterion: CriterionScore) -> Iterable[tuple[str, float]]:
    """By part, the share of the criterion that one rule point moves."""
    if not criterion.parts:
        yield "", 1 / criterion.possible
        return
    total = sum(p.weight for p in criterion.parts if p.score is not None)
    for part in criterion.parts:
        if part.score is not None:
            yield part.id, part.weight / total / part.possible


def _mean(parts: Iterable[tuple[float | None, float]]) -> float | None:
    known = [(score, weight) for score, weight in parts if score is not None and weight]
    total = sum(weight for _, weight in known)
    return sum(score * weight for score, weight in known) / total if total else None


def _grouped(results: Iterable[Result], key: Callable[[Result], str]) -> dict[str, list[Result]]:
    return {name: list(group) for name, group in groupby(sorted(results, key=key), key=key)}
