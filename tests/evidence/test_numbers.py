"""Values of measures in text."""

from __future__ import annotations

import pytest

from portfolio_audit.evidence.numbers import is_number, measured, numbers_in, own_results, value_of
from portfolio_audit.model.vocabulary import Vocabulary


def values(text: str, vocabulary: Vocabulary) -> list[tuple[str, float]]:
    return [(m.metric.name, round(m.value, 6)) for m in measured(text, vocabulary)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("accuracy: 0.93", [("accuracy", 0.93)]),
        ("a validation accuracy of 97.3%", [("accuracy", 0.973)]),
        ("the Accuracy on the test dataset reaches about 95.47%.", [("accuracy", 0.9547)]),
        ("R² score (0.7142)", [("r2", 0.7142)]),
        ("{'hit_rate': 0.77, 'mrr': 0.66}", [("hit rate", 0.77), ("mrr", 0.66)]),
        ("an RMSE of $25,000", [("rmse", 25000)]),
        ("we reach 0.91 AUC", [("auc", 0.91)]),
        ("exactitud de 0,93", [("accuracy", 0.93)]),
        ("recall@5 0.83", [("recall", 0.83)]),
        ("MAE approx. 12.5 kWh", [("mae", 12.5)]),
    ],
)
def test_a_measure_with_its_value(text: str, found: list[tuple[str, float]], vocabulary: Vocabulary) -> None:
    assert values(text, vocabulary) == found


@pytest.mark.parametrize(
    "text",
    [
        "4.2 Accuracy",
        "accuracy in 2019 of",
        "high accuracy",
        "accuracy 4.2",
        "the map of 0.5 degrees is in mapping.py",
        "accuracy_score(y, p)",
        "precision 5",
    ],
)
def test_section_numbers_years_and_names_are_no_values(text: str, vocabulary: Vocabulary) -> None:
    assert [v for v in values(text, vocabulary) if v[0] != "map"] == []


@pytest.mark.parametrize(
    "text",
    [
        "The target is an accuracy of 0.9.",
        "Retrain when accuracy drops below 0.8.",
        "The authors of the paper report an AUC of 0.95.",
        "An accuracy of at least 0.9 is expected.",
    ],
)
def test_targets_and_other_peoples_numbers_are_not_own(text: str, vocabulary: Vocabulary) -> None:
    assert own_results(text, vocabulary) == []


@pytest.mark.parametrize(
    ("cell", "value"), [("0.83", 0.83), ("~ 12 %", 0.12), ("**1,035**", 1035.0), ("0.5 ± 0.1", 0.5), ("1.2e-3", 0.0012)]
)
def test_numbers_in_cells(cell: str, value: float) -> None:
    assert is_number(cell)
    assert value_of(cell) == pytest.approx(value)


@pytest.mark.parametrize("cell", ["", "ridge", "v1.2 beta", "2019-01-02"])
def test_other_cells(cell: str) -> None:
    assert not is_number(cell)


def test_how_many_numbers() -> None:
    assert numbers_in("0.9 against 31 for 2 models") == 2


def test_hostile_text_is_read(vocabulary: Vocabulary) -> None:
    assert values("accuracy " + "of " * 2_000 + "1" * 2_000, vocabulary) == []


@pytest.mark.parametrize(
    ("text", "training"),
    [
        ("Training accuracy: 0.98", True),
        ("an accuracy of 0.98 on the training set", True),
        ("an accuracy of 0.98 on training and test sets", False),
        ("accuracy on the training data of 0.98", True),
        ("validation accuracy: 0.91", False),
        ("after training, accuracy: 0.91", False),
    ],
)
def test_measures_of_training(text: str, vocabulary: Vocabulary, *, training: bool) -> None:
    assert [one.training for one in measured(text, vocabulary)] == [training]


@pytest.mark.parametrize(
    ("text", "too_good"), [("AUC 0.9999", True), ("R2 = 1.0", True), ("AUC 0.95", False), ("RMSE 1.0", False)]
)
def test_too_good_to_be_true(text: str, vocabulary: Vocabulary, *, too_good: bool) -> None:
    assert [one.too_good for one in measured(text, vocabulary)] == [too_good]
