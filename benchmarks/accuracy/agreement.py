"""Agreement between two raters: kappa, precision and recall, rank correlations, bootstrap intervals."""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

Row = TypeVar("Row")
LEVELS = (0, 1, 2)


@dataclass(frozen=True, slots=True)
class Detection:
    """Precision, recall and F1 of seeing something at all (or in full)."""

    precision: float
    recall: float
    f1: float


def confusion(pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Counts by (label, verdict), each 0, 1 or 2."""
    return [[sum(pair == (label, verdict) for pair in pairs) for verdict in LEVELS] for label in LEVELS]


def quadratic_kappa(pairs: Sequence[tuple[int, int]]) -> float:
    """Quadratic-weighted kappa of (label, verdict) pairs, each 0, 1 or 2.

    1 is perfect, 0 what chance gives. When neither side varies it is 1 if they agree throughout and 0 if not.
    Source: Cohen (1968), Weighted kappa, Psychological Bulletin 70(4).
    """
    observed = sum((label - verdict) ** 2 for label, verdict in pairs)
    expected = sum((label - verdict) ** 2 for label, _ in pairs for _, verdict in pairs) / max(len(pairs), 1)
    if not expected:
        return float(not observed)
    return 1 - observed / expected


def detection(pairs: Sequence[tuple[int, int]], least: int) -> Detection:
    """How well "at least this level" is detected."""
    both = sum(label >= least and verdict >= least for label, verdict in pairs)
    said, true = sum(v >= least for _, v in pairs), sum(label >= least for label, _ in pairs)
    precision, recall = both / said if said else 1.0, both / true if true else 1.0
    total = precision + recall
    return Detection(precision, recall, 2 * precision * recall / total if total else 0.0)


def spearman(pairs: Sequence[tuple[float, float]]) -> float:
    """Spearman's rank correlation with average ranks for ties; 0 when a side does not vary."""
    first, second = _ranks([a for a, _ in pairs]), _ranks([b for _, b in pairs])
    if len(set(first)) <= 1 or len(set(second)) <= 1:
        return 0.0
    return statistics.correlation(first, second)


def kendall(pairs: Sequence[tuple[float, float]]) -> float:
    """Kendall's tau-b; 0 when a side does not vary.

    Source: Kendall (1945), The treatment of ties in ranking problems, Biometrika 33(3).
    """
    signs = [(_sign(a[0] - b[0]), _sign(a[1] - b[1])) for a, b in combinations(pairs, 2)]
    agree = sum(x * y for x, y in signs)
    untied = sum(x != 0 for x, _ in signs) * sum(y != 0 for _, y in signs)
    return agree / untied**0.5 if untied else 0.0


def interval(
    rows: Sequence[Row], measure: Callable[[Sequence[Row]], float], *, rounds: int = 1000
) -> tuple[float, float]:
    """The 95 % percentile bootstrap interval of a measure, always with the same seed.

    Source: Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 13.
    """
    if not rows:
        return (0.0, 0.0)
    dice = random.Random(20240501)  # noqa: S311
    values = sorted(measure(dice.choices(rows, k=len(rows))) for _ in range(rounds))
    return values[int(0.025 * rounds)], values[int(0.975 * rounds)]


def _ranks(values: Sequence[float]) -> list[float]:
    places: dict[float, list[int]] = {}
    for place, value in enumerate(sorted(values), start=1):
        places.setdefault(value, []).append(place)
    return [statistics.fmean(places[value]) for value in values]


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)
