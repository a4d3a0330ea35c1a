"""Reports as pages, the way a pipe and a terminal get them."""

from __future__ import annotations

import io

from rich.console import Console

from portfolio_audit.model.report import Report
from portfolio_audit.reporting import terminal


def page(report: Report, width: int, view: terminal.View = terminal.OVERVIEW, encoding: str = "utf-8") -> str:
    """The terminal report as it stands in a pipe."""
    file = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="replace")
    return terminal.render(report, Console(file=file, width=width, color_system=None, highlight=False), view)


def painted(report: Report, width: int = 80, *, no_color: bool = False) -> str:
    """The terminal report with its escape sequences."""
    file = io.StringIO()
    console = Console(
        file=file, width=width, force_terminal=True, color_system="standard", highlight=False, no_color=no_color
    )
    terminal.show(report, console)
    return file.getvalue()
