"""Scores, from parts up to the portfolio."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PartScore:
    """A part of a criterion; ``score`` 0 to 1, None when nothing could be judged."""

    id: str
    score: float | None
    earned: float
    possible: float
    weight: float


@dataclass(frozen=True, slots=True)
class CriterionScore:
    """A criterion; ``score`` 0 to 1, None when nothing could be judged."""

    id: str
    score: float | None
    earned: float
    possible: float
    weight: float
    parts: tuple[PartScore, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """A score of 0 to 100 with its letter and the criteria it is made of.

    ``own`` is the share of what the criteria make that counts, since the rest is somebody else's.
    """

    value: float
    grade: str
    criteria: tuple[CriterionScore, ...] = ()
    own: float = 1.0

    def criterion(self, criterion_id: str) -> CriterionScore | None:
        """The score of one criterion, or None if it is not part of this score."""
        return next((c for c in self.criteria if c.id == criterion_id), None)
