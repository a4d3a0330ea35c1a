"""The whole result of an audit as one immutable value; formats and publishers only read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from portfolio_audit.model.fact import Problem, Rung
from portfolio_audit.model.location import Location
from portfolio_audit.model.result import Result
from portfolio_audit.model.rule import NO_GRADES, Criterion, Fix, GradeScale
from portfolio_audit.model.score import Score
from portfolio_audit.model.snapshot import Unavailable


@dataclass(frozen=True, slots=True)
class Kind:
    """What a repository is, why we think so, and whether it counts as a portfolio piece."""

    id: str
    counted: bool
    reason: str
    evidence: tuple[Location, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One fix: what it gains (points of 100) and where doing it, after the steps before, leads.

    ``project`` is the folder of the project it is for, in a repository that has several.
    """

    rule: str
    repository: str
    fix: Fix
    gain: float
    score: float
    grade: str
    at: Location
    project: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a repository was read; bytes of text."""

    files: int
    read: int
    read_bytes: int
    unread: int


@dataclass(frozen=True, slots=True)
class Readiness:
    """How likely a stranger's run succeeds, 0 to 1, of how many notebooks or scripts, and how many look clear."""

    score: float
    runnable: int
    clear: int


@dataclass(frozen=True, slots=True)
class RepositoryReport:
    """One repository, judged; or one of the projects in it, then ``folder`` says where it lies.

    ``rungs`` gives the evidence-ladder rung reached in each depth part. ``projects`` are best first; if there are any,
    ``score`` joins what they score with what the repository scores as a ``whole``. ``readiness`` is None where nothing
    can be run, or too much could not be read.
    """

    name: str
    owner: str
    commit: str | Unavailable
    web_url: str
    kind: Kind
    score: Score
    results: tuple[Result, ...]
    plan: tuple[PlanStep, ...]
    problems: tuple[Problem, ...]
    coverage: Coverage
    rungs: tuple[tuple[str, Rung], ...] = ()
    folder: str = ""
    whole: Score | None = None
    projects: tuple[RepositoryReport, ...] = ()
    readiness: Readiness | None = None

    @property
    def full_name(self) -> str:
        """``owner/name``, or just the name when the owner is unknown."""
        return f"{self.owner}/{self.name}" if self.owner else self.name


@dataclass(frozen=True, slots=True)
class PortfolioReport:
    """The repositories together: the score follows the best ``pieces`` (names, best first)."""

    name: str
    score: Score
    pieces: tuple[str, ...]
    pieces_score: float
    results: tuple[Result, ...]
    plan: tuple[PlanStep, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """A repository that could not be read, and why; ``limited`` if a limit of requests was the reason.

    Of one that is ``empty`` nothing is left to be seen.
    """

    name: str
    reason: str
    limited: bool = False
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """Everything an audit found; ``portfolio`` is None when a single repository was audited.

    ``unused_suppressions`` are the rule ids of configured suppressions that silenced nothing. ``unread`` are
    repositories of which nothing is known; ``left_out`` says how many were not asked for, by reason.
    ``standard`` is the digest of the settings that can move a score.
    """

    tool_version: str
    ruleset_version: str
    at: datetime
    target: str
    criteria: tuple[Criterion, ...]
    repositories: tuple[RepositoryReport, ...]
    portfolio: PortfolioReport | None = None
    problems: tuple[Problem, ...] = ()
    unused_suppressions: tuple[str, ...] = ()
    unread: tuple[Unread, ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()
    grades: GradeScale = NO_GRADES
    standard: str = ""

    @property
    def score(self) -> Score:
        """The score the report is about: the portfolio's, else the repository's."""
        return self.portfolio.score if self.portfolio else self.repositories[0].score
