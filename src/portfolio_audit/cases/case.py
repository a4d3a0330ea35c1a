"""What a rule case is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from portfolio_audit.model.location import Location
from portfolio_audit.model.profile import Profile
from portfolio_audit.model.result import Outcome
from portfolio_audit.model.snapshot import Snapshot

CASES_AT = datetime(2026, 1, 1, tzinfo=UTC)
"""The moment at which every case plays."""


@dataclass(frozen=True, slots=True)
class CaseRepository:
    """A made-up repository; an empty kind means the detected one."""

    snapshot: Snapshot
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the rule must say; ``at`` are places, ``path`` or ``path:line``, that must be among those it shows."""

    outcome: Outcome
    at: tuple[str, ...] = ()
    message: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One case of one rule; a case of a profile rule has a profile and any number of repositories.

    An ``example`` is shown in the documentation of its rule, before other cases with the same outcome.
    """

    rule: str
    name: str
    defined: Location
    expect: Expectation
    repositories: tuple[CaseRepository, ...]
    profile: Profile | None = None
    example: bool = False

    @property
    def id(self) -> str:
        """``rule/name``."""
        return f"{self.rule}/{self.name}"
