"""The report for people at a terminal: the portfolio at a glance, then each repository, then the plan."""

from __future__ import annotations

from enum import IntEnum

from rich.console import Console

from portfolio_audit.model.report import Report
from portfolio_audit.reporting.escaping import clean
from portfolio_audit.reporting.terminal.closing import show_closing
from portfolio_audit.reporting.terminal.marks import marks_for
from portfolio_audit.reporting.terminal.plan import show_plan
from portfolio_audit.reporting.terminal.portfolio import show_portfolio
from portfolio_audit.reporting.terminal.repository import show_repository


class Detail(IntEnum):
    """How much is shown."""

    SUMMARY = 0
    """The score alone, one line."""
    OVERVIEW = 1
    """A portfolio at a glance, a single repository with its results."""
    FULL = 2
    """Every repository with its results, and every result."""


def show(report: Report, console: Console, detail: Detail = Detail.OVERVIEW) -> None:
    """Write the report to a console."""
    if detail is Detail.SUMMARY:
        console.print(f"{target_of(report)}: {report.score.grade} ({report.score.value:.0f} of 100)", markup=False)
        return
    marks = marks_for(console)
    if report.portfolio:
        show_portfolio(report, report.portfolio, console, marks)
    if not report.portfolio or detail is Detail.FULL:
        for repository in report.repositories:
            show_repository(repository, report.criteria, console, marks, every=detail is Detail.FULL)
    steps = report.portfolio.plan if report.portfolio else report.repositories[0].plan
    show_plan(steps, report.score, console, marks, results=_results(report))
    show_closing(report, console, marks)


def target_of(report: Report) -> str:
    """The name of what was audited."""
    return clean(report.portfolio.name if report.portfolio else report.repositories[0].full_name, 60)


def _results(report: Report) -> int:
    """How many findings there are to fix in all."""
    return sum(len(repository.plan) for repository in report.repositories if repository.kind.counted)
