"""JUnit XML, as CI systems show test results: one suite a repository or project, one case a rule.

Source: https://github.com/testmoapp/junitxml
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from portfolio_audit.reporting.escaping import legal
from portfolio_audit.reporting.wire.report import Report
from portfolio_audit.reporting.wire.subjects import Subject, subjects
from portfolio_audit.reporting.wire.verdicts import Finding, Result

_UNMET = ("partial", "fail")


def render(report: Report) -> bytes:
    """A document of test suites. Silenced findings and rules that were not judged are skipped cases."""
    root = ET.Element("testsuites", name="portfolio-audit")
    for subject in subjects(report):
        root.append(_suite(subject, report))
    for count in ("tests", "failures", "errors", "skipped"):
        root.set(count, str(sum(int(suite.get(count, 0)) for suite in root)))
    ET.indent(root)
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _suite(subject: Subject, report: Report) -> ET.Element:
    name = subject.name or f"profile {report.portfolio.name if report.portfolio else ''}".strip()
    suite = ET.Element("testsuite", name=legal(name), timestamp=report.at.removesuffix("Z"))
    suite.extend([_case(result, name) for result in subject.results])
    counts = {"tests": "testcase", "failures": "testcase/failure", "skipped": "testcase/skipped"}
    for count, path in counts.items():
        suite.set(count, str(len(suite.findall(path))))
    suite.set("errors", "0")
    return suite


def _case(result: Result, name: str) -> ET.Element:
    group = f"{result.criterion}.{result.part}" if result.part else result.criterion
    case = ET.Element("testcase", classname=legal(f"{name}.{group}"), name=legal(result.rule))
    if result.findings and result.findings[0].path:
        case.set("file", legal(result.findings[0].path))
    if result.outcome in _UNMET and result.suppressed is None:
        failure = ET.SubElement(case, "failure", message=legal(result.message), type=result.outcome)
        failure.text = legal("\n".join(_told(result)))
    elif result.outcome != "pass":
        said = result.reason if result.suppressed is None else f"silenced: {result.suppressed}"
        ET.SubElement(case, "skipped", message=legal(said))
    return case


def _told(result: Result) -> Iterator[str]:
    yield f"{result.title}. {result.points:g} of {result.possible:g} points."
    yield f"To meet it ({result.fix.effort}): {result.fix.title}"
    yield from (_place(finding) for finding in result.findings if finding.path)


def _place(finding: Finding) -> str:
    cell = f"[cell {finding.cell}]" if finding.cell else ""
    line = f":{finding.line}" if finding.line else ""
    note = f" ({finding.note})" if finding.note else ""
    return f"{finding.path}{cell}{line}{note}"
