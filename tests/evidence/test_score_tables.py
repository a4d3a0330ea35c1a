"""Tables with measures in them."""

from __future__ import annotations

import pytest

from portfolio_audit.evidence.score_tables import ScoreTable, first_of_models
from portfolio_audit.model.vocabulary import Vocabulary
from portfolio_audit.parsing.prose import Table


def table(vocabulary: Vocabulary, *rows: str) -> ScoreTable:
    header, *body = (tuple(cell.strip() for cell in row.split("|")) for row in rows)
    return ScoreTable(Table(header, tuple(body), 1), vocabulary)


def test_several_models(vocabulary: Vocabulary) -> None:
    read = table(vocabulary, "model | RMSE", "ridge | 3.1", "printed table | 9.9")

    assert (read.measure, read.compares, read.of_models, read.too_good) == ("rmse", True, True, ())


def test_rows_that_a_frame_has_numbered(vocabulary: Vocabulary) -> None:
    read = table(vocabulary, " | name | accuracy", "0 | ridge | 0.8", "1 | random forest | 0.9")

    assert (read.compares, read.of_models) == (True, True)


def test_measures_below_each_other(vocabulary: Vocabulary) -> None:
    read = table(vocabulary, "measure | printed table | ridge", "MAE | 31 | 11.8")

    assert (read.measure, read.compares) == ("mae", True)


@pytest.mark.parametrize(
    "rows",
    [
        ("set | accuracy", "train | 0.9", "test | 0.8"),
        (" | precision | recall | f1-score | support", "cat | 0.9 | 0.8 | 0.85 | 90", "dog | 0.7 | 0.8 | 0.75 | 60"),
        ("fold | auc", "1 | 0.81", "2 | 0.82"),
    ],
)
def test_splits_classes_and_folds_are_no_comparison(rows: tuple[str, ...], vocabulary: Vocabulary) -> None:
    assert not table(vocabulary, *rows).compares


def test_a_column_of_the_data_is_no_score_of_a_model(vocabulary: Vocabulary) -> None:
    assert not table(vocabulary, "player | R2 | goals", "Ada | 3.2 | 4", "Eve | 1.2 | 5").of_models


def test_too_good_but_for_training(vocabulary: Vocabulary) -> None:
    read = table(vocabulary, "model | train accuracy | test auc", "ridge | 1.0 | 0.9999", "lasso | 0.9 | 0.8")

    assert read.too_good == ("auc",)


def test_the_first_table_of_models(vocabulary: Vocabulary) -> None:
    data = Table(("player", "R2"), (("Ada", "3.2"),), 1)
    scores = Table(("model", "R2"), (("ridge", "0.2"),), 5)

    found = first_of_models([data, scores], vocabulary)
    assert found is not None
    assert found.table is scores
    assert first_of_models([data], vocabulary) is None
