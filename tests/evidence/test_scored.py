"""Scores in the outputs of notebooks."""

from __future__ import annotations

import pytest

from portfolio_audit.evidence.scored import models_in, scored_cells
from portfolio_audit.model.vocabulary import Vocabulary
from portfolio_audit.parsing.notebook import Cell, Output


def cells(*pairs: tuple[str, str]) -> list[Cell]:
    return [Cell(n, n, False, source, n, (Output(text),)) for n, (source, text) in enumerate(pairs, start=1)]


def compared(vocabulary: Vocabulary, *pairs: tuple[str, str]) -> list[bool]:
    return [scored.compared for scored in scored_cells(cells(*pairs), vocabulary)]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("show(m)", "accuracy: 0.91"),
        ("roc_auc_score(y_val, p)", "0.8734"),
        ("np.sqrt(mean_squared_error(y, p))", "9.775402"),
        ("print(res['hit_rate'])", "0.7028"),
        ("model.evaluate(x)", "[0.31, 0.92]"),
    ],
)
def test_a_score_is_seen(source: str, text: str, vocabulary: Vocabulary) -> None:
    assert compared(vocabulary, (source, text)) == [False]


@pytest.mark.parametrize(
    ("source", "text"),
    [("frame.head()", "0.12 0.34"), ("roc_auc_score(y, p)", ""), ("# accuracy\nx", "0.91"), ("accuracy", "None")],
)
def test_other_outputs_are_no_scores(source: str, text: str, vocabulary: Vocabulary) -> None:
    assert compared(vocabulary, (source, text)) == []


def test_models_by_name_are_compared(vocabulary: Vocabulary) -> None:
    pairs = (("Ridge().fit(x)", "MAE: 14.2"), ("Lasso().fit(x)", "MAE: 15.1"))
    assert compared(vocabulary, *pairs) == [False, True]


def test_settings_by_the_names_in_the_code_are_compared(vocabulary: Vocabulary) -> None:
    pairs = (("print(res_text['mrr'])", "0.21"), ("print(res_hybrid['mrr'])", "0.64"))
    assert compared(vocabulary, *pairs) == [False, True]


def test_train_and_test_of_one_model_are_no_comparison(vocabulary: Vocabulary) -> None:
    pairs = (("r2_score(y_train, pred_train)", "0.95"), ("r2_score(y_test, pred_test)", "0.91"))
    assert compared(vocabulary, *pairs) == [False, False]


def test_kinds_of_model(vocabulary: Vocabulary) -> None:
    assert models_in("RandomForestRegressor beats Ridge", vocabulary) == {"randomforestregressor", "ridge"}


def test_a_score_is_that_of_the_model_fitted_before(vocabulary: Vocabulary) -> None:
    fitted = [("m = Ridge()\nm.fit(X, y)", ""), ("e = mean_squared_error(y, m.predict(V))", ""), ("e", "31.55")]
    other = [("m = XGBRegressor()\nm.fit(X, y)", ""), ("e = mean_squared_error(y, m.predict(V))", ""), ("e", "11.85")]

    assert compared(vocabulary, *fitted, *other) == [False, True]


def test_models_that_are_only_imported_are_not_scored(vocabulary: Vocabulary) -> None:
    cells = [("from sklearn.linear_model import Ridge, Lasso", ""), ("m.score(V, w)", "0.85")]

    assert compared(vocabulary, *cells) == [False]


def test_functions_that_evaluate_are_told_by_their_arguments(vocabulary: Vocabulary) -> None:
    cells = [("evaluate(truth, search_plain)", "mrr: 0.21"), ("evaluate(truth, search_boosted)", "mrr: 0.33")]

    assert compared(vocabulary, *cells) == [False, True]


def test_scores_on_the_data_of_training_are_none(vocabulary: Vocabulary) -> None:
    assert compared(vocabulary, ("print(m)", "train accuracy: 0.98")) == []
