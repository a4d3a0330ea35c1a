"""``portfolio-audit convert``: a report that was kept, in other formats."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from portfolio_audit.cli import options
from portfolio_audit.cli.destinations import STANDARD_OUTPUT


def convert(
    report: Annotated[
        Path, typer.Argument(metavar="REPORT", help="A report as JSON, of this or an earlier version; '-' to read it.")
    ],
    formats: options.Formats = None,
    outputs: options.Outputs = None,
    quiet: options.Quiet = False,
) -> None:
    """Give a report that was kept as JSON in other formats, without another audit.

    All formats are made of what the JSON holds, but for terminal and svg: those come from an audit only.

    Examples:
      portfolio-audit convert report.json --format markdown

      portfolio-audit convert report.json -o findings.sarif -o summary.md

      portfolio-audit demo --format json | portfolio-audit convert - --format csv
    """
    from portfolio_audit.cli.destinations import destinations
    from portfolio_audit.cli.showing import put
    from portfolio_audit.reporting import FORMATS
    from portfolio_audit.reporting.wire import reading

    wanted = destinations(formats or [], outputs or [])
    live = next((one.format for one in wanted if FORMATS[one.format].live), None)
    if live:
        choices = ", ".join(name for name, form in FORMATS.items() if not form.live)
        raise typer.BadParameter(f"{live} comes from an audit only. Choose --format from: {choices}.")
    if report == STANDARD_OUTPUT:
        kept = reading.parse_report(sys.stdin.buffer.read(reading.MOST_BYTES + 1), name="standard input")
    else:
        kept = reading.read_report(report)
    put([(one, FORMATS[one.format].convert(kept)) for one in wanted], quiet=quiet)
