"""The history as the command line uses it: which file, and what is put into it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio_audit.cli.choices import Given
from portfolio_audit.config import Config

if TYPE_CHECKING:
    from portfolio_audit.history import HistoryFile
    from portfolio_audit.model.report import Report


def history_file(given: Path | None, config: Config | None = None) -> HistoryFile:
    """The history that was named, in this order: by option, environment, configuration; else the user's own."""
    from portfolio_audit.cli.preparing import configuration
    from portfolio_audit.history import HistoryFile
    from portfolio_audit.history.place import history_path

    chosen = config or configuration(Given())
    return HistoryFile(history_path(given, os.environ, chosen.history))


def record(report: Report, given: Given, config: Config, *, quiet: bool) -> None:
    """Keep an audit if the option, or else the configuration, asks for that; raises HistoryError."""
    if not (config.record if given.record is None else given.record):
        return
    from portfolio_audit.reporting.wire import export

    file = history_file(given.history, config)
    run = file.record(export(report))
    if not quiet:
        sys.stderr.write(f"Kept as run #{run.number} in {file.path}\n")
