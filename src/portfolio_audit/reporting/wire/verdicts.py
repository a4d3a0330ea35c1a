"""The JSON export, version 1: what rules said, where, and what it makes of the score.

The descriptions below each field are the documentation that users get: docs/json.md and the JSON Schema are made of
them. Within version 1 fields may be added, with a default; none goes, and none changes its meaning.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field

from portfolio_audit.model.result import LIKELY_BELOW

FORM = ConfigDict(
    use_attribute_docstrings=True, allow_inf_nan=False, json_schema_serialization_defaults_required=True, strict=True
)
"""How every type is read: no guessing from one type to another, no numbers that are none."""
MOST = 2**31 - 1
"""No number in a report is larger."""
Address = Annotated[str, Field(pattern=r'^https?://[^\s<>"/?#][^\s<>"]*$')]
Count = Annotated[int, Field(ge=1, le=MOST)]
Points = Annotated[float, Field(ge=0, le=MOST)]
Score = Annotated[float, Field(ge=0, le=100)]
Share = Annotated[float, Field(ge=0, le=1)]
Severity = Literal["info", "low", "medium", "high"]
Outcome = Literal["pass", "partial", "fail", "not_applicable", "unknown"]
Effort = Literal["15m", "1h", "4h", "1d", "3d"]


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a repository; an empty path is the repository as a whole."""

    __pydantic_config__: ClassVar[ConfigDict] = FORM
    path: str
    """From the root of the repository; in results of the profile, `owner/name/path`."""
    line: Count | None = None
    """Counted from 1 in the file, in a notebook that of the JSON; null if it is about the whole file."""
    cell: Count | None = None
    """Of a notebook, counted from 1."""
    note: str = ""
    """What was seen there, in a few words."""
    url: Address | None = None
    """The line on GitHub at the commit that was audited; null when commit or page are not known."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where a rule is not met."""

    __pydantic_config__: ClassVar[ConfigDict] = FORM
    fingerprint: str
    """Stays the same when the finding moves: made of the rule, the path and the text of the line, not of its number.
    Unique among the findings of a repository and of the projects in it."""
    path: str
    """From the root of the repository; empty if it is about the repository as a whole."""
    line: Count | None = None
    """Counted from 1; null if it is about the whole file."""
    cell: Count | None = None
    """Of a notebook, counted from 1."""
    note: str = ""
    """What was seen there, in a few words."""
    url: Address | None = None
    """The line on GitHub at the commit that was audited; null when commit or page are not known."""


@dataclass(frozen=True, slots=True)
class ShortFix:
    """What to do about it; the steps stand under `rules`."""

    __pydantic_config__: ClassVar[ConfigDict] = FORM
    title: str
    """One line, in the imperative."""
    effort: Effort
    """How long it takes someone who knows the project; a day has eight hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one rule says of a repository, of a project in it, or of the profile."""

    __pydantic_config__: ClassVar[ConfigDict] = FORM
    rule: str
    """The id of the rule, a key of `rules`."""
    criterion: str
    """The id of the criterion it belongs to."""
    part: str | None
    """The part of `depth` it belongs to; null elsewhere."""
    title: str
    """The defect, as one line."""
    severity: Severity
    """How much a finding hurts."""
    outcome: Outcome
    """Only `pass`, `partial` and `fail` count in scores."""
    points: Points
    """Earned."""
    possible: Points
    """What the rule is worth here; 0 when it was not judged."""
    message: str
    """What is missing; empty when nothing is."""
    reason: str
    """Why the outcome is unknown or not applicable; empty otherwise."""
    suppressed: str | None = None
    """The reason the user gave for silencing it; null if it is not silenced. It counts as unmet all the same."""
    confidence: Share | None = None
    """How often careful readers agreed with such an outcome of this rule; null when that was not measured."""
    fix: ShortFix
    """How to meet the rule."""
    evidence: tuple[Location, ...] = ()
    """What earned the points."""
    findings: tuple[Finding, ...] = ()
    """Where it shows that the rule is not met: at least one when the outcome is `partial` or `fail`."""

    @property
    def is_likely(self) -> bool:
        """Whether the outcome is only likely: measured, and not sure enough."""
        return self.confidence is not None and self.confidence < LIKELY_BELOW


@dataclass(frozen=True, slots=True)
class PartScore:
    """What a part of a criterion scores."""

    __pydantic_config__: ClassVar[ConfigDict] = FORM
    score: Share | None
    """0 to 1; null when nothing could be judged."""
    points: Points
    """Earned."""
    possible: Points
    """What could have been earned."""
    weight: Points
    """Its weight among the parts."""


@dataclass(frozen=True, slots=True)
class CriterionScore:
    """What a criterion scores."""

    __pydantic_config__: ClassVar[ConfigDict] = FORM
    score: Share | None
    """0 to 1; null when nothing could be judged."""
    points: Points
    """Earned."""
    possible: Points
    """What could have been earned."""
    weight: Points
    """Its weight among the criteria of the same scope."""
    parts: dict[str, PartScore] = field(default_factory=dict)
    """By id; only `depth` has parts."""


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One fix of the plan, best gain for the effort first."""

    __pydantic_config__: ClassVar[ConfigDict] = FORM
    rule: str
    """The id of the rule it meets."""
    repository: str | None
    """The full name of the repository; null when it is about the profile."""
    project: str | None
    """The folder of a project in a repository that has several; null elsewhere."""
    fix: str
    """The title of the fix."""
    effort: Effort
    """How long it takes someone who knows the project."""
    gain: Points
    """Points of 100 that it adds."""
    score: Score
    """Reached after this step and those before it."""
    grade: str
    """The letter of that score."""
    location: Location
    """Where to begin."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the audit could not do."""

    __pydantic_config__: ClassVar[ConfigDict] = FORM
    message: str
    """What, and why."""
    location: Location
    """Where."""
