"""One side of a comparison: what an audit said, cut down to what can change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from portfolio_audit.reporting.wire import Report
from portfolio_audit.reporting.wire.report import Repository
from portfolio_audit.reporting.wire.verdicts import Finding, Result


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
class Verdict:
    """What one rule said of one repository, of a project in it, or (both empty) of the profile."""

    repository: str
    project: str
    result: Result

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from every other verdict of the same audit."""
        return (self.repository, self.project, self.result.rule)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Where it shows; nowhere, if the user silenced it."""
        return self.result.findings if self.result.suppressed is None else ()


@dataclass(frozen=True, slots=True)
class Side:
    """An audit as it is compared.

    ``standard`` names the rules and weights that were in force, ``tool`` the version that judged by them;
    ``commits`` are the commits that were audited, by repository, None where they are not known.
    """

    score: float
    grade: str
    standard: str
    tool: str
    commits: tuple[tuple[str, str | None], ...]
    verdicts: tuple[Verdict, ...]


def side_of(report: Report) -> Side:
    """A report, just made or kept, as a side."""
    profile = report.portfolio.results if report.portfolio else ()
    return Side(
        score=report.score,
        grade=report.grade,
        standard=report.ruleset.digest or report.ruleset.version,
        tool=report.tool.version,
        commits=tuple(sorted((r.full_name, r.commit) for r in report.repositories)),
        verdicts=(
            *(verdict for repository in report.repositories for verdict in _of_repository(repository)),
            *(Verdict("", "", result) for result in profile),
        ),
    )


def _of_repository(repository: Repository) -> Iterator[Verdict]:
    for part in (repository, *repository.projects):
        yield from (Verdict(repository.full_name, part.folder or "", result) for result in part.results)
