"""SARIF 2.1.0, for GitHub's code scanning and editors: one run a repository, one result a finding.

Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html, and what GitHub reads of it:
https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

import orjson

from portfolio_audit import DOCUMENTATION
from portfolio_audit.reporting.wire.report import Report, Repository, Rule
from portfolio_audit.reporting.wire.subjects import Subject, findings, subjects_of
from portfolio_audit.reporting.wire.verdicts import Finding, Problem, Result

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "portfolioAuditFinding/v1"
_LEVELS = {"high": "error", "medium": "warning", "low": "note", "info": "note"}
_IMPORTANCE = {"high": "error", "medium": "warning", "low": "recommendation", "info": "recommendation"}
_NO_FILE = "README.md"
"""Where what is about the repository as a whole is shown: GitHub shows no result without a file."""
Json = Mapping[str, object]


def render(report: Report) -> bytes:
    """A log with a run for every repository; what is asked of the profile has no files, and is left out."""
    rules = {rule_id: _rule(rule_id, rule) for rule_id, rule in report.rules.items()}
    runs = [_run(repository, report, rules) for repository in report.repositories]
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": runs}
    return orjson.dumps(log, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _run(repository: Repository, report: Report, rules: Mapping[str, Json]) -> Json:
    asked = sorted({result.rule for subject in subjects_of(repository) for result in subject.results})
    places = {rule: place for place, rule in enumerate(asked)}
    notices = [_notice(problem) for problem in repository.problems]
    origin = {"versionControlProvenance": [_origin(repository)]} if repository.web_url else {}
    return {
        "tool": {"driver": _driver(report, [rules.get(rule, {"id": rule}) for rule in asked])},
        "automationDetails": {"id": f"portfolio-audit/{repository.full_name}/"},
        **origin,
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "endTimeUtc": report.at, "toolExecutionNotifications": notices}],
        "results": [
            _result(result, finding, subject, places)
            for subject in subjects_of(repository)
            for result, finding in findings(subject)
        ],
        "properties": {"grade": repository.grade, "score": repository.score, "kind": repository.kind},
    }


def _origin(repository: Repository) -> Json:
    revision = {"revisionId": repository.commit} if repository.commit else {}
    return {"repositoryUri": repository.web_url, **revision}


def _driver(report: Report, rules: Sequence[Json]) -> Json:
    return {
        "name": report.tool.name,
        "version": report.tool.version,
        "informationUri": f"{DOCUMENTATION}/index.md",
        "rules": rules,
    }


def _rule(rule_id: str, rule: Rule) -> Json:
    page = {"helpUri": rule.documentation} if rule.documentation else {}
    tags = [rule.criterion, rule.part] if rule.part else [rule.criterion]
    return {
        "id": rule_id,
        "name": "".join(word.capitalize() for word in rule_id.split("-")),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {"text": "\n".join(_help(rule, "- ")), "markdown": "\n".join(_help(rule, "1. "))},
        **page,
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": tags, "problem.severity": _IMPORTANCE[rule.severity], "points": rule.points},
    }


def _help(rule: Rule, mark: str) -> Iterator[str]:
    yield from (rule.why, "", f"{rule.fix.title} ({rule.fix.effort}):", "")
    yield from (f"{mark}{step}" for step in rule.fix.steps)
    yield from ([""] if rule.fix.links else [])
    yield from (f"<{link}>" for link in rule.fix.links)


def _result(result: Result, finding: Finding, subject: Subject, places: Mapping[str, int]) -> Json:
    silenced = [] if result.suppressed is None else [{"kind": "external", "justification": result.suppressed}]
    note = f" ({finding.note})" if finding.note else ""
    project = {"project": subject.project.folder} if subject.project else {}
    sure = {} if result.confidence is None else {"confidence": result.confidence}
    return {
        "ruleId": result.rule,
        "ruleIndex": places[result.rule],
        "kind": "fail",
        "level": _LEVELS[result.severity],
        "message": {"text": f"{result.message}{note} {result.fix.title} ({result.fix.effort})."},
        "locations": [_location(finding)],
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
        **({"suppressions": silenced} if silenced else {}),
        "properties": {"outcome": result.outcome, "lost": round(result.possible - result.points, 4), **sure, **project},
    }


def _location(finding: Finding) -> Json:
    cell = {"properties": {"cell": finding.cell}} if finding.cell else {}
    artifact = {"uri": quote(finding.path or _NO_FILE), "uriBaseId": "%SRCROOT%"}
    return {"physicalLocation": {"artifactLocation": artifact, "region": {"startLine": finding.line or 1}}, **cell}


def _notice(problem: Problem) -> Json:
    at = problem.location
    where = [_location(Finding("", at.path, at.line, at.cell))] if at.path else []
    return {"level": "warning", "message": {"text": problem.message}, "locations": where}
