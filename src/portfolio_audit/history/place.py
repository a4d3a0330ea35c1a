"""Where the history is kept when nobody says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from platformdirs import user_data_path

FILE_VARIABLE = "PORTFOLIO_AUDIT_HISTORY"
_NAME = "history.sqlite"


def history_path(given: Path | None, environment: Mapping[str, str]) -> Path:
    """The file that was named: here, else in the environment; else the place that the system has for such data."""
    named = environment.get(FILE_VARIABLE)
    if given or named:
        return (given or Path(str(named))).expanduser()
    return user_data_path("portfolio-audit", appauthor=False) / _NAME
