"""Repositories, or the projects in one, a line each: kind, grade, criteria and the parts of depth."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from portfolio_audit.model.report import RepositoryReport
from portfolio_audit.model.rule import Criterion, Scope
from portfolio_audit.reporting.escaping import clean
from portfolio_audit.reporting.terminal.layout import WIDE, dim, paragraph, width_of
from portfolio_audit.reporting.terminal.marks import Marks, bar, grade_text, part_mark
from portfolio_audit.scoring import UNGRADED


def show_listing(
    title: str, reports: Sequence[RepositoryReport], criteria: Sequence[Criterion], console: Console, marks: Marks
) -> None:
    """Write a line each, with what its marks mean; ``title`` says what they are."""
    console.print(_listing(title, reports, criteria, console, marks))
    _show_legend(criteria, console, marks)


def _listing(
    title: str, reports: Sequence[RepositoryReport], criteria: Sequence[Criterion], console: Console, marks: Marks
) -> Table:
    wide = console.width >= WIDE
    own = [c for c in criteria if c.scope is Scope.REPOSITORY]
    table = Table(box=None, padding=(0, 2 if wide else 1, 0, 0), header_style="dim", width=width_of(console))
    table.add_column(title, ratio=1, overflow="ellipsis", no_wrap=True)
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
        Text(clean(report.folder or report.name, 60), style="bold"),
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
