"""A picture of the terminal report as SVG, made by rich's export; for READMEs and slides."""

from __future__ import annotations

import io

from rich.console import Console
from rich.terminal_theme import TerminalTheme

from portfolio_audit.model.report import Report
from portfolio_audit.reporting import terminal

WIDTH = 100
_THEME = TerminalTheme(
    (250, 250, 250),
    (56, 58, 66),
    [
        (56, 58, 66),
        (202, 18, 67),
        (49, 130, 60),
        (152, 104, 1),
        (46, 92, 214),
        (147, 32, 143),
        (9, 124, 150),
        (110, 110, 118),
    ],
)


def render(report: Report) -> str:
    """The overview as an SVG document."""
    console = Console(
        file=io.StringIO(), record=True, width=WIDTH, force_terminal=True, color_system="standard", highlight=False
    )
    terminal.show(report, console)
    return console.export_svg(title=f"portfolio-audit {terminal.target_of(report)}", theme=_THEME, unique_id="report")
