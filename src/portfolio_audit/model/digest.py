"""What the profile-wide criteria need to know of one repository, small enough to keep for hundreds of them."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio_audit.model.fact import Evidence, Rung
from portfolio_audit.model.snapshot import Metadata


@dataclass(frozen=True, slots=True)
class Digest:
    """One audited repository in brief; ``evidence`` holds only the facts profile extractors ask for.

    ``projects`` are the folders of the projects in it, if it has several; ``fingerprints`` are hashes of its code.
    """

    name: str
    kind: str
    counted: bool
    score: float
    metadata: Metadata
    evidence: Evidence
    rungs: tuple[tuple[str, Rung], ...] = ()
    projects: tuple[str, ...] = ()
    fingerprints: frozenset[bytes] = frozenset()

    def reached(self, least: Rung) -> int:
        """In how many depth parts the evidence reaches at least this rung."""
        return sum(rung >= least for _, rung in self.rungs)
