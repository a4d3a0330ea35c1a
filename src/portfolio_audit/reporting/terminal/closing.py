"""What the audit could not do, and what to type next."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from portfolio_audit.model.fact import Problem
from portfolio_audit.model.report import Report
from portfolio_audit.model.result import Outcome
from portfolio_audit.reporting.escaping import clean
from portfolio_audit.reporting.terminal.layout import dim, paragraph
from portfolio_audit.reporting.terminal.marks import Marks

_MOST_PROBLEMS = 8


def show_closing(report: Report, console: Console, marks: Marks) -> None:
    """Write the problems, unused suppressions, and the hints that help on."""
    console.print()
    _show_problems(list(_problems(report)), console)
    if report.left_out:
        told = ", ".join(f"{count} {reason}" for reason, count in report.left_out)
        paragraph(console, Text(f"Left out: {told}."))
    for rule in report.unused_suppressions:
        paragraph(console, Text(f"The suppression of {clean(rule, 60)} silenced nothing: remove it."))
    unknown = sum(r.outcome is Outcome.UNKNOWN for repository in report.repositories for r in repository.results)
    if unknown:
        what = "1 result is unknown and left" if unknown == 1 else f"{unknown} results are unknown and left"
        paragraph(console, Text(f"{what} out of the score."))
    paragraph(console, dim(f"portfolio-audit explain {_first_rule(report)} {marks.arrow} why a rule asks what it asks"))
    paragraph(console, dim("A static score is readiness: only running the work proves that it runs."))
    paragraph(console, dim(f"portfolio-audit {report.tool_version}, ruleset {report.ruleset_version}"))


def _show_problems(told: list[str], console: Console) -> None:
    if not told:
        return
    console.print(Text("What the audit could not do", style="bold"))
    for line in told[:_MOST_PROBLEMS]:
        paragraph(console, Text(line), indent=2)
    if len(told) > _MOST_PROBLEMS:
        console.print(dim(f"  and {len(told) - _MOST_PROBLEMS} more; --format json has them all"))
    console.print()


def _problems(report: Report) -> Iterator[str]:
    """Each problem with where it is; one that repositories share is told once."""
    told = [
        (_where(p), p.message) for p in (*report.problems, *(report.portfolio.problems if report.portfolio else ()))
    ]
    told += [
        (_where(p, r.name if report.portfolio else ""), p.message) for r in report.repositories for p in r.problems
    ]
    told += [(unread.name, f"not read: {unread.reason}") for unread in report.unread]
    shared: dict[str, list[str]] = {}
    for where, message in told:
        shared.setdefault(message, []).append(where)
    for message, places in shared.items():
        more = f" and {len(places) - 1} more" if len(places) > 1 else ""
        yield clean(f"{places[0]}{more}: {message}", 200)


def _where(problem: Problem, repository: str = "") -> str:
    return f"{repository}/{problem.at}" if repository and problem.at.path else repository or str(problem.at)


def _first_rule(report: Report) -> str:
    plans = [report.portfolio.plan if report.portfolio else (), *(r.plan for r in report.repositories)]
    return next((plan[0].rule for plan in plans if plan), "RULE")
