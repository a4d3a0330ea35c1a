"""Where the history is kept."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from platformdirs import user_data_path

FILE_VARIABLE = "PORTFOLIO_AUDIT_HISTORY"
_NAME = "history.sqlite"


def history_path(given: Path | None, environment: Mapping[str, str], configured: Path | None = None) -> Path:
    """The file that was named: here, else in the environment, else in the configuration; else the user's own."""
    variable = environment.get(FILE_VARIABLE)
    named = given or (Path(variable) if variable else configured)
    if named:
        return named.expanduser()
    return user_data_path("portfolio-audit", appauthor=False) / _NAME
