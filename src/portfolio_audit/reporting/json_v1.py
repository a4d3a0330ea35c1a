"""The JSON export, schema version 1: a wire format of its own, never a dump of internal types.

The same report always gives the same bytes: keys are sorted, numbers rounded to four places.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC

import orjson

from portfolio_audit.model.fact import Problem
from portfolio_audit.model.location import Location
from portfolio_audit.model.report import PlanStep, PortfolioReport, Report, RepositoryReport
from portfolio_audit.model.result import Result
from portfolio_audit.model.rule import Fix
from portfolio_audit.model.score import CriterionScore, PartScore, Score
from portfolio_audit.model.snapshot import Unavailable

SCHEMA_VERSION = 1
Json = Mapping[str, object]


def render(report: Report) -> str:
    """The report as JSON, indented, with a newline at the end."""
    return orjson.dumps(_report(report), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS).decode() + "\n"


def _report(report: Report) -> Json:
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "portfolio-audit", "version": report.tool_version},
        "ruleset": {"version": report.ruleset_version},
        "at": report.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "target": _text(report.target),
        "grade": report.score.grade,
        "score": _number(report.score.value),
        "portfolio": _portfolio(report.portfolio) if report.portfolio else None,
        "repositories": [_repository(r) for r in report.repositories],
        "problems": _problems(report.problems),
        "unused_suppressions": list(report.unused_suppressions),
        "unread": [{"name": _text(u.name), "reason": _text(u.reason), "limited": u.limited} for u in report.unread],
        "left_out": [{"reason": reason, "count": count} for reason, count in report.left_out],
    }


def _portfolio(portfolio: PortfolioReport) -> Json:
    return {
        "name": _text(portfolio.name),
        "grade": portfolio.score.grade,
        "score": _number(portfolio.score.value),
        "pieces": [_text(name) for name in portfolio.pieces],
        "pieces_score": _number(portfolio.pieces_score),
        "criteria": _criteria(portfolio.score),
        "results": [_result(r) for r in portfolio.results],
        "plan": [_step(s) for s in portfolio.plan],
        "problems": _problems(portfolio.problems),
    }


def _repository(repository: RepositoryReport) -> Json:
    commit = repository.commit
    return {
        "name": _text(repository.name),
        "owner": _text(repository.owner),
        "full_name": _text(repository.full_name),
        "commit": None if isinstance(commit, Unavailable) else commit,
        "web_url": _text(repository.web_url),
        "kind": repository.kind.id,
        "kind_reason": _text(repository.kind.reason),
        "kind_locations": [_location(at) for at in repository.kind.evidence],
        "counted": repository.kind.counted,
        "grade": repository.score.grade,
        "score": _number(repository.score.value),
        "criteria": _criteria(repository.score),
        "rungs": {part: rung.label for part, rung in repository.rungs},
        "folder": _text(repository.folder) or None,
        "whole": _whole(repository.whole),
        "projects": [_repository(project) for project in repository.projects],
        "results": [_result(r) for r in repository.results],
        "plan": [_step(s) for s in repository.plan],
        "problems": _problems(repository.problems),
        "coverage": {
            "files": repository.coverage.files,
            "read": repository.coverage.read,
            "read_bytes": repository.coverage.read_bytes,
            "unread": repository.coverage.unread,
        },
    }


def _whole(score: Score | None) -> Json | None:
    return {"grade": score.grade, "score": _number(score.value)} if score else None


def _criteria(score: Score) -> Json:
    return {criterion.id: _criterion(criterion) for criterion in score.criteria}


def _criterion(criterion: CriterionScore) -> Json:
    parts = {"parts": {part.id: _scored(part) for part in criterion.parts}} if criterion.parts else {}
    return {**_scored(criterion), **parts}


def _scored(scored: CriterionScore | PartScore) -> Json:
    return {
        "score": None if scored.score is None else _number(scored.score),
        "points": _number(scored.earned),
        "possible": _number(scored.possible),
        "weight": _number(scored.weight),
    }


def _result(result: Result) -> Json:
    """``locations`` are the evidence, then where the findings are."""
    return {
        "rule": result.rule.id,
        "criterion": result.rule.criterion,
        "part": result.rule.part or None,
        "title": result.rule.title,
        "severity": result.rule.severity.value,
        "outcome": result.outcome.value,
        "points": _number(result.points),
        "possible": _number(result.possible),
        "message": _text(result.message),
        "reason": _text(result.reason),
        "suppressed": None if result.suppressed is None else _text(result.suppressed),
        "locations": [_location(at) for at in (*result.evidence, *(f.at for f in result.findings))],
        "fix": _fix(result.rule.fix),
    }


def _fix(fix: Fix) -> Json:
    return {"title": fix.title, "effort": fix.effort.value, "steps": list(fix.steps), "links": list(fix.links)}


def _step(step: PlanStep) -> Json:
    return {
        "rule": step.rule,
        "repository": _text(step.repository) or None,
        "project": _text(step.project) or None,
        "fix": step.fix.title,
        "effort": step.fix.effort.value,
        "gain": _number(step.gain),
        "score": _number(step.score),
        "grade": step.grade,
        "location": _location(step.at),
    }


def _problems(problems: Iterable[Problem]) -> list[Json]:
    return [{"message": _text(p.message), "location": _location(p.at)} for p in problems]


def _location(at: Location) -> Json:
    return {"path": _text(at.path), "line": at.line or None, "cell": at.cell or None, "note": _text(at.note)}


def _text(text: str) -> str:
    """Text that is valid Unicode: undecodable bytes in paths arrive as surrogates."""
    return text.encode("utf-8", "replace").decode()


def _number(value: float) -> float:
    return round(float(value), 4)
