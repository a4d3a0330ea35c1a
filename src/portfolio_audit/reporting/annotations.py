"""GitHub's annotations: workflow commands on the standard output of a step, most useful first, at most ten.

Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from portfolio_audit.reporting.escaping import clean
from portfolio_audit.reporting.wire.report import Report
from portfolio_audit.reporting.wire.subjects import Subject, subjects
from portfolio_audit.reporting.wire.verdicts import Finding, Result

MOST = 10
"""GitHub shows no more than ten of a kind for each step."""
_LEVELS = {"high": "error", "medium": "warning", "low": "notice", "info": "notice"}


def render(report: Report) -> str:
    """One line a rule that is not met, at the first place where it shows: those of the plan first, in its order.

    In a portfolio the files are those of other repositories: then the message names the repository and the place.
    """
    planned = {step: place for place, step in enumerate(_planned(report))}
    unmet = [
        (one, result) for one in subjects(report) if _counts(one, report) for result in one.results if _told(result)
    ]

    def rank(unmet: tuple[Subject, Result]) -> tuple[int, float]:
        subject, result = unmet
        return planned.get((subject.name, result.rule), len(planned)), result.points - result.possible

    lines = (command(_level(r), *_said(subject, r, report)) for subject, r in islice(sorted(unmet, key=rank), MOST))
    return "".join(f"{line}\n" for line in lines)


def _planned(report: Report) -> Iterator[tuple[str, str]]:
    """Whose rule each step of the plan meets."""
    for step in report.portfolio.plan if report.portfolio else report.repositories[0].plan:
        yield "/".join(part for part in (step.repository, step.project) if part), step.rule


def command(level: str, message: str, properties: dict[str, str]) -> str:
    """A workflow command; nothing in message or properties can end it or begin another."""
    told = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{level} {told}::{_data(message)}"


def _counts(subject: Subject, report: Report) -> bool:
    """Whether it is what the grade is about: in a portfolio the profile, and the repositories that count."""
    return report.portfolio is None or subject.judged is None or subject.judged.counted


def _told(result: Result) -> bool:
    return bool(result.findings) and result.suppressed is None


def _level(result: Result) -> str:
    return _LEVELS[result.severity]


def _said(subject: Subject, result: Result, report: Report) -> tuple[str, dict[str, str]]:
    finding = result.findings[0]
    title = {"title": f"{result.rule}: {result.title}"}
    likely = "Likely: " if result.is_likely else ""
    advice = f"{likely}{clean(result.message)} {result.fix.title} ({result.fix.effort})."
    if report.portfolio:
        at = clean(":".join(_place(finding)))
        return f"{clean(subject.name) or 'The profile'}{f', {at}' if at else ''}: {advice}", title
    places = dict(zip(("file", "line"), _place(finding), strict=False))
    return advice, {**places, **title}


def _place(finding: Finding) -> Iterator[str]:
    if finding.path:
        yield finding.path
        yield from [str(finding.line)] if finding.line else []


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
