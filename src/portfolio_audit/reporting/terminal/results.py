"""Results as rows: a mark, the rule, what was found or is missing, and where."""

from __future__ import annotations

from collections.abc import Iterable

from rich.table import Table
from rich.text import Text

from portfolio_audit.model.location import Location
from portfolio_audit.model.report import RepositoryReport
from portfolio_audit.model.result import Outcome, Result
from portfolio_audit.reporting.escaping import clean
from portfolio_audit.reporting.terminal.layout import place
from portfolio_audit.reporting.terminal.marks import OUTCOME_STYLES, Marks

_MOST_PLACES = 2


def results_table(indent: int = 2) -> Table:
    """An empty table for results."""
    table = Table.grid(padding=(0, 1, 0, 0), expand=True)
    table.add_column(width=indent)
    table.add_column(width=1)
    table.add_column(no_wrap=True, max_width=28, overflow="ellipsis")
    table.add_column(ratio=1, overflow="fold")
    return table


def add_results(
    table: Table, results: Iterable[Result], marks: Marks, repository: RepositoryReport | None = None
) -> None:
    """Add a row for each result, those that cost most points first."""
    for result in sorted(results, key=_cost):
        mark = Text(marks.outcomes[result.outcome], style=OUTCOME_STYLES[result.outcome])
        style = "dim" if result.outcome in {Outcome.NOT_APPLICABLE, Outcome.PASS} else ""
        table.add_row("", mark, Text(result.rule.id, style=style), _told(result, repository))


def _cost(result: Result) -> tuple[bool, float, str]:
    return (not result.outcome.judged, result.points - result.possible, result.rule.id)


def _told(result: Result, repository: RepositoryReport | None) -> Text:
    if not result.outcome.judged:
        lead = "unknown: " if result.outcome is Outcome.UNKNOWN else "not asked: "
        return Text(lead + clean(result.reason, 200), style="dim")
    if result.outcome is Outcome.PASS:
        return _places(result.evidence, repository, notes=True)
    told = Text(clean(result.message, 240) + " ")
    if result.suppressed is not None:
        told.append(f"suppressed: {clean(result.suppressed, 100)} ", style="italic")
    return told + _places([finding.at for finding in result.findings], repository)


def _places(places: Iterable[Location], repository: RepositoryReport | None, *, notes: bool = False) -> Text:
    known = list(dict.fromkeys(at for at in places if at.path))
    text = Text()
    for at in known[:_MOST_PLACES]:
        if text:
            text.append("  ")
        text.append_text(place(at, repository))
        if notes and at.note:
            text.append(f" {clean(at.note, 60)}", style="dim")
    if len(known) > _MOST_PLACES:
        text.append(f"  and {len(known) - _MOST_PLACES} more", style="dim")
    return text
