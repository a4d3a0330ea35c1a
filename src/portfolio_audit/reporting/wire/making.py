"""A finished audit to the JSON export, version 1; the same report always gives the same export."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC
from functools import cache

from portfolio_audit.model import report as audit
from portfolio_audit.model.fact import Problem as AuditProblem
from portfolio_audit.model.result import Result as AuditResult
from portfolio_audit.model.rule import Criterion as AuditCriterion
from portfolio_audit.model.rule import Rule as AuditRule
from portfolio_audit.model.score import CriterionScore as AuditCriterionScore
from portfolio_audit.model.score import Score as AuditScore
from portfolio_audit.model.snapshot import Unavailable
from portfolio_audit.reporting.wire import report as wire
from portfolio_audit.reporting.wire.linking import Linked, web_url
from portfolio_audit.reporting.wire.text import number, text
from portfolio_audit.reporting.wire.verdicts import (
    CriterionScore,
    PartScore,
    PlanStep,
    Problem,
    Result,
    ShortFix,
)

TOOL = "portfolio-audit"


def export(report: audit.Report) -> wire.Report:
    """The report as it is exported."""
    linked = {r.full_name: Linked.to(r) for r in report.repositories}
    anywhere = Linked(within=linked)
    return wire.Report(
        schema_version=1,
        tool=wire.Tool(TOOL, report.tool_version),
        ruleset=wire.Ruleset(report.ruleset_version, report.standard),
        at=report.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        target=text(report.target),
        grade=report.score.grade,
        score=number(report.score.value),
        portfolio=_portfolio(report.portfolio, anywhere) if report.portfolio else None,
        repositories=tuple(_repository(r, linked[r.full_name]) for r in report.repositories),
        criteria=tuple(map(_criterion, report.criteria)),
        grades=tuple(wire.GradeStep(letter, number(least)) for letter, least in report.grades.steps),
        rules=_rules(report),
        problems=_problems(report.problems, anywhere),
        unused_suppressions=report.unused_suppressions,
        unread=tuple(wire.Unread(text(u.name), text(u.reason), u.limited) for u in report.unread),
        left_out=tuple(wire.LeftOut(reason, count) for reason, count in report.left_out),
    )


def _portfolio(portfolio: audit.PortfolioReport, linked: Linked) -> wire.Portfolio:
    return wire.Portfolio(
        name=text(portfolio.name),
        grade=portfolio.score.grade,
        score=number(portfolio.score.value),
        pieces=tuple(map(text, portfolio.pieces)),
        pieces_score=number(portfolio.pieces_score),
        criteria=_scores(portfolio.score),
        results=tuple(_result(r, linked) for r in portfolio.results),
        plan=tuple(_step(s, linked.of(s.repository)) for s in portfolio.plan),
        problems=_problems(portfolio.problems, linked),
    )


def _repository(repository: audit.RepositoryReport, linked: Linked) -> wire.Repository:
    kind, whole, covered = repository.kind, repository.whole, repository.coverage
    return wire.Repository(
        name=text(repository.name),
        owner=text(repository.owner),
        full_name=text(repository.full_name),
        commit=None if isinstance(repository.commit, Unavailable) else repository.commit,
        web_url=web_url(repository.web_url),
        kind=kind.id,
        kind_reason=text(kind.reason),
        kind_locations=tuple(map(linked.location, kind.evidence)),
        counted=kind.counted,
        grade=repository.score.grade,
        score=number(repository.score.value),
        criteria=_scores(repository.score),
        readiness=_readiness(repository.readiness),
        rungs={part: rung.label for part, rung in repository.rungs},
        folder=text(repository.folder) or None,
        whole=wire.Graded(whole.grade, number(whole.value)) if whole else None,
        projects=tuple(_repository(project, linked) for project in repository.projects),
        results=tuple(_result(r, linked) for r in repository.results),
        plan=tuple(_step(s, linked) for s in repository.plan),
        problems=_problems(repository.problems, linked),
        coverage=wire.Coverage(covered.files, covered.read, covered.read_bytes, covered.unread),
    )


def _readiness(ready: audit.Readiness | None) -> wire.Readiness | None:
    if ready is None:
        return None
    return wire.Readiness(score=number(ready.score), runnable=ready.runnable, clear=ready.clear)


def _scores(score: AuditScore) -> dict[str, CriterionScore]:
    return {criterion.id: _criterion_score(criterion) for criterion in score.criteria}


def _criterion_score(scored: AuditCriterionScore) -> CriterionScore:
    parts = {
        p.id: PartScore(_known(p.score), number(p.earned), number(p.possible), number(p.weight)) for p in scored.parts
    }
    earned, possible, weight = number(scored.earned), number(scored.possible), number(scored.weight)
    return CriterionScore(_known(scored.score), earned, possible, weight, parts)


def _known(score: float | None) -> float | None:
    return None if score is None else number(score)


def _result(result: AuditResult, linked: Linked) -> Result:
    rule, sure = result.rule, result.confidence
    return Result(
        rule=rule.id,
        criterion=rule.criterion,
        part=rule.part or None,
        title=rule.title,
        severity=rule.severity.value,
        outcome=result.outcome.value,
        points=number(result.points),
        possible=number(result.possible),
        message=text(result.message),
        reason=text(result.reason),
        suppressed=None if result.suppressed is None else text(result.suppressed),
        confidence=None if sure is None else round(sure, 2),
        fix=_short_fix(rule.fix.title, rule.fix.effort.value),
        evidence=tuple(map(linked.location, result.evidence)),
        findings=tuple(map(linked.finding, result.findings)),
    )


@cache
def _short_fix(title: str, effort: str) -> ShortFix:
    return ShortFix(title, effort)  # type: ignore[arg-type]  # the values of Effort


def _step(step: audit.PlanStep, linked: Linked) -> PlanStep:
    return PlanStep(
        rule=step.rule,
        repository=text(step.repository) or None,
        project=text(step.project) or None,
        fix=step.fix.title,
        effort=step.fix.effort.value,
        gain=number(step.gain),
        score=number(step.score),
        grade=step.grade,
        location=linked.location(step.at),
    )


def _problems(problems: Iterable[AuditProblem], linked: Linked) -> tuple[Problem, ...]:
    return tuple(Problem(text(p.message), linked.location(p.at)) for p in problems)


def _criterion(criterion: AuditCriterion) -> wire.Criterion:
    return wire.Criterion(
        criterion.id,
        criterion.title,
        criterion.question,
        criterion.scope.value,
        number(criterion.weight),
        {part: number(weight) for part, weight in criterion.parts.items()},
    )


def _rules(report: audit.Report) -> dict[str, wire.Rule]:
    """The rules of all results by id, in the order of the first who was asked them."""
    found: dict[str, AuditRule] = {}
    for results in _all_results(report):
        found.update((r.rule.id, r.rule) for r in results if r.rule.id not in found)
    return {rule_id: _rule(rule) for rule_id, rule in sorted(found.items())}


def _all_results(report: audit.Report) -> Iterable[tuple[AuditResult, ...]]:
    yield report.portfolio.results if report.portfolio else ()
    for repository in report.repositories:
        yield repository.results
        yield from (project.results for project in repository.projects)


def _rule(rule: AuditRule) -> wire.Rule:
    fix = wire.Fix(text(rule.fix.title), rule.fix.effort.value, rule.fix.steps, rule.fix.links)
    return wire.Rule(
        title=text(rule.title),
        criterion=rule.criterion,
        part=rule.part or None,
        severity=rule.severity.value,
        points=number(rule.points),
        why=text(rule.why),
        fix=fix,
        documentation=rule.page or None,
    )
