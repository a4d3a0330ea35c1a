"""A finished report to where it belongs, and the exit code to what it says."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import typer

from portfolio_audit.cli.choices import Shown
from portfolio_audit.cli.exits import ExitCode
from portfolio_audit.engine.fields import nearest
from portfolio_audit.errors import ReportError
from portfolio_audit.model.report import Report
from portfolio_audit.reporting import FORMATS, guess_format
from portfolio_audit.reporting.escaping import clean

_MOST_DIGITS = 5


def show(report: Report, shown: Shown) -> None:
    """Write the report to the terminal, the pipe or the file."""
    name = shown.format or (guess_format(str(shown.output)) if shown.output else None) or "terminal"
    if shown.output:
        write_file(shown.output, FORMATS[name].render(report))
        if not shown.quiet:
            sys.stderr.write(f"Wrote {shown.output}\n")
    elif name == "terminal":
        _show_in_terminal(report, shown)
    else:
        sys.stdout.buffer.write(FORMATS[name].render(report))
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


def write_file(path: Path, content: bytes) -> None:
    """Write beside, then rename: a file is either whole or not there; raises ReportError.

    Links are followed, and what is no ordinary file (a pipe, /dev/null) is written to as it is.
    """
    try:
        target = path.resolve()
        if target.exists() and not target.is_file() and not target.is_dir():
            target.write_bytes(content)
        else:
            _replace(target, content)
    except OSError as error:
        raise ReportError(f"{path}: cannot be written ({error.strerror}). Name another place with --output.") from error


def _replace(path: Path, content: bytes) -> None:
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(beside).chmod(0o644)
        Path(beside).replace(path)
    finally:
        Path(beside).unlink(missing_ok=True)


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
