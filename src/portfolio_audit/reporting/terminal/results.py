"""Results as rows: a mark, the rule, what was found or is missing, and where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table
from rich.text import Text

from portfolio_audit.model.location import Location
from portfolio_audit.model.report import RepositoryReport
from portfolio_audit.model.result import Outcome, Result
from portfolio_audit.reporting.escaping import clean
from portfolio_audit.reporting.terminal.layout import dim, place, width_of
from portfolio_audit.reporting.terminal.marks import OUTCOME_STYLES, Marks

_RULE_WIDTH = 26
_FEW_PLACES, _MOST_PLACES = 2, 5
LIKELY = "likely: "
"""Stands before what was measured to be wrong now and then (docs/accuracy.md)."""


@dataclass(frozen=True, slots=True)
class Rows:
    """How results are written; ``every`` also shows what was not asked, and more places.

    Locations become links where the ``repository`` they lie in is known.
    """

    marks: Marks
    repository: RepositoryReport | None = None
    every: bool = False
    indent: int = 2

    def show(self, results: Iterable[Result], console: Console) -> None:
        """Write a row for each result, those that cost most points first, those met without a trace together."""
        asked = [r for r in results if self.every or r.outcome is not Outcome.NOT_APPLICABLE]
        quiet = [r for r in asked if _is_quiet(r)]
        table = self._table()
        for result in sorted((r for r in asked if not _is_quiet(r)), key=_cost):
            table.add_row("", self._mark(result.outcome), _name(result), self._told(result))
        if quiet:
            names = Text(", ".join(r.rule.id for r in quiet))
            table.add_row("", self._mark(Outcome.PASS), dim("nothing to complain about"), names)
        if table.row_count:
            console.print(table, width=width_of(console))

    def _table(self) -> Table:
        table = Table.grid(padding=(0, 1, 0, 0))
        table.add_column(width=self.indent - 1)
        table.add_column(width=1)
        table.add_column(no_wrap=True, width=_RULE_WIDTH, overflow="ellipsis")
        table.add_column(overflow="fold")
        return table

    def _mark(self, outcome: Outcome) -> Text:
        return Text(self.marks.outcomes[outcome], style=OUTCOME_STYLES[outcome])

    def _told(self, result: Result) -> Text:
        if not result.outcome.judged:
            lead = "unknown: " if result.outcome is Outcome.UNKNOWN else "not asked: "
            return dim(lead + clean(result.reason, 200))
        if result.outcome is Outcome.PASS:
            return self._places(result.evidence, notes=True)
        lines = [
            Text(LIKELY if result.is_likely else "", style="italic").append(clean(result.message, 320), "not italic")
        ]
        if result.suppressed is not None:
            lines.append(Text(f"suppressed: {clean(result.suppressed, 100)}", style="italic"))
        lines.append(self._places([finding.at for finding in result.findings]))
        return Text("\n").join(line for line in lines if line)

    def _places(self, places: Sequence[Location], *, notes: bool = False) -> Text:
        known = list(dict.fromkeys(at for at in places if at.path))
        shown = known[: _MOST_PLACES if self.every else _FEW_PLACES]
        lines = [self._noted(at) if notes else place(at, self.repository) for at in shown]
        if len(known) > len(shown):
            lines[-1].append(f" and {len(known) - len(shown)} more", style="dim")
        return Text("\n" if notes else "  ").join(lines)

    def _noted(self, at: Location) -> Text:
        text = place(at, self.repository)
        return text.append(f"  {clean(at.note, 60)}") if at.note else text


def _is_quiet(result: Result) -> bool:
    """Whether a rule is met and there is no place to show for it."""
    return result.outcome is Outcome.PASS and not any(at.path for at in result.evidence)


def _name(result: Result) -> Text:
    return dim(result.rule.id) if result.outcome in {Outcome.NOT_APPLICABLE, Outcome.PASS} else Text(result.rule.id)


def _cost(result: Result) -> tuple[bool, float, str]:
    return (not result.outcome.judged, result.points - result.possible, result.rule.id)
