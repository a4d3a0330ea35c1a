"""Files that a run wrote."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.result_files import result_files

Make = Callable[[Mapping[str, str]], Documents]
TWO = '{\n "ridge": {"rmse": 3.25},\n "random_forest": {"rmse": 2.75}\n}\n'


def read(documents: Make, path: str, text: str) -> list[tuple[int, str, bool]]:
    found = result_files(documents({path: text}))
    return [(f.at.line, f.found[0].metric.name if f.found else "", f.compared) for f in found]


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("reports/metrics.json", '{\n  "test_rmse": 3.25\n}\n', (2, "rmse", False)),
        ("reports/metrics.json", TWO, (2, "rmse", True)),
        ("metrics.yaml", "mae: 3.25\n", (1, "mae", False)),
        ("logs/train.log", "start\n" * 2_000 + "val accuracy: 0.87\n", (2_001, "accuracy", False)),
        ("out/results.txt", "       rmse\nridge  3.25\nlasso  3.75\n", (1, "", True)),
        ("results.csv", "model,rmse\nridge,3.2\nlasso,3.7\n", (1, "", True)),
        ("results.csv", "epoch,val_accuracy\n1,0.5\n2,0.6\n", (1, "", False)),
    ],
)
def test_results_in_a_file(path: str, text: str, found: tuple[int, str, bool], documents: Make) -> None:
    assert read(documents, path, text) == [found]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("results.csv", "home,away\n2,1\n"),
        ("scores.csv", ""),
        ("metrics.json", '{"train accuracy": 0.98}'),
        ("run.log", "listening on port 8000\n"),
    ],
)
def test_files_without_results(path: str, text: str, documents: Make) -> None:
    assert read(documents, path, text) == []
