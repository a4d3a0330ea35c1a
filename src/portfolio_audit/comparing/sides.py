"""One side of a comparison: what an audit said, cut down to what can change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from portfolio_audit.model.location import Location
from portfolio_audit.model.report import Report, RepositoryReport
from portfolio_audit.model.result import Finding, Outcome, Result
from portfolio_audit.model.snapshot import Unavailable


class Change(StrEnum):
    """What became of a finding; ``UNDECIDED`` when one of the two sides could not judge its rule."""

    NEW = "new"
    FIXED = "fixed"
    MOVED = "moved"
    UNCHANGED = "unchanged"
    UNDECIDED = "undecided"


class Cause(StrEnum):
    """Where a difference comes from; ``UNCLEAR`` when the repository changed and the rules or the tool did too."""

    NOTHING = "nothing"
    REPOSITORY = "repository"
    RULESET = "ruleset"
    TOOL = "tool"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Place:
    """A finding: where it is, and the fingerprint that stays the same when it moves in its file, empty if unknown."""

    at: Location
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rule said of one repository, of a project in it, or (both empty) of the profile."""

    repository: str
    project: str
    rule: str
    title: str
    outcome: Outcome
    points: float = 0.0
    message: str = ""
    places: tuple[Place, ...] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from every other verdict of the same audit."""
        return (self.repository, self.project, self.rule)


@dataclass(frozen=True, slots=True)
class Side:
    """An audit as it is compared.

    ``standard`` names the rules and weights that were in force, ``tool`` the version that judged by them;
    ``commits`` are the commits that were audited, by repository, empty where they are not known.
    """

    score: float
    grade: str
    standard: str
    tool: str
    commits: tuple[tuple[str, str], ...]
    verdicts: tuple[Verdict, ...]


def side_of(report: Report) -> Side:
    """A report as a side; silenced findings are left out, as the user wishes."""
    verdicts = [verdict for repository in report.repositories for verdict in _of_repository(repository)]
    if report.portfolio:
        verdicts += [_verdict("", "", result) for result in report.portfolio.results]
    return Side(
        score=report.score.value,
        grade=report.score.grade,
        standard=report.ruleset_version,
        tool=report.tool_version,
        commits=tuple(
            (r.full_name, "" if isinstance(r.commit, Unavailable) else r.commit) for r in report.repositories
        ),
        verdicts=tuple(verdicts),
    )


def _of_repository(repository: RepositoryReport) -> Iterator[Verdict]:
    for part in (repository, *repository.projects):
        yield from (_verdict(repository.full_name, part.folder, result) for result in part.results)


def _verdict(repository: str, project: str, result: Result) -> Verdict:
    rule = result.rule
    places = () if result.suppressed is not None else tuple(_places(result.findings))
    return Verdict(repository, project, rule.id, rule.title, result.outcome, result.points, result.message, places)


def _places(findings: Iterable[Finding]) -> Iterator[Place]:
    return (Place(finding.at) for finding in findings)
