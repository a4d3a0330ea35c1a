"""The plan: the next fixes by points gained per effort, and the grade each step reaches."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from portfolio_audit.model.report import PlanStep
from portfolio_audit.model.score import Score
from portfolio_audit.reporting.escaping import clean
from portfolio_audit.reporting.terminal.layout import WIDE, dim, heading, place, width_of
from portfolio_audit.reporting.terminal.marks import Marks, grade_text
from portfolio_audit.scoring import UNGRADED

_MOST_STEPS = 8
_IN_DETAIL = 3
_WORST_TITLE = 200
_NOTHING_LEFT = "Nothing left to fix that would raise the score."
_NOTHING_HERE = "There is nothing to grade yet: commit the code, and a README that says what it solves."


def show_plan(steps: Sequence[PlanStep], score: Score, console: Console, marks: Marks, *, several: bool) -> None:
    """Write the plan, with the first fixes in detail; ``several`` names the repository of each."""
    if not steps:
        console.print()
        console.print(Text(_NOTHING_HERE if score.grade == UNGRADED else _NOTHING_LEFT))
        return
    shown = steps[:_MOST_STEPS]
    reached = grade_text(score.grade).append(f" {score.value:.0f} {marks.arrow} ")
    reached.append_text(grade_text(shown[-1].grade)).append(f" {shown[-1].score:.0f}")
    heading(console, marks, Text("The plan: what to do next", style="bold"), reached)
    table = _table(console)
    for number, step in enumerate(shown, start=1):
        cells = _cells(step, several=several, wide=console.width >= WIDE)
        gain, effort = Text(f"+{step.gain:.1f}", style="green"), Text(step.fix.effort.value)
        table.add_row(f"{number}", gain, effort, *cells, grade_text(step.grade).append(f" {step.score:3.0f}"))
        if number <= _IN_DETAIL and step.fix.steps:
            table.add_row("", "", "", _steps(step, marks))
    console.print(table)
    if len(steps) > len(shown):
        console.print(dim(f"and {len(steps) - len(shown)} more; --format json has them all."))


def _table(console: Console) -> Table:
    wide = console.width >= WIDE
    table = Table(box=None, padding=(0, 2 if wide else 1, 0, 0), header_style="dim", width=width_of(console))
    table.add_column("", justify="right", no_wrap=True)
    table.add_column("gain", justify="right", no_wrap=True)
    table.add_column("effort", justify="right", no_wrap=True)
    table.add_column("fix", ratio=1, overflow="fold")
    if wide:
        table.add_column("where", ratio=1, overflow="fold")
    table.add_column("reaches", no_wrap=True)
    return table


def _cells(step: PlanStep, *, several: bool, wide: bool) -> tuple[Text, ...]:
    fix, where = Text(clean(step.fix.title, _WORST_TITLE), style="bold"), _where(step, several=several)
    return (fix, where) if wide else (Text("\n").join([fix, where]),)


def _where(step: PlanStep, *, several: bool) -> Text:
    words = Text.assemble((step.rule, "dim"))
    repository = step.repository.partition("/")[2] or step.repository if several else ""
    named = "/".join(filter(None, (repository, step.project)))
    if named:
        words = Text.assemble((clean(named, 60), "cyan"), "  ", words)
    return words.append("  ").append_text(place(step.at)) if step.at.path else words


def _steps(step: PlanStep, marks: Marks) -> Table:
    table = Table.grid(padding=(0, 1, 0, 0))
    for line in step.fix.steps:
        table.add_row(marks.bullet, Text(clean(line, _WORST_TITLE)))
    return table
