"""The terminal report as plain text, for files."""

from __future__ import annotations

import io

from rich.console import Console

from portfolio_audit.model.report import Report
from portfolio_audit.reporting import terminal

WIDTH = 100


def render(report: Report) -> str:
    """The whole report without colour, 100 columns wide, with every repository in full."""
    console = Console(file=io.StringIO(), width=WIDTH, color_system=None, highlight=False)
    return terminal.render(report, console, terminal.View(terminal.Detail.FULL))
