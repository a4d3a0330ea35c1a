"""The measures of agreement give the values of textbook examples."""

from __future__ import annotations

import pytest
from benchmarks.accuracy.agreement import (
    Detection,
    confusion,
    detection,
    interval,
    kendall,
    quadratic_kappa,
    spearman,
)
from hypothesis import given
from hypothesis import strategies as st

PAIRS = [(0, 0), (0, 1), (1, 1), (2, 2), (2, 0), (1, 2)]


def test_kappa_is_one_minus_observed_over_expected_disagreement() -> None:
    assert quadratic_kappa(PAIRS) == pytest.approx(1 - 6 / (48 / 6))


@pytest.mark.parametrize(
    ("pairs", "kappa"), [([(1, 1)] * 3, 1), ([(0, 0), (2, 2)], 1), ([(0, 2), (2, 0)], -1), ([], 1)]
)
def test_kappa_at_its_ends(pairs: list[tuple[int, int]], kappa: float) -> None:
    assert quadratic_kappa(pairs) == kappa


def test_confusion_counts_labels_in_rows() -> None:
    assert confusion(PAIRS) == [[1, 1, 0], [0, 1, 1], [1, 0, 1]]


def test_detection_of_any_and_of_full() -> None:
    assert detection(PAIRS, 1) == Detection(0.75, 0.75, 0.75)
    assert detection(PAIRS, 2) == Detection(0.5, 0.5, 0.5)


def test_rank_correlations_take_ties_into_account() -> None:
    pairs = [(1.0, 1.0), (2.0, 2.0), (2.0, 3.0), (3.0, 4.0)]
    assert spearman(pairs) == pytest.approx(0.948683, abs=1e-6)
    assert kendall(pairs) == pytest.approx(0.912871, abs=1e-6)


def test_a_side_that_does_not_vary_correlates_with_nothing() -> None:
    assert spearman([(1, 1), (1, 2)]) == kendall([(1, 1), (1, 2)]) == 0


def test_the_interval_is_repeatable_and_holds_the_value() -> None:
    low, high = interval(PAIRS * 10, quadratic_kappa, rounds=200)
    assert low < quadratic_kappa(PAIRS * 10) < high
    assert (low, high) == interval(PAIRS * 10, quadratic_kappa, rounds=200)


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=30))
def test_kappa_never_exceeds_one_and_is_symmetric(pairs: list[tuple[int, int]]) -> None:
    assert quadratic_kappa(pairs) <= 1
    assert quadratic_kappa(pairs) == pytest.approx(quadratic_kappa([(b, a) for a, b in pairs]))
