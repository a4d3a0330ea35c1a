"""The terminal report as plain text, for files and pipes."""

from __future__ import annotations

import io

from rich.console import Console

from portfolio_audit.model.report import Report
from portfolio_audit.reporting import terminal

WIDTH = 100


def render(report: Report) -> str:
    """The whole report without colour, 100 columns wide, with every repository in full."""
    file = io.StringIO()
    console = Console(file=file, width=WIDTH, no_color=True, highlight=False, color_system=None)
    terminal.show(report, console, terminal.Detail.FULL)
    return file.getvalue()
