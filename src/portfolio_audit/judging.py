"""One repository: snapshot → facts → results → score, a pure function of the snapshot and the settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from portfolio_audit import evidence, sources
from portfolio_audit.engine.conditions import fact_tests, text_globs
from portfolio_audit.engine.evaluate import evaluate
from portfolio_audit.engine.fingerprints import fingerprinted
from portfolio_audit.engine.suppressions import suppressed
from portfolio_audit.evidence import profile
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.nearby import Nearby
from portfolio_audit.evidence.projects import Project, projects
from portfolio_audit.evidence.reachable import to_ask
from portfolio_audit.evidence.sheet import FactSheet, see
from portfolio_audit.model.digest import Digest
from portfolio_audit.model.fact import Evidence, Problem, Rung
from portfolio_audit.model.globs import matcher
from portfolio_audit.model.kinds import RepositoryKind
from portfolio_audit.model.location import REPOSITORY
from portfolio_audit.model.report import Coverage, Kind, Readiness, RepositoryReport
from portfolio_audit.model.result import Result
from portfolio_audit.model.rule import Ruleset
from portfolio_audit.model.snapshot import Selection, Snapshot
from portfolio_audit.planning import plan_projects, plan_repository
from portfolio_audit.scoring import UNGRADED, score_repository, score_results
from portfolio_audit.settings import Settings
from portfolio_audit.sources.base import Source


@dataclass(frozen=True, slots=True)
class Judged:
    """One repository, judged, and what the profile-wide criteria need of it."""

    report: RepositoryReport
    digest: Digest


def collect(target: str, settings: Settings, hosted: Source | None = None) -> Snapshot:
    """Freeze one repository: its tree, and the text of the files that extractors and rules ask for.

    ``hosted`` is asked for what is no file or folder here.
    """
    return sources.collect(target, ref=settings.ref, select=selection(settings), limits=settings.limits, hosted=hosted)


def selection(settings: Settings) -> Selection:
    """Which files are read: those that extractors and rules ask for."""
    return partial(evidence.select, extra=text_globs(settings.ruleset))


def may_want(settings: Settings) -> Callable[[str], bool]:
    """Whether a file may be among those read, judged by its path alone."""
    return evidence.may_want(text_globs(settings.ruleset))


def with_links_checked(snapshot: Snapshot, settings: Settings) -> Snapshot:
    """The snapshot with what the addresses of its demos answered, if the settings ask for that."""
    if not settings.check_links:
        return snapshot
    from portfolio_audit.sources.liveness import answering  # noqa: PLC0415  # its 0.1 s are for who asks for it

    return replace(snapshot, alive=answering(to_ask(Documents(snapshot, settings.vocabulary))))


def judge(snapshot: Snapshot, settings: Settings, within: Documents | None = None) -> Judged:
    """Judge one snapshot: facts, results, scores, plan; a collection also project by project."""
    documents = Documents(snapshot, settings.vocabulary, within)
    return judge_sheet(documents, see(documents, said_kind(snapshot, settings)), settings)


def judge_sheet(documents: Documents, sheet: FactSheet, settings: Settings) -> Judged:
    """Judge what was seen in a repository: facts can be kept, and judged again by other rules."""
    judged = judge_evidence(documents.snapshot, sheet.whole, settings)
    nearby = Nearby(documents)
    report = replace(judged.report, results=fingerprinted(judged.report.results, nearby.text))
    judged = Judged(report, replace(judged.digest, fingerprints=sheet.fingerprints))
    if not sheet.projects:
        return judged
    parts = tuple(
        _judge_project(project, sheet.projects[project.folder], report, settings)
        for project in documents.once(projects)
    )
    parts = tuple(replace(p, results=fingerprinted(p.results, nearby.text, p.folder)) for p in parts)
    return _joined(judged, parts, settings.ruleset)


def judge_evidence(snapshot: Snapshot, seen: Evidence, settings: Settings) -> Judged:
    """Judge what was seen in a snapshot as a whole."""
    kind = _kind(snapshot, seen, settings)
    name = snapshot.full_name
    results = evaluate(settings.ruleset, seen, kind=kind.id, texts=snapshot.texts)
    results = suppressed(results, settings.ruleset, name)
    report = _report(snapshot, seen, kind, results, settings.ruleset)
    report = replace(report, plan=plan_repository(settings.ruleset, name, results, report.score))
    brief = snapshot.metadata.brief()
    digest = Digest(name, kind.id, kind.counted, report.score.value, brief, profile.digested(seen), report.rungs)
    return Judged(report, digest)


def _report(
    snapshot: Snapshot, seen: Evidence, kind: Kind, results: tuple[Result, ...], ruleset: Ruleset
) -> RepositoryReport:
    return RepositoryReport(
        name=snapshot.name,
        owner=snapshot.owner,
        commit=snapshot.commit,
        web_url=snapshot.web_url,
        kind=kind,
        score=score_results(ruleset, results, kind=kind.id),
        results=results,
        plan=(),
        problems=(*_gaps(snapshot), *seen.problems),
        coverage=_coverage(snapshot),
        rungs=_rungs(ruleset, seen),
        readiness=_readiness(seen),
    )


def _judge_project(project: Project, seen: Evidence, around: RepositoryReport, settings: Settings) -> RepositoryReport:
    """One project of a collection; its problems are already told of the repository."""
    kind = _kind(project.snapshot, seen, settings)
    name, ruleset = around.full_name, settings.ruleset
    results = evaluate(ruleset, seen, kind=kind.id, texts=project.snapshot.texts)
    results = suppressed((result.moved(project.placed) for result in results), ruleset, name)
    report = _report(project.snapshot, seen, kind, results, ruleset)
    steps = plan_repository(ruleset, name, results, report.score)
    return replace(
        report,
        kind=replace(kind, evidence=tuple(map(project.placed, kind.evidence))),
        plan=tuple(replace(step, project=project.folder) for step in steps),
        problems=(),
        folder=project.folder,
    )


def _joined(judged: Judged, parts: tuple[RepositoryReport, ...], ruleset: Ruleset) -> Judged:
    """A collection with the projects in it."""
    best = tuple(sorted(parts, key=lambda part: (-part.score.value, part.folder)))
    values = [part.score.value for part in best if part.score.grade != UNGRADED]
    whole = judged.report.score
    report = replace(judged.report, score=score_repository(ruleset, whole, values), whole=whole, projects=best)
    report = replace(report, plan=plan_projects(ruleset, report))
    folders = tuple(part.folder for part in best)
    return Judged(report, replace(judged.digest, score=report.score.value, projects=folders))


def said_kind(snapshot: Snapshot, settings: Settings) -> str:
    """What the configuration says a repository is, empty if nothing."""
    return next((kind for glob, kind in settings.kinds if matcher((glob,))(snapshot.full_name)), "")


def _kind(snapshot: Snapshot, seen: Evidence, settings: Settings) -> Kind:
    said = said_kind(snapshot, settings)
    if said:
        return Kind(said, said in settings.ruleset.counted_kinds, "the configuration says so")
    fact = next(iter(seen.known("repository.kind")), None)
    kind = str(fact.value) if fact else RepositoryKind.APPLICATION.value
    at = fact.at if fact else REPOSITORY
    return Kind(kind, kind in settings.ruleset.counted_kinds, at.note, (at,) if at.path else ())


def _rungs(ruleset: Ruleset, seen: Evidence) -> tuple[tuple[str, Rung], ...]:
    """The highest rung that the ladder facts behind each part's rules reach."""
    reached: dict[str, Rung] = {}
    for rule in ruleset.rules:
        asked = {test.fact for test in fact_tests(rule.full)} if rule.part else set()
        rungs = (seen.rung(fact_id) for fact_id in asked if ruleset.facts[fact_id].ladder)
        best = max((rung for rung in rungs if rung), default=None)
        if best:
            reached[rule.part] = max(best, reached.get(rule.part, best))
    return tuple(sorted(reached.items()))


def _readiness(seen: Evidence) -> Readiness | None:
    """How likely a run of what is there succeeds; None where nothing can be run."""
    if not seen.has("execution.readiness"):
        return None
    counts = (int(seen.number(f"execution.{name}")) for name in ("runnable", "clear"))
    return Readiness(seen.number("execution.readiness"), *counts)


def _gaps(snapshot: Snapshot) -> tuple[Problem, ...]:
    """Where the tree is not listed whole."""
    return tuple(Problem(f"is not listed whole: {at.note}", at) for at in snapshot.gaps)


def _coverage(snapshot: Snapshot) -> Coverage:
    read = [text for text in snapshot.texts.values() if isinstance(text, str)]
    return Coverage(len(snapshot.tree), len(read), sum(map(len, read)), len(snapshot.texts) - len(read))
