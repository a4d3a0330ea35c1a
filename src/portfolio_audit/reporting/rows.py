"""Tables of a report: one row a result, or one row a finding, each complete in itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from portfolio_audit.reporting.wire.report import Report
from portfolio_audit.reporting.wire.subjects import Subject, subjects
from portfolio_audit.reporting.wire.verdicts import Finding, Result

Row = Mapping[str, str | float | int | bool | None]


def result_rows(report: Report) -> Iterator[Row]:
    """A row for every result: whose, of which rule, and the first place of what is not met, else of the evidence."""
    for subject in subjects(report):
        start = _start(report, subject)
        for result in subject.results:
            yield {**start, **_judged(result), "findings": len(result.findings), **_first_place(result)}


def finding_rows(report: Report) -> Iterator[Row]:
    """A row for every finding."""
    for subject in subjects(report):
        start = _start(report, subject)
        for result in subject.results:
            judged = _judged(result) if result.findings else {}
            yield from ({**start, **judged, **_place(finding)} for finding in result.findings)


def _start(report: Report, subject: Subject) -> Row:
    about = subject.judged
    portfolio = report.portfolio
    return {
        "at": report.at,
        "portfolio": portfolio.name if portfolio else None,
        "repository": subject.repository.full_name if subject.repository else None,
        "project": subject.project.folder if subject.project else None,
        "commit": subject.repository.commit if subject.repository else None,
        "kind": about.kind if about else None,
        "counted": about.counted if about else None,
        "grade": about.grade if about else portfolio.grade if portfolio else None,
        "score": about.score if about else portfolio.score if portfolio else None,
    }


def _judged(result: Result) -> Row:
    return {
        "criterion": result.criterion,
        "part": result.part,
        "rule": result.rule,
        "title": result.title,
        "severity": result.severity,
        "outcome": result.outcome,
        "points": result.points,
        "possible": result.possible,
        "message": result.message,
        "reason": result.reason,
        "suppressed": result.suppressed,
        "confidence": result.confidence,
        "fix": result.fix.title,
        "effort": result.fix.effort,
    }


def _first_place(result: Result) -> Row:
    if result.findings:
        return _place(result.findings[0])
    first = result.evidence[0] if result.evidence else None
    return _place(Finding("", first.path, first.line, first.cell, first.note, first.url) if first else _NOWHERE)


_NOWHERE = Finding("", "")


def _place(finding: Finding) -> Row:
    return {
        "path": finding.path or None,
        "line": finding.line,
        "cell": finding.cell,
        "note": finding.note,
        "url": finding.url,
        "fingerprint": finding.fingerprint or None,
    }
