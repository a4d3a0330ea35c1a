"""The command line, run in this process on canonical reports, or for real on a small repository."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import canonical
from portfolio_audit.cli import running
from portfolio_audit.cli.app import app
from portfolio_audit.model.vocabulary import Vocabulary
from portfolio_audit.settings import Settings

Run = Callable[..., Result]
Spawn = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in an empty folder, 80 columns wide, without colour."""
    monkeypatch.chdir(tmp_path)
    kept = {"PORTFOLIO_AUDIT_HISTORY": str(tmp_path / "history.sqlite")}
    environment = {"COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb", "_TYPER_FORCE_DISABLE_TERMINAL": "1", **kept}
    return lambda *words, env=None, **more: CliRunner().invoke(
        app, [str(word) for word in words], env=environment | (env or {}), **more
    )


@pytest.fixture
def audited(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command for which every audit ends in a canonical report: the portfolio has a B, the repository an A."""
    monkeypatch.setattr(running, "settings_of", lambda *_: Settings(canonical.RULESET, Vocabulary()))
    monkeypatch.setattr(running, "audit_portfolio", lambda *_: canonical.portfolio_report())
    monkeypatch.setattr(running, "audit_repository", lambda *_: canonical.repository_report())
    return run


@pytest.fixture
def spawn(tmp_path: Path) -> Spawn:
    """Run a command as users do, in a process of its own, in an empty folder."""

    def start(*words: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        clean = {key: value for key, value in os.environ.items() if key not in {"COLUMNS", "NO_COLOR", "FORCE_COLOR"}}
        command = [sys.executable, "-m", "portfolio_audit", *map(str, words)]
        return subprocess.run(
            command,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="surrogateescape",
            env={**clean, "PYTHONIOENCODING": "utf-8", **environment},
            cwd=tmp_path,
            check=False,
        )

    return start


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small plain folder that is worth a look."""
    folder = tmp_path / "github" / "churn"
    folder.mkdir(parents=True)
    (folder / "README.md").write_text("# Churn\n\nWhich customers leave, and why.\n", encoding="utf-8")
    (folder / "requirements.txt").write_text("pandas\nscikit-learn==1.5.0\n", encoding="utf-8")
    (folder / "train.py").write_text(
        "from sklearn.linear_model import LogisticRegression\n\nLogisticRegression().fit([[0], [1]], [0, 1])\n",
        encoding="utf-8",
    )
    return folder
