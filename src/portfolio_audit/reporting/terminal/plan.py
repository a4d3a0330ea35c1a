"""The plan: the next fixes by points gained per effort, and the grade each step reaches."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from portfolio_audit.model.report import PlanStep
from portfolio_audit.model.score import Score
from portfolio_audit.reporting.escaping import clean
from portfolio_audit.reporting.terminal.layout import heading, place, width_of
from portfolio_audit.reporting.terminal.marks import Marks, grade_text

_MOST_STEPS = 8
_IN_DETAIL = 3
_WORST_TITLE = 200


def show_plan(steps: Sequence[PlanStep], score: Score, console: Console, marks: Marks, *, results: int) -> None:
    """Write the plan, with the first fixes in detail."""
    if not steps:
        console.print()
        console.print(Text("Nothing left to fix that would raise the score."))
        return
    shown = steps[:_MOST_STEPS]
    left = Text("The plan: what to do next", style="bold")
    right = grade_text(score.grade) + Text(f"{marks.arrow} ") + grade_text(shown[-1].grade)
    heading(console, marks, left, right)
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim", width=width_of(console))
    table.add_column("", justify="right", no_wrap=True)
    table.add_column("gain", justify="right", no_wrap=True)
    table.add_column("effort", justify="right", no_wrap=True)
    table.add_column("fix", ratio=1, overflow="fold")
    table.add_column("reaches", no_wrap=True)
    for number, step in enumerate(shown, start=1):
        table.add_row(*_row(number, step), grade_text(step.grade) + Text(f" {step.score:3.0f}", style="dim"))
        if number <= _IN_DETAIL:
            table.add_row("", "", "", _steps(step, marks), "")
    console.print(table)
    if max(results, len(steps)) > len(shown):
        more = max(results, len(steps)) - len(shown)
        console.print(Text(f"and {more} more; --format json has them all.", style="dim"))


def _row(number: int, step: PlanStep) -> tuple[Text, Text, Text, Text]:
    where = clean(step.repository.rpartition("/")[2], 40)
    fix = Text(clean(step.fix.title, _WORST_TITLE))
    if where:
        fix.append(f"  {where}", style="cyan")
    fix.append(f"  {step.rule}", style="dim")
    return Text(f"{number}"), Text(f"+{step.gain:.1f}", style="green"), Text(step.fix.effort.value), fix


def _steps(step: PlanStep, marks: Marks) -> Text:
    text = Text()
    for line in step.fix.steps:
        text.append(f"{marks.rule} {clean(line, _WORST_TITLE)}\n")
    if step.at.path:
        text.append("at ", style="dim").append_text(place(step.at)).append("\n")
    text.rstrip()
    return text
