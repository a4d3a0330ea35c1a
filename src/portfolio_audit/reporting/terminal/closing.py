"""What the audit could not do, and what to type next."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from portfolio_audit.model.fact import Problem
from portfolio_audit.model.report import Report
from portfolio_audit.reporting.escaping import clean
from portfolio_audit.reporting.terminal.layout import width_of
from portfolio_audit.reporting.terminal.marks import Marks

_MOST_PROBLEMS = 8


def show_closing(report: Report, console: Console, marks: Marks) -> None:
    """Write the problems, unused suppressions, and the hints that help on."""
    problems = [*report.problems, *(report.portfolio.problems if report.portfolio else ())]
    told = [("", p) for p in problems] + [(r.name, p) for r in report.repositories for p in r.problems]
    console.print()
    if told:
        console.print(Text(f"Problems: {len(told)} that the audit could not do; rules that needed them say unknown"))
        for name, problem in told[:_MOST_PROBLEMS]:
            line = Text("  ") + Text(_told(name, problem, several=report.portfolio is not None), style="dim")
            console.print(line, width=width_of(console))
        if len(told) > _MOST_PROBLEMS:
            console.print(Text(f"  and {len(told) - _MOST_PROBLEMS} more", style="dim"))
    for rule in report.unused_suppressions:
        console.print(Text(f"The suppression of {clean(rule, 60)} silenced nothing: remove it."))
    unknown = sum(r.outcome.value == "unknown" for repository in report.repositories for r in repository.results)
    if unknown:
        console.print(Text(f"{unknown} results are unknown and left out of every score."))
    rule = _first_rule(report)
    console.print(Text(f"portfolio-audit explain {rule} {marks.arrow} why a rule asks what it asks", style="dim"))
    version = f"ruleset {report.ruleset_version}, portfolio-audit {report.tool_version}"
    console.print(Text(f"This is readiness, read from files: only running proves it. {version}", style="dim"))


def _told(name: str, problem: Problem, *, several: bool) -> str:
    where = f"{name}/{problem.at}" if several and name else str(problem.at)
    return clean(f"{where}: {problem.message}", 200)


def _first_rule(report: Report) -> str:
    plans = [report.portfolio.plan if report.portfolio else (), *(r.plan for r in report.repositories)]
    return next((plan[0].rule for plan in plans if plan), "RULE")
