"""What a rule said about a repository."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from portfolio_audit.model.location import Location
from portfolio_audit.model.rule import Rule


class Outcome(StrEnum):
    """The five things a rule can say; only the first three are judged."""

    PASS = "pass"  # noqa: S105
    PARTIAL = "partial"
    FAIL = "fail"
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"

    @property
    def judged(self) -> bool:
        """Whether the outcome counts in the score."""
        return self in {Outcome.PASS, Outcome.PARTIAL, Outcome.FAIL}


@dataclass(frozen=True, slots=True)
class Finding:
    """One unmet rule at one place; ``fingerprint`` tells it again after it moved, empty while not known."""

    rule: str
    message: str
    at: Location
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of one rule, with the evidence for it.

    ``points`` is what was earned of ``possible`` (0 when not judged). ``evidence`` are the locations that made a
    condition hold; ``findings`` is non-empty exactly when the outcome is partial or fail. ``reason`` says why
    the outcome
    is unknown or not applicable. ``suppressed`` holds the user's reason when the findings are silenced.
    """

    rule: Rule
    outcome: Outcome
    points: float = 0.0
    evidence: tuple[Location, ...] = ()
    findings: tuple[Finding, ...] = ()
    message: str = ""
    reason: str = ""
    suppressed: str | None = None

    @property
    def possible(self) -> float:
        """What the rule is worth here: its points if judged, else 0."""
        return self.rule.points if self.outcome.judged else 0.0

    def moved(self, move: Callable[[Location], Location]) -> Result:
        """The same result with its locations seen from elsewhere."""
        findings = tuple(replace(finding, at=move(finding.at)) for finding in self.findings)
        return replace(self, evidence=tuple(map(move, self.evidence)), findings=findings)
