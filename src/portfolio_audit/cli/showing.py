"""A finished report to where it belongs, and the exit code to what it says."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import cache

import typer

from portfolio_audit.cli.choices import Shown
from portfolio_audit.cli.destinations import Destination
from portfolio_audit.cli.exits import ExitCode
from portfolio_audit.cli.writing import write_files
from portfolio_audit.engine.fields import nearest
from portfolio_audit.model.report import Report
from portfolio_audit.reporting import FORMATS
from portfolio_audit.reporting.escaping import clean
from portfolio_audit.reporting.wire import export

TERMINAL = Destination("terminal")
"""The terminal or the pipe, where the width, the colours and how much is shown are asked."""
_MOST_DIGITS = 5


def show(report: Report, shown: Shown) -> None:
    """Write the report to the terminal, the pipe and the files; all of it is made before anything is written."""
    exported = cache(lambda: export(report))
    wanted = shown.destinations
    made = [
        (
            one,
            FORMATS[one.format].render(report) if FORMATS[one.format].live else FORMATS[one.format].convert(exported()),
        )
        for one in wanted
        if one != TERMINAL
    ]
    put(made, quiet=shown.quiet)
    if TERMINAL in wanted:
        _show_in_terminal(report, shown)
    sys.stdout.flush()


def put(made: Sequence[tuple[Destination, bytes]], *, quiet: bool) -> None:
    """Write what was made to files and to standard output; raises ReportError, and then no file has changed."""
    write_files([(one.path, content) for one, content in made if one.path])
    for one, content in made:
        if one.path is None:
            sys.stdout.buffer.write(content)
        elif not quiet:
            sys.stderr.write(f"Wrote {one.path}\n")
    sys.stdout.flush()


def finish(report: Report, shown: Shown, letters: Sequence[str], fail_under: str) -> None:
    """Exit with 1 when the grade is below the threshold; ``letters`` are best first, an empty threshold is none."""
    least = (shown.fail_under or fail_under).upper()
    if not least or shown.exit_zero:
        return
    grade = report.score.grade
    if grade not in letters or letters.index(grade) > letters.index(least):
        sys.stderr.write(f"The grade {grade} is below {least}.\n")
        raise typer.Exit(ExitCode.BELOW)


def _show_in_terminal(report: Report, shown: Shown) -> None:
    """Write the report as the terminal can show it; into a pipe plainly, 80 columns wide unless COLUMNS says more."""
    from rich.console import Console

    from portfolio_audit.reporting import terminal

    detail = terminal.Detail.SUMMARY if shown.quiet else terminal.Detail(1 + shown.verbose)
    view = terminal.View(detail, tuple(_named(name, report) for name in shown.repositories))
    console = Console(no_color=shown.no_color or None, highlight=False)
    if console.is_terminal:
        terminal.show(report, console, view)
        return
    console.width = _pipe_width()
    sys.stdout.write(terminal.render(report, console, view))


def _pipe_width() -> int:
    given = os.environ.get("COLUMNS", "")
    return max(40, min(int(given), 500)) if given.isdecimal() and len(given) < _MOST_DIGITS else 80


def _named(name: str, report: Report) -> str:
    """The full name of the repository or project a user means; BadParameter names the nearest one."""
    projects = {
        known.casefold(): f"{repository.full_name}/{project.folder}"
        for repository in report.repositories
        for project in repository.projects
        for known in (project.folder, f"{repository.name}/{project.folder}", f"{repository.full_name}/{project.folder}")
    }
    repositories = {known.casefold(): r.full_name for r in report.repositories for known in (r.full_name, r.name)}
    names = projects | repositories
    if name.casefold() not in names:
        near = nearest(name, list(names))
        raise typer.BadParameter(
            f"there is no repository or project '{clean(name, 60)}' here."
            + (f" Did you mean '{clean(near)}'?" if near else "")
        )
    return names[name.casefold()]
