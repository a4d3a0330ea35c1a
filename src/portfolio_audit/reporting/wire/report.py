"""The JSON export, version 1: the report as a whole. See verdicts.py for what the descriptions are used for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field

from portfolio_audit.reporting.wire.verdicts import (
    FORM,
    MOST,
    Address,
    CriterionScore,
    Effort,
    Location,
    PlanStep,
    Points,
    Problem,
    Result,
    Score,
    Severity,
)

SCHEMA_VERSION = 1
Number = Annotated[int, Field(ge=0, le=MOST)]


@dataclass(frozen=True, slots=True)
class Tool:
    """What made the report."""

    __pydantic_config__: ClassVar[ConfigDict] = FORM
    name: str
    """`portfolio-audit`."""
    version: str
    """Its version."""


@dataclass(frozen=True, slots=True)
class Ruleset:
    """The rules in force."""

    __pydantic_config__: ClassVar[ConfigDict] = FORM
    version: str
    """The version of the shipped rules."""
    digest: str = ""
    """Changes with anything that can move a score: rules, points, weights, grades, also those of a configuration."""


@dataclass(frozen=True, slots=True)
class GradeStep:
    """A letter, and what earns it."""

    __pydantic_config__: ClassVar[ConfigDict] = FORM
    grade: str
    """The letter."""
    least: Score
    """The lowest score that earns it."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """A question a reviewer asks."""

    __pydantic_config__: ClassVar[ConfigDict] = FORM
    id: str
    """What results and scores name it by."""
    title: str
    """A name to show."""
    question: str
    """The reviewer's question."""
    scope: Literal["repository", "profile"]
    """Whether it is asked of each repository or of the profile as a whole."""
    weight: Points
    """Its weight among the criteria of the same scope."""
    parts: dict[str, Points] = field(default_factory=dict)
    """The weight of each part by its id, if it has parts."""


@dataclass(frozen=True, slots=True)
class Fix:
    """What to do about a finding."""

    __pydantic_config__: ClassVar[ConfigDict] = FORM
    title: str
    """One line, in the imperative."""
    effort: Effort
    """How long it takes someone who knows the project."""
    steps: tuple[str, ...]
    """In order."""
    links: tuple[Address, ...]
    """Where to read on."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that was asked: what is the same in every one of its results."""

    __pydantic_config__: ClassVar[ConfigDict] = FORM
    title: str
    """The defect, as one line."""
    criterion: str
    """The id of the criterion it belongs to."""
    part: str | None
    """The part of `depth` it belongs to; null elsewhere."""
    severity: Severity
    """How much a finding hurts."""
    points: Points
    """What it is worth where it is judged."""
    why: str
    """Why a reviewer cares."""
    fix: Fix
    """How to meet it."""
    documentation: Address | None = None
    """Its page, if it is a rule that comes with the tool."""


