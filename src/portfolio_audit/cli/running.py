"""Running an audit from the command line: prepare, audit with progress, show, exit."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from portfolio_audit.audit import Progress, audit_portfolio, audit_repository
from portfolio_audit.cli.choices import Given, Shown
from portfolio_audit.cli.preparing import configuration, settings_of
from portfolio_audit.cli.showing import finish, show
from portfolio_audit.reporting.escaping import clean


def run_repository(target: str, given: Given, shown: Shown) -> None:
    """Audit one repository and show the report."""
    config = configuration(given)
    settings = settings_of(given, config)
    letters = settings.ruleset.grades.letters
    shown.check(letters)
    report = audit_repository(target, settings)
    show(report, shown)
    finish(report, shown, letters, config.fail_under)


def run_portfolio(folder: str, given: Given, shown: Shown) -> None:
    """Audit a folder of repositories and show the report."""
    config = configuration(given)
    settings = settings_of(given, config)
    letters = settings.ruleset.grades.letters
    shown.check(letters)
    with _progress(quiet=shown.quiet) as progress:
        report = audit_portfolio(folder, settings, progress)
    show(report, shown)
    finish(report, shown, letters, config.fail_under)


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Progress | None]:
    """A progress bar on standard error, when somebody is looking."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}", markup=False))
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("reading", total=None)

        def advance(name: str, done: int, total: int) -> None:
            bars.update(task, completed=done, total=total, description=clean(name, 40))

        yield advance
