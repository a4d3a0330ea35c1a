"""``portfolio-audit history``: past audits, and those of past commits."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer import Context
from typer.core import TyperGroup

from portfolio_audit.cli import options

if TYPE_CHECKING:
    from portfolio_audit.cli.choices import Given

_SHOW = "show"
_YEAR = timedelta(days=365)


class Group(TyperGroup):
    """``history TARGET`` means ``history show TARGET``."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:  # type: ignore[override]  # typer's own Context
        """Put in the command that is meant when none is named."""
        if not args or (args[0] not in self.commands and args[0] not in {"-h", "--help"}):
            args = [_SHOW, *args]
        return super().parse_args(ctx, args)


class Every(StrEnum):
    """How far apart the audited commits are."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"

    @property
    def distance(self) -> timedelta:
        """That as time; a month has thirty days."""
        return timedelta(days={Every.DAY: 1, Every.WEEK: 7, Every.MONTH: 30}[self])


app = typer.Typer(
    cls=Group, help="Show past audits, and audit past commits to have some at once.", rich_markup_mode="rich"
)

Subject = Annotated[
    str, typer.Argument(metavar="[TARGET]", help="An account, a folder or a repository, as it was audited.")
]
Most = Annotated[int, typer.Option("--last", min=1, metavar="N", help="At most so many runs, the newest.")]
Repository = Annotated[str, typer.Argument(metavar="PATH", help="A git repository on this machine.")]
Since = Annotated[
    datetime | None,
    typer.Option("--since", formats=["%Y-%m-%d"], metavar="DATE", help="How far back (default: a year)."),
]
HowOften = Annotated[Every, typer.Option("--every", help="One commit for each of these.")]


@app.command(_SHOW)
def show(target: Subject = "", last: Most = 20, history: options.HistoryPath = None) -> None:
    """Show the audits that were kept: when, what grade, and how far that was from the one before.

    Audits are kept with --record, or always if the configuration says so (docs/history.md).

    Examples:
      portfolio-audit history

      portfolio-audit history octocat
    """
    from portfolio_audit.cli.keeping import history_file
    from portfolio_audit.cli.looking_back import listing

    file = history_file(history)
    sys.stdout.write(listing(file.runs(target), target, last, str(file.path)))


@app.command("backfill")
def backfill(
    path: Repository,
    since: Since = None,
    every: HowOften = Every.WEEK,
    ref: options.Ref = None,
    history: options.HistoryPath = None,
    config: options.ConfigFile = None,
    rules: options.RuleFolders = None,
    jobs: options.Jobs = None,
    now: options.Now = None,
) -> None:
    """Audit past commits straight from git's objects and keep the results: a year's curve in seconds.

    Nothing is checked out. All commits are judged by today's rules. What only GitHub knows (stars, deployments, green
    runs) is not known of the past.

    Examples:
      portfolio-audit history backfill ~/work/churn

      portfolio-audit history backfill . --since 2024-01-01 --every month
    """
    from portfolio_audit.cli.choices import Given

    given = Given(config, tuple(rules or ()), ref, jobs, now)
    sys.stdout.write(_filled(path, since, every.distance, given, history))


def _filled(path: str, since: datetime | None, every: timedelta, given: Given, history: Path | None) -> str:
    """Audit and keep; gives the runs as lines of text."""
    from portfolio_audit.backfilling import audits
    from portfolio_audit.cli.keeping import history_file
    from portfolio_audit.cli.looking_back import listing
    from portfolio_audit.cli.noticing import notices
    from portfolio_audit.cli.preparing import configuration, settings_of
    from portfolio_audit.sources.timeline import milestones

    chosen = configuration(given)
    settings = settings_of(given, chosen)
    beginning = since.replace(tzinfo=UTC) if since else settings.now - _YEAR
    stops = milestones(path, given.ref, beginning, every)
    reports = []
    with notices(quiet=False) as told:
        for report in audits(path, stops, settings):
            reports.append(report)
            if told.progress:
                told.progress(report.at[:10], len(reports), len(stops))
    file = history_file(history, chosen)
    runs = file.record_all(reports, "backfill")
    return listing(runs, "", len(runs), str(file.path))