@dataclass(frozen=True, slots=True)
class Graded:
    """A score with its letter."""

    __pydantic_config__: ClassVar[ConfigDict] = FORM
    grade: str
    """The letter, `?` when nothing could be judged."""
    score: Score
    """0 to 100."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a repository was read."""

    __pydantic_config__: ClassVar[ConfigDict] = FORM
    files: Number
    """In the tree."""
    read: Number
    """Files whose text was read: those that rules may ask for."""
    read_bytes: Number
    """The size of that text."""
    unread: Number
    """Files that were wanted and could not be read; `problems` says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """How likely a stranger's run of what is there succeeds, as far as reading tells."""

    __pydantic_config__: ClassVar[ConfigDict] = FORM
    score: Annotated[float, Field(ge=0, le=1)]
    """0 to 1."""
    runnable: Annotated[int, Field(ge=0)]
    """Notebooks in Python, or where there is none, scripts that were looked at."""
    clear: Annotated[int, Field(ge=0)]
    """How many of them have nothing in them that would stop a run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """One repository; or one of the projects in it, then `folder` says where it lies and paths are the repository's."""

    __pydantic_config__: ClassVar[ConfigDict] = FORM
    name: str
    """Of the repository, or of the project."""
    owner: str
    """Empty when it is not known."""
    full_name: str
    """`owner/name`, or just the name."""
    commit: str | None
    """The commit that was audited; null for a plain folder."""
    web_url: Annotated[str, Field(pattern=r'^(https?://[^\s<>"/?#][^\s<>"]*)?$')]
    """Its page, empty when it is not known."""
    kind: str
    """What it is: `ml-project`, `coursework`, `fork`, …"""
    kind_reason: str
    """Why it is taken for that."""
    kind_locations: tuple[Location, ...] = ()
    """Where that shows."""
    counted: bool
    """Whether it counts as a piece of the portfolio."""
    grade: str
    """The letter, `?` when nothing could be judged."""
    score: Score
    """0 to 100."""
    criteria: dict[str, CriterionScore]
    """By id: the criteria that are asked of a repository."""
    readiness: Readiness | None = None
    """Null where nothing can be run."""
    rungs: dict[str, str] = field(default_factory=dict)
    """By part of `depth`, the highest rung of the evidence ladder that was seen: `declared`, `wired`, `exercised` or
    `observed`."""
    folder: str | None = None
    """Of a project, the folder it lies in; else null."""
    whole: Graded | None = None
    """Of a repository of several projects, what it scores as a whole: `criteria`, `rungs` and `results` belong to
    that, while `score` joins it with the projects'."""
    projects: tuple[Repository, ...] = ()
    """The projects in it, best first, if there are several."""
    results: tuple[Result, ...] = ()
    """What every rule says, in the order of the rules."""
    plan: tuple[PlanStep, ...] = ()
    """The fixes, best gain for the effort first."""
    problems: tuple[Problem, ...] = ()
    """Files that could not be read, with the reason."""
    coverage: Coverage
    """How much of it was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Portfolio:
    """The repositories together, and the criteria that are asked of the profile."""

    __pydantic_config__: ClassVar[ConfigDict] = FORM
    name: str
    """The account, or the folder."""
    grade: str
    """The letter, `?` when nothing could be judged."""
    score: Score
    """0 to 100."""
    pieces: tuple[str, ...]
    """The full names of the best pieces, which make the score, best first."""
    pieces_score: Score
    """What they reach together."""
    criteria: dict[str, CriterionScore]
    """By id: the criteria that are asked of the profile."""
    results: tuple[Result, ...] = ()
    """What every rule about the profile says."""
    plan: tuple[PlanStep, ...] = ()
    """The fixes over all repositories, best gain for the effort first."""
    problems: tuple[Problem, ...] = ()
    """What could not be seen of the profile."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A repository of which nothing is known."""

    __pydantic_config__: ClassVar[ConfigDict] = FORM
    name: str
    """Its full name."""
    reason: str
    """Why it could not be read."""
    limited: bool
    """Whether a limit of requests was the reason."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Repositories that were not asked for."""

    __pydantic_config__: ClassVar[ConfigDict] = FORM
    reason: str
    """Why: forks, archived, …"""
    count: Number
    """How many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything an audit found."""

    __pydantic_config__: ClassVar[ConfigDict] = FORM
    schema_version: Literal[1]
    """1. A reader of version 1 can read every report that says 1."""
    tool: Tool
    """What made the report."""
    ruleset: Ruleset
    """The rules in force."""
    at: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")]
    """The moment of the audit: UTC, ISO 8601."""
    target: str
    """What was audited, as given."""
    grade: str
    """The portfolio's, or that of the single repository; `?` when nothing could be judged."""
    score: Score
    """0 to 100, of the same."""
    portfolio: Portfolio | None = None
    """The repositories together; null when a single one was audited."""
    repositories: tuple[Repository, ...]
    """Every repository: those that count first, best first."""
    criteria: tuple[Criterion, ...] = ()
    """Every criterion, in the order to show them."""
    grades: tuple[GradeStep, ...] = ()
    """The scale, best first."""
    rules: dict[str, Rule] = field(default_factory=dict)
    """Every rule that was asked, by its id."""
    problems: tuple[Problem, ...] = ()
    """What the audit could not do; each repository has its own, too."""
    unused_suppressions: tuple[str, ...] = ()
    """Rules whose configured suppression silenced nothing."""
    unread: tuple[Unread, ...] = ()
    """Repositories that could not be read."""
    left_out: tuple[LeftOut, ...] = ()
    """How many repositories were not asked for, by reason."""
