"""The report for people at a terminal: the portfolio at a glance, then each repository, then the plan."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import IntEnum

from rich.console import Console

from portfolio_audit.model.report import Report, RepositoryReport
from portfolio_audit.reporting.escaping import clean
from portfolio_audit.reporting.terminal.closing import show_closing
from portfolio_audit.reporting.terminal.marks import Marks, marks_for
from portfolio_audit.reporting.terminal.plan import show_plan
from portfolio_audit.reporting.terminal.portfolio import show_portfolio
from portfolio_audit.reporting.terminal.repository import show_repository


class Detail(IntEnum):
    """How much is shown."""

    SUMMARY = 0
    """The grade alone, one line."""
    OVERVIEW = 1
    """A portfolio at a glance, a single repository with its results."""
    FULL = 2
    """Every repository with its results, and every result."""


@dataclass(frozen=True, slots=True)
class View:
    """What of a report is shown: how much, and the full names of repositories to show in full beside it."""

    detail: Detail = Detail.OVERVIEW
    repositories: Collection[str] = ()

    def opens(self, repository: RepositoryReport, report: Report) -> bool:
        """Whether a repository is shown with its results."""
        return not report.portfolio or self.detail is Detail.FULL or repository.full_name in self.repositories


OVERVIEW = View()


def render(report: Report, console: Console, view: View = OVERVIEW) -> str:
    """The report as the console would show it, without spaces at the ends of lines."""
    with console.capture() as captured:
        show(report, console, view)
    return "".join(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def show(report: Report, console: Console, view: View = OVERVIEW) -> None:
    """Write the report to a console."""
    if view.detail is Detail.SUMMARY:
        console.print(f"{target_of(report)}: {report.score.grade} ({report.score.value:.0f} of 100)", markup=False)
        return
    marks = marks_for(console)
    if report.portfolio:
        show_portfolio(report, report.portfolio, console, marks)
    for repository in report.repositories:
        if view.opens(repository, report):
            _show_opened(repository, report, console, marks, view)
    if report.portfolio:
        show_plan(report.portfolio.plan, report.score, console, marks, several=True)
    show_closing(report, console, marks)


def target_of(report: Report) -> str:
    """The name of what was audited."""
    return clean(report.portfolio.name if report.portfolio else report.repositories[0].full_name, 60)


def _show_opened(repository: RepositoryReport, report: Report, console: Console, marks: Marks, view: View) -> None:
    every = view.detail is Detail.FULL
    show_repository(repository, report.criteria, console, marks, every=every)
    for project in repository.projects:
        if every or f"{repository.full_name}/{project.folder}" in view.repositories:
            show_repository(project, report.criteria, console, marks, every=every)
    if not report.portfolio or repository.full_name in view.repositories:
        show_plan(repository.plan, repository.score, console, marks, several=False)
