"""A history file, and reports to keep in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import canonical
from portfolio_audit.history import HistoryFile
from portfolio_audit.reporting.wire import Report, export

PORTFOLIO = export(canonical.portfolio_report())
SINGLE = export(canonical.repository_report())


def on(day: int, report: Report = PORTFOLIO, **changes: object) -> Report:
    """A report of a day of November."""
    return replace(report, at=f"2026-11-{day:02}T12:00:00Z", **changes)


@pytest.fixture
def file(tmp_path: Path) -> HistoryFile:
    """A history that is not there yet."""
    return HistoryFile(tmp_path / "kept" / "history.sqlite")
