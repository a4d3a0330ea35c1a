"""What is not met, folded away: one section a repository, project or profile, one line a rule."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio_audit.reporting.gfm import code, link, prose
from portfolio_audit.reporting.markdown.page import Section
from portfolio_audit.reporting.wire.report import Report
from portfolio_audit.reporting.wire.subjects import Subject, subjects
from portfolio_audit.reporting.wire.verdicts import Finding, Location, Result

_MOST_PLACES = 3


def folded(report: Report) -> Iterator[Section]:
    """The sections in the order of the report; none for whom everything is met."""
    for subject in subjects(report):
        unmet = [result for result in subject.results if result.findings]
        if unmet:
            count = f"{len(unmet)} {'rule is' if len(unmet) == 1 else 'rules are'} not met"
            yield Section(f"{_whose(subject)}: {count}", [_line(result, report) for result in unmet])


def place(at: Finding | Location) -> str:
    """A place as code, with a link to the line where it is known."""
    cell = f"[cell {at.cell}]" if at.cell else ""
    line = f":{at.line}" if at.line else ""
    label = code(f"{at.path}{cell}{line}") if at.path else ""
    return link(label, at.url)


def _whose(subject: Subject) -> str:
    return prose(subject.name, 80) or "The profile"


def _line(result: Result, report: Report) -> str:
    rule = report.rules.get(result.rule)
    named = link(code(result.rule), rule.documentation if rule else None)
    mark = "◐" if result.outcome == "partial" else "✗"
    places = [told for told in map(place, result.findings[:_MOST_PLACES]) if told]
    more = len(result.findings) - _MOST_PLACES
    at = f" ({', '.join(places)}{f' and {more} more' if more > 0 else ''})" if places else ""
    silenced = f" *Silenced: {prose(result.suppressed)}*" if result.suppressed is not None else ""
    likely = "*likely:* " if result.is_likely else ""
    return f"- {mark} {named} {likely}{prose(result.message)}{at}{silenced}"
