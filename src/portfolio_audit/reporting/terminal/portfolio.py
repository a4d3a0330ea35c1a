"""The portfolio at a glance: how the grade was made, one line a repository, the profile-wide criteria."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from portfolio_audit.model.report import PortfolioReport, Report, RepositoryReport
from portfolio_audit.model.result import Outcome
from portfolio_audit.model.rule import Criterion, Scope
from portfolio_audit.reporting.escaping import clean
from portfolio_audit.reporting.terminal.layout import WIDE, dim, heading, paragraph, width_of
from portfolio_audit.reporting.terminal.marks import Marks, bar, grade_text, graded, level, part_mark
from portfolio_audit.reporting.terminal.results import Rows
from portfolio_audit.scoring import UNGRADED

_MOST_LEFT_OUT = 12


def show_portfolio(report: Report, portfolio: PortfolioReport, console: Console, marks: Marks) -> None:
    """Write the overview of a portfolio."""
    title = Text(f"Portfolio of {clean(portfolio.name, 60)}", style="bold")
    heading(console, marks, title, graded(portfolio.score))
    paragraph(console, Text(_made_of(portfolio)))
    counted = [r for r in report.repositories if r.kind.counted]
    if counted:
        console.print()
        console.print(_listing(counted, report.criteria, console, marks))
        _show_legend(report.criteria, console, marks)
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


def _listing(
    reports: Sequence[RepositoryReport], criteria: Sequence[Criterion], console: Console, marks: Marks
) -> Table:
    wide = console.width >= WIDE
    own = [c for c in criteria if c.scope is Scope.REPOSITORY]
    table = Table(box=None, padding=(0, 2 if wide else 1, 0, 0), header_style="dim", width=width_of(console))
    table.add_column("repository", ratio=1, overflow="ellipsis", no_wrap=True)
    table.add_column("kind", no_wrap=True, style="dim")
    table.add_column("grade", no_wrap=True)
    for criterion in own:
        table.add_column(criterion.title.lower() if wide else criterion.id[:5], no_wrap=True)
    table.add_column("depth parts" if wide else "parts", no_wrap=True)
    for report in reports:
        table.add_row(*_row(report, own, marks, wide=wide))
    return table


def _row(report: RepositoryReport, criteria: Iterable[Criterion], marks: Marks, *, wide: bool) -> list[Text]:
    shares = {c.id: c.score for c in report.score.criteria}
    parts = [part for criterion in report.score.criteria for part in criterion.parts]
    return [
        Text(clean(report.name, 60), style="bold"),
        Text(report.kind.id),
        grade_text(report.score.grade).append("" if report.score.grade == UNGRADED else f" {report.score.value:3.0f}"),
        *(bar(shares.get(c.id), 12 if wide else 5, marks) for c in criteria),
        Text(" " if wide else "").join(part_mark(part.score, marks) for part in parts),
    ]


def _show_legend(criteria: Iterable[Criterion], console: Console, marks: Marks) -> None:
    parts = ", ".join(part for criterion in criteria for part in criterion.parts)
    there, partly, missing, unknown = marks.parts
    console.print()
    paragraph(console, dim(f"parts: {parts}"))
    paragraph(console, dim(f"       {there} there   {partly} partly   {missing} not seen   {unknown} not judged"))


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
