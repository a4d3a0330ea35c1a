"""One repository: its kind, and for each criterion what was found and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rich.console import Console
from rich.text import Text

from portfolio_audit.model.fact import Rung
from portfolio_audit.model.report import Readiness, RepositoryReport
from portfolio_audit.model.rule import Criterion
from portfolio_audit.model.score import CriterionScore, PartScore
from portfolio_audit.model.snapshot import Unavailable
from portfolio_audit.reporting.escaping import clean
from portfolio_audit.reporting.terminal.layout import dim, heading, paragraph, place
from portfolio_audit.reporting.terminal.listing import show_listing
from portfolio_audit.reporting.terminal.marks import Marks, bar, graded
from portfolio_audit.reporting.terminal.results import Rows

_BAR = 16


def show_repository(
    repository: RepositoryReport, criteria: Sequence[Criterion], console: Console, marks: Marks, *, every: bool
) -> None:
    """Write one repository; ``every`` shows also the rules that were not asked of it."""
    heading(console, marks, Text(_name(repository), style="bold"), graded(repository.score))
    paragraph(console, _about(repository))
    _show_projects(repository, criteria, console, marks)
    known = {criterion.id: criterion for criterion in criteria}
    rows = Rows(marks, repository, every=every)
    for score in repository.score.criteria:
        criterion = known[score.id]
        console.print()
        console.print(_scored(Text.assemble((f"{criterion.title:<18}", "bold")), score, marks))
        paragraph(console, dim(criterion.question))
        if criterion.id == "reproducibility" and repository.readiness:
            paragraph(console, _ready(repository.readiness))
        if not score.parts:
            rows.show([r for r in repository.results if r.rule.criterion == score.id], console)
        for part in score.parts:
            _show_part(repository, part, rows, console)


def _ready(readiness: Readiness) -> Text:
    """How likely a stranger's run succeeds."""
    of = f"{readiness.clear} of {readiness.runnable} notebooks or scripts have nothing in them that would stop a run"
    return Text.assemble((f"Readiness {readiness.score:.2f}", "bold"), dim(f"  {of}"))


def _name(repository: RepositoryReport) -> str:
    """The name; of a project, the folder it lies in."""
    return clean(repository.folder or repository.full_name, 80)


def _show_projects(repository: RepositoryReport, criteria: Sequence[Criterion], console: Console, marks: Marks) -> None:
    """Write a line for each project of a collection; what follows is the repository as a whole."""
    if not repository.whole:
        return
    count, whole = len(repository.projects), repository.whole.value
    made = f"Made of its {count} projects, each judged by itself, and of the repository as a whole: {whole:.0f} of 100."
    console.print()
    paragraph(console, Text(made))
    console.print()
    show_listing("project", repository.projects, criteria, console, marks)
    paragraph(console, dim("--show PROJECT shows one of them in full."))
    console.print()
    console.print(Text("The repository as a whole", style="bold"))


def _show_part(repository: RepositoryReport, part: PartScore, rows: Rows, console: Console) -> None:
    line = _scored(Text(f"  {part.id:<16}"), part, rows.marks)
    console.print(line.append(_evidence(dict(repository.rungs).get(part.id), part), style="dim"))
    replace(rows, indent=4).show([r for r in repository.results if r.rule.part == part.id], console)


def _evidence(rung: Rung | None, part: PartScore) -> str:
    """How far the evidence goes; some of what earns points stands on no rung of the ladder."""
    if rung is not None:
        return f"   evidence: {rung.label}"
    if part.score is None:
        return ""
    return "   evidence: preparation only" if part.score else "   no evidence"


def _scored(title: Text, score: CriterionScore | PartScore, marks: Marks) -> Text:
    share = "  not judged" if score.score is None else f"  {100 * score.score:3.0f} %"
    return title.append_text(bar(score.score, _BAR, marks)).append(share)


def _about(repository: RepositoryReport) -> Text:
    kind = repository.kind
    text = Text.assemble(kind.id, (f": {clean(kind.reason, 120)}", "dim"))
    for at in kind.evidence[:1]:
        text.append(", ", style="dim").append_text(place(at, repository))
    text.append("" if kind.counted else "; not counted as a portfolio piece", style="dim")
    coverage = repository.coverage
    commit = "" if isinstance(repository.commit, Unavailable) else f" at commit {clean(repository.commit, 40)[:10]}"
    unread = f", {coverage.unread:,} could not be read" if coverage.unread else ""
    text.append(f"\n{coverage.files:,} files{commit}, {coverage.read:,} of them looked into{unread}", style="dim")
    return text
