"""A report of another run, told in place of an audit: how comments reach pull requests from forks.

The run that audited a fork's code may not write, and the one that may does not touch that code. What comes from the
first is data of strangers: it is read strictly, must be about the commit that the event names, and the pull request
is found by the event, never by the report.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from portfolio_audit.action.story import Story
from portfolio_audit.errors import ReportError
from portfolio_audit.reporting.wire import Report, read_report
from portfolio_audit.reporting.wire.verdicts import Finding, Location, Result

Place = TypeVar("Place", Finding, Location)

HEAD, BASE = "report.json", "base.json"


def read_story(folder: Path) -> Story:
    """The reports that a run of the action left in a folder; raises ReportError."""
    base = folder / BASE
    return Story(read_report(folder / HEAD), read_report(base) if base.exists() else None, "It was not compared.")


def check_subject(story: Story, repository: str, commit: str, web: str) -> Story:
    """The story, if it is about one commit of one repository, without links elsewhere; raises ReportError."""
    head = _only(story.head, repository, web)
    if commit and head.repositories[0].commit != commit:
        raise ReportError(f"The report is about another commit than {commit[:12]}.")
    return Story(head, _only(story.base, repository, web) if story.base else None, story.unmatched)


def _only(report: Report, repository: str, web: str) -> Report:
    if report.portfolio or len(report.repositories) != 1 or report.repositories[0].full_name != repository:
        raise ReportError(f"The report is not about {repository} alone.")
    return _linked(report, f"{web}/{repository}")


def _linked(report: Report, page: str) -> Report:
    """The report with links into the repository, and to our documentation, or none."""
    one = report.repositories[0]
    inside = replace(
        one,
        web_url=page,
        results=tuple(_with_findings(result, page) for result in one.results),
        plan=tuple(replace(step, location=_kept(step.location, page)) for step in one.plan),
        projects=tuple(
            replace(project, results=tuple(_with_findings(result, page) for result in project.results))
            for project in one.projects
        ),
    )
    rules = {name: replace(rule, documentation=None) for name, rule in report.rules.items()}
    return replace(report, repositories=(inside,), rules=rules)


def _with_findings(result: Result, page: str) -> Result:
    return replace(result, findings=tuple(_kept(finding, page) for finding in result.findings))


def _kept(at: Place, page: str) -> Place:
    return at if (at.url or "").startswith(f"{page}/blob/") else replace(at, url=None)
