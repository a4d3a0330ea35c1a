"""A kept report to GitHub, and the exit code to what GitHub says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import typer

from portfolio_audit.action.event import run_of
from portfolio_audit.action.story import Story
from portfolio_audit.action.telling import comment
from portfolio_audit.cli.exits import ExitCode
from portfolio_audit.errors import AuthenticationError, ReportError
from portfolio_audit.github.faults import HOW_TO_LOG_IN, Reader
from portfolio_audit.publishing import Marker, Published, State, open_writer
from portfolio_audit.reporting.escaping import clean
from portfolio_audit.reporting.wire import Report, read_report

_LONGEST = 400


def publish_report(
    head: Path, base: Path | None, reader: Reader, where: tuple[str, int | None], environment: Mapping[str, str]
) -> None:
    """Comment ``where`` (a repository or nothing, a pull request or none); raises Exit with 3 if it could not be."""
    report = read_report(head)
    subject, commit = _subject(report)
    repository, pull = where[0] or subject, where[1]
    if reader.token is None:
        raise AuthenticationError(repository, "commenting needs a token.", advice=HOW_TO_LOG_IN)
    told = comment(Story(report, read_report(base) if base else None))
    marker = Marker(commit, run_of(environment))
    with open_writer(reader, repository) as writer:
        made = writer.comment_on_pull(pull, marker, told) if pull else writer.comment_on_commit(commit, marker, told)
    _finish(made)


def _subject(report: Report) -> tuple[str, str]:
    """The repository and the commit that a report is about; raises ReportError."""
    if report.portfolio or len(report.repositories) != 1 or not report.repositories[0].commit:
        raise ReportError("The report is not about one commit of one repository.")
    one = report.repositories[0]
    return one.full_name, one.commit or ""


def _finish(made: Published) -> None:
    typer.echo(clean(str(made), _LONGEST))
    if not made.is_there and made.state is not State.OUTDATED:
        raise typer.Exit(ExitCode.NOT_AUDITED)
