"""What a rule said about a repository."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from portfolio_audit.model.location import Location
from portfolio_audit.model.rule import Rule

LIKELY_BELOW = 0.85
"""Below this confidence a report says "likely"."""
_FEWEST = 5
"""Of how many judgements an outcome has to be measured to be called measured."""


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

    @property
    def confidence(self) -> float | None:
        """How sure the outcome is, 0 to 1: the share of such outcomes of this rule that careful readers agreed with.

        None where that was not measured on at least five. Few agreements are no certainty, hence Laplace's rule of
        succession: (right + 1) / (of + 2).
        Source: Laplace (1814), Essai philosophique sur les probabilités.
        """
        found = next((one for one in self.rule.measured if one.outcome == self.outcome.value), None)
        return (found.right + 1) / (found.of + 2) if found and found.of >= _FEWEST else None

    @property
    def is_likely(self) -> bool:
        """Whether the outcome is only likely: measured, and not sure enough."""
        return self.confidence is not None and self.confidence < LIKELY_BELOW

    def moved(self, move: Callable[[Location], Location]) -> Result:
        """The same result with its locations seen from elsewhere."""
        findings = tuple(replace(finding, at=move(finding.at)) for finding in self.findings)
        return replace(self, evidence=tuple(map(move, self.evidence)), findings=findings)
