"""What the author can have written, by its path."""

from __future__ import annotations

import pytest

from portfolio_audit.evidence.ownership import authored, is_authored


@pytest.mark.parametrize(
    "path",
    [
        "src/train.py",
        "environment.yml",
        "vendors/list.csv",
        "app/venv_notes.md",
        "dist/report.html",
        "mlruns.md",
        "wandb/config.yaml",
        "fixtures.py",
        "static/app.js",
        "README.md",
    ],
)
def test_own_work(path: str) -> None:
    assert is_authored(path)


@pytest.mark.parametrize(
    "path",
    [
        "venv/lib/x.py",
        "deep/.VENV/x.py",
        "lib/python3.11/site-packages/pandas/core.py",
        "web/node_modules/react/index.js",
        "src/__pycache__/a.cpython-311.pyc",
        "nb/.ipynb_checkpoints/a-checkpoint.ipynb",
        "mlruns/0/meta.yaml",
        "wandb/run-20240101/files/config.yaml",
        "tides.egg-info/SOURCES.txt",
        "wandb/offline-run-20240101/files/config.yaml",
        "mlflow/mlartifacts/0/artifacts/model/conda.yaml",
        "build/lib/tides/train.py",
        "web/dist/assets/index.js",
        "renv/library/R-4.3/dplyr/DESCRIPTION",
        "outputs/2024-01-01/.hydra/config.yaml",
        "static/jquery.min.js",
        "Scripts/activate.bat",
        "tests/fixtures/a.py",
        ".dvc/tmp/lock",
    ],
)
def test_what_tools_wrote_or_was_copied_in(path: str) -> None:
    assert not is_authored(path)


@pytest.mark.parametrize(
    ("tree", "own"),
    [
        (["a.py", "tides/pyvenv.cfg", "tides/lib/x.py", "tides_2/x.py"], ["a.py", "tides_2/x.py"]),
        (["a.py", "env/conda-meta/history", "env/bin/x.py"], ["a.py"]),
        (["pyvenv.cfg", "a.py"], ["a.py"]),
        (["a.py", "yolo/LICENSE", "yolo/CONTRIBUTING.md", "yolo/train.py"], ["a.py"]),
        (["a.py", "yolo/LICENSE.md", "yolo/train.py"], ["a.py", "yolo/LICENSE.md", "yolo/train.py"]),
        (["a/LICENSE", "a/CONTRIBUTING.md", "a/b.py"], ["a/LICENSE", "a/CONTRIBUTING.md", "a/b.py"]),
        (["LICENSE", "CONTRIBUTING.md", "b.py"], ["LICENSE", "CONTRIBUTING.md", "b.py"]),
    ],
)
def test_environments_and_copies_are_told_by_what_lies_in_them(tree: list[str], own: list[str]) -> None:
    assert list(filter(authored(tree), tree)) == own
