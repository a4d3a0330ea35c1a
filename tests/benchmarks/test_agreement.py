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


def test_kappa_of_a_table_worked_out_by_hand() -> None:
    """Cohen's formula on the table [[20, 5, 0], [4, 30, 6], [1, 4, 30]]: 1 - (23/100) / (13300/10000)."""
    table = [[20, 5, 0], [4, 30, 6], [1, 4, 30]]
    pairs = [(a, b) for a in range(3) for b in range(3) for _ in range(table[a][b])]
    labels, verdicts = [25, 40, 35], [25, 39, 36]
    expected = sum((a - b) ** 2 * labels[a] * verdicts[b] for a in range(3) for b in range(3)) / 100
    assert confusion(pairs) == table
    assert quadratic_kappa(pairs) == pytest.approx(1 - (5 + 4 + 6 + 4 + 4 * 1) / expected)


@pytest.mark.parametrize(("pairs", "kappa"), [([(0, 0), (2, 2)], 1), ([(0, 2), (2, 0)], -1), ([(0, 1), (1, 1)], 0)])
def test_kappa_at_its_ends(pairs: list[tuple[int, int]], kappa: float) -> None:
    assert quadratic_kappa(pairs) == kappa


@pytest.mark.parametrize("pairs", [[], [(1, 1)] * 3])
def test_kappa_is_undefined_where_nothing_varies(pairs: list[tuple[int, int]]) -> None:
    assert quadratic_kappa(pairs) is None


def test_confusion_counts_labels_in_rows() -> None:
    assert confusion(PAIRS) == [[1, 1, 0], [0, 1, 1], [1, 0, 1]]


def test_detection_of_any_and_of_full() -> None:
    assert detection(PAIRS, 1) == Detection(0.75, 0.75, 0.75)
    assert detection(PAIRS, 2) == Detection(0.5, 0.5, 0.5)


def test_detection_of_what_never_happens_has_no_figures() -> None:
    assert detection([(0, 0)], 1) == Detection(None, None, None)
    assert detection([(1, 0)], 1) == Detection(None, 0.0, 0.0)


def test_rank_correlations_take_ties_into_account() -> None:
    pairs = [(1.0, 1.0), (2.0, 2.0), (2.0, 3.0), (3.0, 4.0)]
    assert spearman(pairs) == pytest.approx(0.948683, abs=1e-6)
    assert kendall(pairs) == pytest.approx(0.912871, abs=1e-6)


def test_a_side_that_does_not_vary_correlates_with_nothing() -> None:
    assert spearman([(1, 1), (1, 2)]) is None
    assert kendall([(1, 1), (1, 2)]) is None


def test_the_interval_is_repeatable_and_holds_the_value() -> None:
    rows = list(enumerate(PAIRS * 10))

    def kappa(some: object) -> float | None:
        return quadratic_kappa([pair for _, pair in some])  # type: ignore[attr-defined]

    found = interval(rows, kappa, group=lambda row: row[0], rounds=200)
    assert found is not None
    assert found[0] < (quadratic_kappa(PAIRS * 10) or 0) < found[1]
    assert found == interval(rows, kappa, group=lambda row: row[0], rounds=200)


def test_repositories_of_one_owner_are_drawn_together() -> None:
    rows = [("one", 1.0)] * 50 + [("two", 0.0)] * 50

    def mean(some: object) -> float:
        return sum(value for _, value in some) / len(some)  # type: ignore[attr-defined,arg-type]

    assert interval(rows, mean, group=lambda row: row[0], rounds=200) == (0.0, 1.0)


def test_there_is_no_interval_of_nothing() -> None:
    assert interval([], len, group=len) is None
    assert interval([1], lambda _: None, group=lambda row: row, rounds=5) is None


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=30))
def test_kappa_never_exceeds_one_and_is_symmetric(pairs: list[tuple[int, int]]) -> None:
    there, back = quadratic_kappa(pairs), quadratic_kappa([(b, a) for a, b in pairs])
    assert (there is None) == (back is None)
    assert there is None or (there <= 1 and there == pytest.approx(back))
