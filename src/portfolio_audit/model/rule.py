"""Rules, criteria and rulesets as loaded from YAML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from portfolio_audit.model.fact import FactSpec, Rung
from portfolio_audit.model.location import REPOSITORY, Location


class Severity(StrEnum):
    """How much a finding of a rule hurts, set by the rule."""

    INFO = "info"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Scope(StrEnum):
    """What a rule is asked about."""

    REPOSITORY = "repository"
    PROFILE = "profile"


@dataclass(frozen=True, slots=True)
class AllOf:
    """Holds when every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Holds when at least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Holds when its part does not."""

    part: Condition


@dataclass(frozen=True, slots=True)
class FactTest:
    """Holds when enough observations of a fact pass.

    ``names`` (exact, case-folded) and ``globs`` narrow a NAMES fact to some names; ``rung`` to observations
    at least that high; ``paths`` to observations located in files matching one of the globs.
    ``at_least``/``at_most``/``equals`` compare a NUMBER's value, or for the
    other types the count of distinct values (NAMES) or observations (FLAG). With no comparison: at least one.
    """

    fact: str
    names: tuple[str, ...] = ()
    globs: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    rung: Rung | None = None
    at_least: float | None = None
    at_most: float | None = None
    equals: float | None = None


@dataclass(frozen=True, slots=True)
class TextTest:
    """Holds when a linear-time pattern (RE2) is found in the text of a file matching a glob."""

    pattern: str
    files: tuple[str, ...]


Condition = AllOf | AnyOf | Not | FactTest | TextTest


class Effort(StrEnum):
    """How long a fix takes someone who knows the project."""

    MINUTES_15 = "15m"
    HOUR_1 = "1h"
    HOURS_4 = "4h"
    DAY_1 = "1d"
    DAYS_3 = "3d"

    @property
    def hours(self) -> float:
        """The effort in working hours (a day has eight)."""
        return {"15m": 0.25, "1h": 1.0, "4h": 4.0, "1d": 8.0, "3d": 24.0}[self.value]


@dataclass(frozen=True, slots=True)
class Fix:
    """What to do about a finding."""

    title: str
    effort: Effort
    steps: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Measured:
    """How often careful readers agreed with one outcome of a rule: ``right`` times ``of`` those they also judged."""

    outcome: str
    right: int
    of: int


@dataclass(frozen=True, slots=True)
class Rule:
    """One requirement: when it applies, when it holds, what it is worth and how to meet it.

    ``message`` is shown for fail and partial and may quote facts: ``{environment.unpinned_count}``.
    ``at`` names facts whose locations are shown with a failure; ``errs`` says where the rule itself does, and
    ``measured`` how often it was found to. ``page`` is the address of its documentation, empty for a user's own.
    """

    id: str
    criterion: str
    title: str
    points: float
    severity: Severity
    message: str
    why: str
    fix: Fix
    full: Condition
    partial: Condition | None = None
    part: str = ""
    scope: Scope = Scope.REPOSITORY
    kinds: tuple[str, ...] = ()
    when: Condition | None = None
    at: tuple[str, ...] = ()
    partial_share: float = 0.5
    errs: str = ""
    sources: tuple[str, ...] = ()
    measured: tuple[Measured, ...] = ()
    defined: Location = REPOSITORY
    page: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """A group of rules with a weight; ``parts`` gives the weight of each part, if it has parts."""

    id: str
    title: str
    question: str
    weight: float
    scope: Scope = Scope.REPOSITORY
    parts: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Suppression:
    """Findings of a rule silenced with a reason, everywhere or where the globs match."""

    rule: str
    reason: str
    repositories: tuple[str, ...] = ("*",)
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GradeScale:
    """Letter grades with the lowest score (0 to 100) that earns each, best first."""

    steps: tuple[tuple[str, float], ...]

    def grade(self, score: float) -> str:
        """The letter for a score of 0 to 100."""
        return next(letter for letter, least in self.steps if score >= least - 1e-9)

    @property
    def letters(self) -> tuple[str, ...]:
        """All letters, best first."""
        return tuple(letter for letter, _ in self.steps)


NO_GRADES = GradeScale(())
"""Where no grade is given."""


@dataclass(frozen=True, slots=True)
class Ruleset:
    """The rules in force with their weights: everything that turns evidence into a grade.

    ``ungraded_kinds`` are those in which there is nothing to grade, ``own_shares`` says how much of the full mark a
    kind can reach whose problem or frame somebody else set. ``piece_shares[k-1]`` is the share of the full mark that
    ``k`` portfolio pieces can reach;
    ``profile_weight`` is the share of the portfolio score that the profile-wide criteria have, ``project_weight`` the
    share of a repository's score that the projects in it have, if there are several.
    ``kinds`` gives the meaning of each kind of repository, ``facts`` the facts that conditions and messages name.
    """

    version: str
    rules: tuple[Rule, ...]
    criteria: tuple[Criterion, ...]
    grades: GradeScale
    counted_kinds: tuple[str, ...]
    piece_shares: tuple[float, ...]
    profile_weight: float
    project_weight: float
    ungraded_kinds: tuple[str, ...] = ()
    own_shares: Mapping[str, float] = field(default_factory=dict)
    suppressions: tuple[Suppression, ...] = ()
    kinds: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, FactSpec] = field(default_factory=dict)

    @property
    def standard(self) -> tuple[object, ...]:
        """All that decides about scores: no titles, messages or fixes, nor what is silenced."""
        rules = [
            (r.id, r.criterion, r.part, r.points, r.kinds, r.when, r.full, r.partial, r.partial_share)
            for r in self.rules
        ]
        weights = [(c.id, c.weight, tuple(c.parts.items())) for c in self.criteria]
        shares = (self.piece_shares, self.profile_weight, self.project_weight)
        kinds = (self.counted_kinds, self.ungraded_kinds, tuple(self.own_shares.items()))
        return (rules, weights, self.grades.steps, kinds, shares)

    def criterion(self, criterion_id: str) -> Criterion:
        """The criterion with that id."""
        return next(c for c in self.criteria if c.id == criterion_id)

    def rule(self, rule_id: str) -> Rule | None:
        """The rule with that id, or None."""
        return next((r for r in self.rules if r.id == rule_id), None)
