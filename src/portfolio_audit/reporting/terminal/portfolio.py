"""The portfolio at a glance: how the grade was made, one line a repository, the profile-wide criteria."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from portfolio_audit.model.report import PortfolioReport, Report, RepositoryReport
from portfolio_audit.model.result import Outcome
from portfolio_audit.model.rule import Criterion
from portfolio_audit.reporting.escaping import clean
from portfolio_audit.reporting.terminal.layout import dim, heading, paragraph, width_of
from portfolio_audit.reporting.terminal.listing import show_listing
from portfolio_audit.reporting.terminal.marks import Marks, graded, level
from portfolio_audit.reporting.terminal.results import Rows

_MOST_LEFT_OUT = 12


def show_portfolio(report: Report, portfolio: PortfolioReport, console: Console, marks: Marks) -> None:
    """Write the overview of a portfolio."""
    title = Text(f"Portfolio of {clean(portfolio.name, 60)}", style="bold")
    heading(console, marks, title, graded(portfolio.score))
    paragraph(console, Text(_made_of(portfolio)))
    counted = [r for r in report.repositories if r.kind.counted]
    if counted:
        console.print()
        show_listing("repository", counted, report.criteria, console, marks)
    _show_left_out([r for r in report.repositories if not r.kind.counted], console)
    _show_profile(report.criteria, portfolio, console, marks)


def _made_of(portfolio: PortfolioReport) -> str:
    if not portfolio.pieces:
        return "No repository here counts as a portfolio piece yet; below is why."
    names = ", ".join(clean(name.partition("/")[2] or name, 40) for name in portfolio.pieces)
    count = len(portfolio.pieces)
    pieces = (
        f"best {count} pieces ({names}), which together reach"
        if count > 1
        else f"best piece ({names}), which alone reaches"
    )
    return f"Made of the profile as a whole and of your {pieces} {portfolio.pieces_score:.0f} of 100."


def _show_left_out(reports: Sequence[RepositoryReport], console: Console) -> None:
    if not reports:
        return
    console.print()
    console.print(Text("Not counted as portfolio pieces", style="bold"))
    table = Table.grid(padding=(0, 2, 0, 0))
    for report in reports[:_MOST_LEFT_OUT]:
        name, reason = Text(f"  {clean(report.name, 36)}"), clean(report.kind.reason, 90)
        table.add_row(name, dim(report.kind.id), dim(reason))
    console.print(table, width=width_of(console))
    if len(reports) > _MOST_LEFT_OUT:
        console.print(dim(f"  and {len(reports) - _MOST_LEFT_OUT} more"))


def _show_profile(criteria: Iterable[Criterion], portfolio: PortfolioReport, console: Console, marks: Marks) -> None:
    known = {c.id: c for c in criteria}
    rows = Rows(marks, indent=4)
    console.print()
    console.print(Text("The profile as a whole", style="bold"))
    for score in portfolio.score.criteria:
        criterion = known[score.id]
        line = Table.grid(padding=(0, 1, 0, 0))
        line.add_row(Text(" "), level(score.score, marks), Text(f"{criterion.title:<12}"), dim(criterion.question))
        console.print(line, width=width_of(console))
        own = (r for r in portfolio.results if r.rule.criterion == score.id)
        rows.show([r for r in own if r.outcome is not Outcome.PASS], console)
