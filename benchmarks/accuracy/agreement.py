"""Agreement between two raters: kappa, precision and recall, rank correlations, bootstrap intervals."""

from __future__ import annotations

import random
import statistics
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from benchmarks.accuracy.labels import LEVELS

Row = TypeVar("Row")
Pair = tuple[int, int]
Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Detection:
    """Precision, recall and F1 of seeing something at all (or in full); None where there is nothing to divide by."""

    precision: float | None
    recall: float | None
    f1: float | None


def confusion(pairs: Sequence[Pair]) -> list[list[int]]:
    """Counts by (label, verdict), each 0, 1 or 2: a row a label, a column a verdict."""
    counts = Counter(pairs)
    return [[counts[label, verdict] for verdict in LEVELS] for label in LEVELS]


def quadratic_kappa(pairs: Sequence[Pair]) -> float | None:
    """Quadratic-weighted kappa of (label, verdict) pairs, each 0, 1 or 2.

    1 is perfect, 0 what chance gives; None when all of both sides are one and the same level, where it is 0/0.
    Source: Cohen (1968), Weighted kappa, Psychological Bulletin 70(4).
    """
    labels, verdicts = Counter(label for label, _ in pairs), Counter(verdict for _, verdict in pairs)
    observed = sum((label - verdict) ** 2 for label, verdict in pairs)
    expected = sum((a - b) ** 2 * labels[a] * verdicts[b] for a in LEVELS for b in LEVELS)
    return 1 - observed * len(pairs) / expected if expected else None


def detection(pairs: Sequence[Pair], least: int) -> Detection:
    """How well "at least this level" is detected."""
    both = sum(label >= least and verdict >= least for label, verdict in pairs)
    said, true = sum(v >= least for _, v in pairs), sum(label >= least for label, _ in pairs)
    return Detection(_ratio(both, said), _ratio(both, true), _ratio(2 * both, said + true))


def spearman(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Spearman's rank correlation, ties at their average rank; None when a side does not vary.

    Source: Spearman (1904), The proof and measurement of association between two things, Am. J. Psychology 15(1).
    """
    first, second = _ranks([a for a, _ in pairs]), _ranks([b for _, b in pairs])
    if len(set(first)) <= 1 or len(set(second)) <= 1:
        return None
    return statistics.correlation(first, second)


def kendall(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Kendall's tau-b; None when a side does not vary.

    Source: Kendall (1945), The treatment of ties in ranking problems, Biometrika 33(3).
    """
    signs = [(_sign(a[0] - b[0]), _sign(a[1] - b[1])) for a, b in combinations(pairs, 2)]
    agree = sum(x * y for x, y in signs)
    untied = sum(x != 0 for x, _ in signs) * sum(y != 0 for _, y in signs)
    return agree / untied**0.5 if untied else None


def interval(
    rows: Sequence[Row],
    measure: Callable[[Sequence[Row]], float | None],
    *,
    group: Callable[[Row], Hashable],
    rounds: int = 1000,
) -> Interval | None:
    """The 95 % percentile interval of a measure over bootstrap samples of whole groups, always with the same seed.

    Rows of one group (the repositories of one owner) are drawn together, since they are alike: else the interval
    were too narrow. None if no sample has a value.
    Source: Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapters 8 and 13.
    """
    groups: dict[Hashable, list[Row]] = {}
    for row in rows:
        groups.setdefault(group(row), []).append(row)
    pools = list(groups.values())
    dice = random.Random(20240501)  # noqa: S311  # repeatable, and no secret
    drawn = ([row for pool in dice.choices(pools, k=len(pools)) for row in pool] for _ in range(rounds if pools else 0))
    values = sorted(value for sample in drawn if (value := measure(sample)) is not None)
    if not values:
        return None
    return values[int(0.025 * len(values))], values[min(int(0.975 * len(values)), len(values) - 1)]


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _ranks(values: Sequence[float]) -> list[float]:
    places: dict[float, list[int]] = {}
    for place, value in enumerate(sorted(values), start=1):
        places.setdefault(value, []).append(place)
    return [statistics.fmean(places[value]) for value in values]


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)
