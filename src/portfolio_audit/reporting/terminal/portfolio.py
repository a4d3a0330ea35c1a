"""The portfolio at a glance: how the grade was made, one line a repository, the profile-wide criteria."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from portfolio_audit.model.report import PortfolioReport, Report, RepositoryReport
from portfolio_audit.model.result import Outcome, Result
from portfolio_audit.model.rule import Criterion, Scope
from portfolio_audit.reporting.escaping import clean
from portfolio_audit.reporting.terminal.layout import WIDE, heading, width_of
from portfolio_audit.reporting.terminal.marks import Marks, bar, grade_text, level, part_mark
from portfolio_audit.reporting.terminal.results import add_results, results_table

_MOST_LEFT_OUT = 12


def show_portfolio(report: Report, portfolio: PortfolioReport, console: Console, marks: Marks) -> None:
    """Write the overview of a portfolio."""
    right = grade_text(portfolio.score.grade) + Text(f" {portfolio.score.value:3.0f} of 100", style="bold")
    heading(console, marks, Text(f"Portfolio of {clean(portfolio.name, 60)}", style="bold"), right)
    console.print(Text(_made_of(portfolio)), width=width_of(console))
    counted = [r for r in report.repositories if r.kind.counted]
    if counted:
        console.print()
        console.print(_listing(counted, report.criteria, console, marks))
        console.print(_legend(report.criteria, marks), width=width_of(console))
    _show_left_out([r for r in report.repositories if not r.kind.counted], console)
    _show_profile(report, portfolio, console, marks)


def _made_of(portfolio: PortfolioReport) -> str:
    if not portfolio.pieces:
        return "No repository here counts as a portfolio piece yet; below is why."
    names = ", ".join(clean(name.rpartition("/")[2], 40) for name in portfolio.pieces)
    count = len(portfolio.pieces)
    pieces = f"your best {count} pieces ({names})" if count > 1 else f"your best piece ({names})"
    return f"Made of {pieces}: {portfolio.pieces_score:.0f}, and of the profile as a whole, below."


def _listing(reports: list[RepositoryReport], criteria: Iterable[Criterion], console: Console, marks: Marks) -> Table:
    wide = console.width >= WIDE
    own = [c for c in criteria if c.scope is Scope.REPOSITORY]
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim", width=width_of(console))
    table.add_column("repository", ratio=1, overflow="ellipsis", no_wrap=True)
    table.add_column("kind", no_wrap=True, style="dim")
    table.add_column("grade", no_wrap=True, justify="right")
    table.add_column("", no_wrap=True)
    for criterion in own:
        table.add_column(criterion.title.lower() if wide else criterion.id[:5], no_wrap=True)
    table.add_column("depth parts" if wide else "parts", no_wrap=True)
    for report in reports:
        table.add_row(*_row(report, own, marks, wide=wide))
    return table


def _row(report: RepositoryReport, criteria: list[Criterion], marks: Marks, *, wide: bool) -> list[Text]:
    shares = {c.id: c.score for c in report.score.criteria}
    parts = [part for criterion in report.score.criteria for part in criterion.parts]
    bars = [bar(shares.get(c.id), 8, marks) if wide else bar(shares.get(c.id), 5, marks) for c in criteria]
    return [
        Text(clean(report.name, 60), style="bold"),
        Text(report.kind.id),
        grade_text(report.score.grade),
        Text(f"{report.score.value:3.0f}"),
        *bars,
        Text(" " if wide else "").join(part_mark(part.score, marks) for part in parts),
    ]


def _legend(criteria: Iterable[Criterion], marks: Marks) -> Text:
    parts = ", ".join(part for criterion in criteria for part in criterion.parts)
    there, partly, missing, unknown = marks.parts
    return Text(
        f"parts: {parts}   {there} there  {partly} partly  {missing} not seen  {unknown} not judged", style="dim"
    )


def _show_left_out(reports: list[RepositoryReport], console: Console) -> None:
    if not reports:
        return
    console.print()
    console.print(Text("Not counted as portfolio pieces", style="bold"))
    table = Table.grid(padding=(0, 2, 0, 0))
    for report in reports[:_MOST_LEFT_OUT]:
        name, kind = Text(f"  {clean(report.name, 36)}"), Text(report.kind.id, style="dim")
        table.add_row(name, kind, Text(clean(report.kind.reason, 80), style="dim"))
    console.print(table, width=width_of(console))
    if len(reports) > _MOST_LEFT_OUT:
        console.print(Text(f"  and {len(reports) - _MOST_LEFT_OUT} more", style="dim"))


def _show_profile(report: Report, portfolio: PortfolioReport, console: Console, marks: Marks) -> None:
    titles = {c.id: c for c in report.criteria}
    console.print()
    console.print(Text("The profile as a whole", style="bold"))
    for criterion in portfolio.score.criteria:
        line = level(criterion.score, marks) + Text(f" {titles[criterion.id].title:<12}")
        line.append(titles[criterion.id].question, style="dim")
        console.print(Text("  ") + line, width=width_of(console), no_wrap=True, overflow="ellipsis")
        table = results_table(indent=4)
        add_results(table, [r for r in portfolio.results if r.rule.criterion == criterion.id and not _fine(r)], marks)
        if table.row_count:
            console.print(table, width=width_of(console))


def _fine(result: Result) -> bool:
    return result.outcome in {Outcome.PASS, Outcome.NOT_APPLICABLE}
