"""The commands joined, and the entry point."""

from __future__ import annotations

from typing import Annotated, NoReturn

import typer

from portfolio_audit import __version__
from portfolio_audit.cli import cache, history, rules
from portfolio_audit.cli.access import access
from portfolio_audit.cli.action import action
from portfolio_audit.cli.convert import convert
from portfolio_audit.cli.dashboard import dashboard
from portfolio_audit.cli.demo import demo
from portfolio_audit.cli.diff import diff
from portfolio_audit.cli.exits import EXIT_CODES, Group, guarded
from portfolio_audit.cli.explain import explain
from portfolio_audit.cli.kinds import kinds
from portfolio_audit.cli.org import org
from portfolio_audit.cli.portfolio import portfolio
from portfolio_audit.cli.publish import publish
from portfolio_audit.cli.repo import repo
from portfolio_audit.cli.schema import schema
from portfolio_audit.cli.snapshot import snapshot
from portfolio_audit.cli.user import user

app = typer.Typer(
    name="portfolio-audit",
    cls=Group,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=EXIT_CODES,
)
AUDITING, SEEING = "Audit", "Look at reports, and back in time"
KNOWING, KEEPING = "Understand the verdict", "Look after the tool"

app.command(rich_help_panel=AUDITING)(user)
app.command(rich_help_panel=AUDITING)(org)
app.command(rich_help_panel=AUDITING)(repo)
app.command(rich_help_panel=AUDITING)(portfolio)
app.command(rich_help_panel=AUDITING)(demo)
app.command(rich_help_panel=AUDITING)(snapshot)
app.command(rich_help_panel=SEEING)(dashboard)
app.add_typer(history.app, name="history", rich_help_panel=SEEING)
app.command(rich_help_panel=SEEING)(diff)
app.command(rich_help_panel=SEEING)(convert)
app.command(rich_help_panel=SEEING)(publish)
app.command(rich_help_panel=SEEING)(action)
app.command(rich_help_panel=KNOWING)(explain)
app.add_typer(rules.app, name="rules", rich_help_panel=KNOWING)
app.command(rich_help_panel=KNOWING)(kinds)
app.command(rich_help_panel=KNOWING)(schema)
app.command(rich_help_panel=KEEPING)(access)
app.add_typer(cache.app, name="cache", rich_help_panel=KEEPING)


@app.callback()
def portfolio_audit(
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version and exit.", callback=lambda on: _print_version(on=on), is_eager=True
        ),
    ] = False,
) -> None:
    """See your machine-learning portfolio as a hiring reviewer does: graded, with evidence and the fixes that pay best.

    Start with: portfolio-audit demo
    """


def main() -> NoReturn:
    """Run the command line."""
    guarded(app)


def _print_version(*, on: bool) -> None:
    if on:
        typer.echo(f"portfolio-audit {__version__}")
        raise typer.Exit
