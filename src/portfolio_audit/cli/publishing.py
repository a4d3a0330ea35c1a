"""A kept report to GitHub, and the exit code to what GitHub says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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
_SHORTEST_ID = 7


@dataclass(frozen=True, slots=True)
class Place:
    """Where to comment: on a pull request of a repository, or on a commit; empty for what the report says."""

    repository: str
    pull: int | None
    commit: str


def publish_report(head: Path, base: Path | None, reader: Reader, place: Place, environment: Mapping[str, str]) -> None:
    """Comment with what a report says; raises Exit with 3 if that could not be, ReportError if it is about another."""
    report = read_report(head)
    subject, commit = _subject(report)
    repository, pull = place.repository or subject, place.pull
    if place.commit and not _is_about(commit, place.commit):
        raise ReportError(f"The report is about commit {commit[:12]}, not {place.commit[:12]}.")
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


def _is_about(commit: str, asked: str) -> bool:
    return len(asked) >= _SHORTEST_ID and commit.startswith(asked.lower())


def _finish(made: Published) -> None:
    typer.echo(clean(str(made), _LONGEST))
    if not made.is_there and made.state is not State.OUTDATED:
        raise typer.Exit(ExitCode.NOT_AUDITED)
