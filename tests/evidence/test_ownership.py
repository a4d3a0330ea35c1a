"""What the author can have written, by its path."""

from __future__ import annotations

import pytest

from portfolio_audit.evidence.ownership import is_authored


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
        "static/jquery.min.js",
        "Scripts/activate.bat",
        "tests/fixtures/a.py",
        ".dvc/tmp/lock",
    ],
)
def test_what_tools_wrote_or_was_copied_in(path: str) -> None:
    assert not is_authored(path)
