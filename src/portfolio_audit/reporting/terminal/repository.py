"""One repository: its kind, and for each criterion what was found and what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from portfolio_audit.model.report import RepositoryReport
from portfolio_audit.model.result import Outcome, Result
from portfolio_audit.model.rule import Criterion
from portfolio_audit.model.score import CriterionScore, PartScore
from portfolio_audit.model.snapshot import Unavailable
from portfolio_audit.reporting.escaping import clean
from portfolio_audit.reporting.terminal.layout import heading, place, width_of
from portfolio_audit.reporting.terminal.marks import Marks, bar, grade_text
from portfolio_audit.reporting.terminal.results import add_results, results_table

_BAR = 16


def show_repository(
    repository: RepositoryReport, criteria: Sequence[Criterion], console: Console, marks: Marks, *, every: bool
) -> None:
    """Write one repository; ``every`` shows also the rules that were not asked of it."""
    right = grade_text(repository.score.grade) + Text(f" {repository.score.value:3.0f} of 100", style="bold")
    heading(console, marks, Text(clean(repository.full_name, 80), style="bold"), right)
    console.print(_about(repository), width=width_of(console))
    titles = {criterion.id: criterion for criterion in criteria}
    for score in repository.score.criteria:
        console.print()
        _show_line(console, marks, titles[score.id].title, score)
        console.print(Text(f"  {titles[score.id].question}", style="dim"), width=width_of(console))
        own = [r for r in repository.results if r.rule.criterion == score.id]
        _show_criterion(repository, score, own if every else [r for r in own if _asked(r)], console, marks)


def _show_criterion(
    repository: RepositoryReport, score: CriterionScore, results: list[Result], console: Console, marks: Marks
) -> None:
    if not score.parts:
        _show_results(repository, results, console, marks)
    rungs = dict(repository.rungs)
    for part in score.parts:
        rung = rungs.get(part.id)
        reached = f"evidence reaches: {rung.label}" if rung else "no evidence seen"
        _show_line(console, marks, f"  {part.id}", part, reached)
        _show_results(repository, [r for r in results if r.rule.part == part.id], console, marks)


def _show_results(repository: RepositoryReport, results: list[Result], console: Console, marks: Marks) -> None:
    table = results_table()
    add_results(table, results, marks, repository)
    if table.row_count:
        console.print(table, width=width_of(console))


def _show_line(console: Console, marks: Marks, title: str, score: CriterionScore | PartScore, note: str = "") -> None:
    style = "" if title.startswith(" ") else "bold"
    line = Text(f"{title:<18}", style=style) + bar(score.score, _BAR, marks)
    line.append("  not judged" if score.score is None else f"  {100 * score.score:3.0f} %")
    if note:
        line.append(f"   {note}", style="dim")
    console.print(line)


def _about(repository: RepositoryReport) -> Text:
    kind = repository.kind
    text = Text(f"{kind.id}: {clean(kind.reason, 120)} ", style="dim")
    for at in kind.evidence[:1]:
        text.append_text(place(at, repository))
    text.append("" if kind.counted else "  (not counted as a portfolio piece)", style="dim")
    coverage = repository.coverage
    commit = "" if isinstance(repository.commit, Unavailable) else f" at {clean(repository.commit, 40)[:10]}"
    text.append(f"\n{coverage.files:,} files, {coverage.read:,} of them read{commit}", style="dim")
    return text


def _asked(result: Result) -> bool:
    return result.outcome is not Outcome.NOT_APPLICABLE
