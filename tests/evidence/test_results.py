"""Results: where their numbers stand, and beside what."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from types import ModuleType

import pytest

from portfolio_audit.evidence import results
from portfolio_audit.model.fact import Evidence
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Unavailable

See = Callable[[ModuleType, Mapping[str, str | Unavailable]], Evidence]


def readme(seen: See, text: str) -> set[str]:
    """The facts a README shows, apart from the names of the measures."""
    facts = seen(results, {"README.md": text}).facts
    return {f.id.removeprefix("results.") for f in facts} - {"metric"}


def table(header: str, *rows: str) -> str:
    rule = "|".join("---" for _ in header.split("|"))
    return "\n".join((header, rule, *rows)) + "\n"


def notebook(*cells: tuple[str, str]) -> str:
    made = [
        {"cell_type": "code", "source": s, "execution_count": n, "outputs": [{"output_type": "stream", "text": t}]}
        for n, (s, t) in enumerate(cells, start=1)
    ]
    return json.dumps({"nbformat": 4, "cells": made})


def test_a_sentence_with_a_number(seen: See) -> None:
    evidence = seen(results, {"README.md": "# T\n\nOn the last year the MAE is 11.8 cm.\n"})
    assert evidence.known("results.reported")[0].at == Location("README.md", 3, note="mae 11.8")
    assert evidence.names("results.metric") == {"mae"}


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("The MAE is 11.8, against 31.0 for the baseline.", {"reported", "comparison"}),
        ("Ridge has an MAE of 14.2 and XGBoost an MAE of 11.8.", {"reported", "comparison"}),
        ("- Ridge: MAE 14.2\n- XGBoost: MAE 11.8\n", {"reported", "comparison"}),
        ("98.7 % accuracy, beats all baselines", {"reported"}),
        ("Accuracy, recall and AUC are computed.", set()),
        ("> The MAE is 11.8.", set()),
        ("```json\nMAE: 11.8\n```", set()),
        ("## Evaluation criteria\n\nAccuracy: 0.9 points\n", set()),
    ],
)
def test_prose(seen: See, text: str, facts: set[str]) -> None:
    assert readme(seen, "# T\n\n" + text) == facts


@pytest.mark.parametrize(
    ("header", "rows", "facts"),
    [
        ("model|MAE", ("ridge|14.2", "trees|11.8"), {"reported", "comparison"}),
        ("model|MAE", ("trees|11.8",), {"reported"}),
        ("split|MAE", ("train|9.1", "test|11.8"), {"reported"}),
        ("measure|ridge|trees", ("MAE|14.2|11.8",), {"reported", "comparison"}),
        ("measure|train|test", ("MAE|9.1|11.8",), {"reported"}),
        ("column|meaning", ("accuracy|of the gauge",), set()),
        ("step|accuracy", ("1|to do",), set()),
    ],
)
def test_tables(seen: See, header: str, rows: tuple[str, ...], facts: set[str]) -> None:
    assert readme(seen, table(header, *rows)) == facts


def test_numbers_in_a_notebook_are_computed(seen: See) -> None:
    evidence = seen(results, {"a.ipynb": notebook(("Ridge()", "MAE: 14.2"), ("Lasso()", "MAE: 15.1"))})
    assert [f.at.cell for f in evidence.known("results.computed")] == [1, 2]
    assert [f.at.cell for f in evidence.known("results.comparison_computed")] == [2]
    assert not evidence.has("results.reported")


def test_words_in_a_notebook_are_narrated(seen: See) -> None:
    cell = {"cell_type": "markdown", "source": "The MAE is 11.8."}
    evidence = seen(results, {"a.ipynb": json.dumps({"nbformat": 4, "cells": [cell]})})
    assert evidence.has("results.narrated")
    assert not evidence.has("results.reported")


@pytest.mark.parametrize(
    ("path", "text"),
    [("metrics.json", '{"test": {\n "roc_auc": 0.81}}'), ("out/results.csv", "model,mae\nridge,14.2\n")],
)
def test_files_of_results_are_computed(seen: See, path: str, text: str) -> None:
    assert [f.at.path for f in seen(results, {path: text}).known("results.computed")] == [path]


def test_a_script_that_scores(seen: See) -> None:
    evidence = seen(results, {"evaluate.py": "from sklearn.metrics import r2_score\n\nprint(r2_score(y, p))\n"})
    (fact,) = evidence.facts
    assert fact.at == Location("evaluate.py", 3, note="calls sklearn.metrics.r2_score")


@pytest.mark.parametrize("text", ["The AUC is 0.9999.", table("model|accuracy", "trees|100 %")])
def test_too_good_to_be_true(seen: See, text: str) -> None:
    assert "suspicious" in readme(seen, text)


@pytest.mark.parametrize(
    ("block", "told"),
    [
        ("```\naccuracy: 0.91\n```", {"reported"}),
        ("```console\nauc 0.81\nf1 0.71\n```", {"reported"}),
        ("```text\nmodel_rf auc: 0.61\nmodel_xgb auc: 0.64\nsvm model auc: 0.57\n```", {"reported", "comparison"}),
        ("```\ntraining accuracy: 0.91\n```", set()),
        ("```\n$ run --accuracy 0.91\n```", set()),
        ("```\n# accuracy 0.91\n```", set()),
        ("```yaml\naccuracy: 0.91\n```", set()),
        ("```python\naccuracy = 0.91\n```", set()),
        ("```\n├── accuracy 0.91\n```", set()),
        ("Inline `accuracy: 0.91` is a setting.", set()),
    ],
)
def test_what_a_program_printed_is_shown_in_a_readme(seen: See, block: str, told: set[str]) -> None:
    assert readme(seen, f"# Tides\n\n{block}\n") == told


def test_a_printed_line_is_where_it_stands(seen: See) -> None:
    found = seen(results, {"README.md": "# Tides\n\n```\nfitting ...\naccuracy: 0.91\n```\n"})
    assert [f.at for f in found.known("results.reported")] == [Location("README.md", 5, note="accuracy 0.91")]
