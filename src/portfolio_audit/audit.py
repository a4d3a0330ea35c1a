"""The pipeline: source → snapshot → facts → results → scores → report. Start reading here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from portfolio_audit import __version__
from portfolio_audit.engine.evaluate import evaluate
from portfolio_audit.engine.fingerprints import fingerprinted
from portfolio_audit.engine.suppressions import suppressed, unused_suppressions
from portfolio_audit.evidence import profile
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.judging import Judged, collect, judge, with_links_checked
from portfolio_audit.model.fact import Evidence, Problem
from portfolio_audit.model.globs import matcher
from portfolio_audit.model.location import Location
from portfolio_audit.model.profile import Profile
from portfolio_audit.model.report import PortfolioReport, Report, RepositoryReport
from portfolio_audit.model.rule import Scope
from portfolio_audit.model.snapshot import Snapshot
from portfolio_audit.parallel import judge_member, judges
from portfolio_audit.planning import plan_portfolio
from portfolio_audit.scoring import UNGRADED, score_pieces, score_portfolio, score_results, ungraded
from portfolio_audit.settings import Settings
from portfolio_audit.sources.base import Source
from portfolio_audit.sources.hosted import HostedPortfolio
from portfolio_audit.sources.portfolio import read_portfolio

Progress = Callable[[str, int, int], None]
"""Called with the name of what was just audited, how many are done, and how many there are."""
JudgeEach = Callable[[Iterable[Snapshot]], Iterator[tuple[Snapshot, Judged]]]
"""Judges snapshots as they come."""


def audit_repository(target: str, settings: Settings, hosted: Source | None = None) -> Report:
    """Audit one repository, here or where it is ``hosted``; raises SourceError when it cannot be read."""
    return audit_snapshot(collect(target, settings, hosted), target, settings)


def audit_snapshot(snapshot: Snapshot, target: str, settings: Settings, within: Documents | None = None) -> Report:
    """Audit what was read of one repository; ``target`` is what it is called in the report.

    ``within`` are documents whose texts need not be parsed again: those of other commits.
    """
    report = judge(with_links_checked(snapshot, settings), settings, within).report
    return _report(target, settings, (report,), unused=unused_suppressions(settings.ruleset, report.results))


def audit_portfolio(folder: str, settings: Settings, progress: Progress | None = None) -> Report:
    """Audit every repository in a folder as one portfolio; one that cannot be read becomes a problem."""
    found = read_portfolio(folder)
    skipped = matcher(settings.exclude)
    members = [member for member in found.members if not skipped(member.name)]
    judged: list[Judged] = []
    problems: list[Problem] = []
    with judges(settings, len(members)) as each:
        for done, (member, outcome) in enumerate(each(judge_member, members), start=1):
            if isinstance(outcome, Judged):
                judged.append(outcome)
            else:
                problems.append(Problem(outcome, Location(member.name)))
            if progress:
                progress(member.name, done, len(members))
    return _portfolio_report(found.name, settings, found.profile, judged, tuple(problems))


def audit_account(
    portfolio: HostedPortfolio, judge_each: JudgeEach, settings: Settings, progress: Progress | None = None
) -> Report:
    """Audit the repositories of an account on GitHub as one portfolio; they are judged while others are being read.

    A repository that cannot be read is listed as unread, with the reason, and never as one that lacks something.
    """
    judged: list[Judged] = []
    for done, (snapshot, one) in enumerate(judge_each(portfolio.snapshots()), start=1):
        judged.append(one)
        if progress:
            progress(snapshot.name, done + len(portfolio.unread), portfolio.count)
    report = _portfolio_report(portfolio.name, settings, portfolio.profile, judged, portfolio.problems, portfolio)
    return replace(report, unread=tuple(portfolio.unread), left_out=portfolio.left_out)


def _portfolio_report(
    folder: str,
    settings: Settings,
    person: Profile,
    judged: list[Judged],
    problems: tuple[Problem, ...],
    hosted: HostedPortfolio | None = None,
) -> Report:
    ruleset = settings.ruleset
    seen = _seen_of_profile(settings, person, judged, hosted)
    judged_rules = evaluate(ruleset, seen, kind="", texts={}, scope=Scope.PROFILE)
    results = fingerprinted(suppressed(judged_rules, ruleset, person.login))
    profile_score = score_results(ruleset, results, Scope.PROFILE)
    pieces = _pieces(judged)
    values = [piece.score.value for piece in pieces]
    made = score_pieces(ruleset, values)
    score = score_portfolio(ruleset, values, profile_score)
    portfolio = PortfolioReport(
        name=person.login or folder,
        score=ungraded(score) if hosted and hosted.unseen and not pieces else score,
        pieces=tuple(piece.full_name for piece in pieces[: made.count]),
        pieces_score=made.value,
        results=results,
        plan=plan_portfolio(ruleset, pieces, results, profile_score),
    )
    reports = tuple(sorted((j.report for j in judged), key=_rank))
    unused = unused_suppressions(ruleset, (*results, *(result for report in reports for result in report.results)))
    return _report(folder, settings, reports, portfolio=portfolio, problems=(*problems, *seen.problems), unused=unused)


def _seen_of_profile(
    settings: Settings, person: Profile, judged: list[Judged], hosted: HostedPortfolio | None
) -> Evidence:
    """What the profile and the repositories together show; open where some of them could not be read."""
    digests = tuple(j.digest for j in judged)
    seen = profile.extract(profile.Overview(person, digests, settings.vocabulary, settings.now))
    return profile.left_open(seen, hosted.unseen, hosted.passed_over) if hosted else seen


def _pieces(judged: list[Judged]) -> list[RepositoryReport]:
    """The repositories that count and could be graded, best first."""
    counted = (j.report for j in judged if j.report.kind.counted and j.report.score.grade != UNGRADED)
    return sorted(counted, key=lambda report: (-report.score.value, report.full_name))


def _rank(report: RepositoryReport) -> tuple[bool, float, str]:
    return (not report.kind.counted, -report.score.value, report.full_name)


def _report(
    target: str,
    settings: Settings,
    repositories: Iterable[RepositoryReport],
    *,
    portfolio: PortfolioReport | None = None,
    problems: tuple[Problem, ...] = (),
    unused: tuple[str, ...] = (),
) -> Report:
    return Report(
        tool_version=__version__,
        ruleset_version=settings.ruleset.version,
        at=settings.now,
        target=target,
        criteria=settings.ruleset.criteria,
        repositories=tuple(repositories),
        portfolio=portfolio,
        problems=problems,
        unused_suppressions=unused,
        grades=settings.ruleset.grades,
        standard=settings.standard,
    )
