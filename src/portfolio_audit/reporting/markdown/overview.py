"""The grade, what it is made of, and what pays best."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from portfolio_audit.reporting.gfm import code, link, prose
from portfolio_audit.reporting.markdown.findings import place
from portfolio_audit.reporting.wire.report import Criterion, Portfolio, Report, Repository
from portfolio_audit.reporting.wire.verdicts import CriterionScore, PartScore, PlanStep

MOST_REPOSITORIES = 30
MOST_STEPS = 5
_EFFORTS = {"15m": "15 minutes", "1h": "1 hour", "4h": "4 hours", "1d": "1 day", "3d": "3 days"}
_NOT_JUDGED = "\N{EN DASH}"
_SHORT_COMMIT = 7


def overview(report: Report) -> Iterator[str]:
    """The page down to the folded findings: bounded, whatever the report holds."""
    if report.portfolio:
        yield from _portfolio(report, report.portfolio)
        plan: Iterable[PlanStep] = report.portfolio.plan
    else:
        yield from _single(report, report.repositories[0])
        plan = report.repositories[0].plan
    yield from _plan(list(plan))
    made = f"portfolio-audit {prose(report.tool.version, 30)}, rules {prose(report.ruleset.version, 30)}, {report.at}"
    yield from ("", f"<sub>{made}</sub>")


def _single(report: Report, repository: Repository) -> Iterator[str]:
    yield f"## {prose(repository.full_name, 80)}: {_graded(repository.grade, repository.score)}"
    because = f" ({prose(repository.kind_reason, 160)})" if repository.kind_reason else ""
    yield from ("", f"{prose(repository.kind, 40)}{because}{_commit(repository)}.", "")
    yield from _criteria(report, repository.criteria, "repository")


def _commit(repository: Repository) -> str:
    if not repository.commit:
        return ""
    page = f"{repository.web_url}/commit/{repository.commit}" if repository.web_url else None
    return f"; at {link(code(repository.commit[:_SHORT_COMMIT]), page)}"


def _portfolio(report: Report, portfolio: Portfolio) -> Iterator[str]:
    yield f"## {prose(portfolio.name, 80)}: {_graded(portfolio.grade, portfolio.score)}"
    yield ""
    yield from _repositories(report)
    yield from ("", *_criteria(report, portfolio.criteria, "profile"))


def _repositories(report: Report) -> Iterator[str]:
    counted = [one for one in report.repositories if one.counted]
    asked = [criterion for criterion in report.criteria if criterion.scope == "repository"]
    if counted:
        yield _row("repository", "grade", *(prose(criterion.title, 40) for criterion in asked))
        yield "|---|---|" + "--:|" * len(asked)
    for one in counted[:MOST_REPOSITORIES]:
        name = link(prose(one.full_name, 60), one.web_url)
        scores = (_percent(one.criteria.get(criterion.id)) for criterion in asked)
        yield _row(name, _graded(one.grade, one.score, of=""), *scores)
    if not_shown := list(_not_shown(report, len(counted))):
        yield from ("", f"Not shown: {', '.join(not_shown)}.")


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _not_shown(report: Report, counted: int) -> Iterator[str]:
    if counted > MOST_REPOSITORIES:
        yield f"{counted - MOST_REPOSITORIES} more pieces"
    others = Counter(one.kind for one in report.repositories if not one.counted)
    yield from (f"{count} {prose(kind, 40)}" for kind, count in sorted(others.items())[:MOST_REPOSITORIES])


def _criteria(report: Report, scores: Mapping[str, CriterionScore], scope: str) -> Iterator[str]:
    asked = [criterion for criterion in report.criteria if criterion.scope == scope and criterion.id in scores]
    if asked:
        yield from ("| criterion | of 100 | |", "|---|--:|---|")
        yield from (_criterion(criterion, scores[criterion.id]) for criterion in asked)


def _criterion(criterion: Criterion, scored: CriterionScore) -> str:
    parts = ", ".join(f"{prose(part, 40)} {_percent(of_part)}" for part, of_part in scored.parts.items())
    return _row(prose(criterion.title, 40), _percent(scored), parts or prose(criterion.question, 160))


def _percent(scored: CriterionScore | PartScore | None) -> str:
    return _NOT_JUDGED if scored is None or scored.score is None else f"{scored.score:.0%}".removesuffix("%")


def _graded(grade: str, score: float, of: str = " of 100") -> str:
    return "not judged" if grade == "?" else f"**{prose(grade, 8)}** ({score:.0f}{of})"


def _plan(steps: list[PlanStep]) -> Iterator[str]:
    if not steps:
        return
    yield from ("", "### What pays best", "")
    for number, step in enumerate(steps[:MOST_STEPS], start=1):
        at = ", ".join(told for told in (_whose(step), place(step.location)) if told)
        won = f"+{step.gain:.1f}, then {prose(step.grade, 8)}"
        yield f"{number}. **{prose(step.fix, 120)}**{f' in {at}' if at else ''}: {_EFFORTS[step.effort]}, {won}"
    if len(steps) > MOST_STEPS:
        yield from ("", f"{len(steps) - MOST_STEPS} more fixes are in the plan.")


def _whose(step: PlanStep) -> str:
    whose = "/".join(part for part in (step.repository, step.project) if part)
    return prose(whose, 80)
