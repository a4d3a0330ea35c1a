"""The hidden line at the head of a comment of ours, by which it is found again."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 65_536
"""Characters that GitHub takes in a comment."""
_LINE = re.compile(r"<!-- portfolio-audit key=([\w.-]{0,60}) commit=([0-9a-f]{7,64}) run=(\d{1,15})\.(\d{1,6}) -->")
_OUTSIDE = re.compile(r"[^\w.-]+", re.ASCII)
_KEY_LENGTH = 60


@dataclass(frozen=True, slots=True, order=True)
class Run:
    """Which run of which workflow wrote something: later ones are greater; 0 where there is none."""

    id: int = 0
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class Marker:
    """What a comment is about; ``key`` tells several audits of one repository apart, such as those of two folders."""

    commit: str
    run: Run = Run()
    key: str = ""

    def mark(self, text: str) -> str:
        """The text as a comment, with the hidden line before it."""
        line = (
            f"<!-- portfolio-audit key={_bare(self.key)} commit={self.commit} run={self.run.id}.{self.run.attempt} -->"
        )
        return f"{line}\n{text}"

    def is_same(self, other: Marker) -> bool:
        """Whether both stand for the same thing, of whatever commit."""
        return _bare(self.key) == _bare(other.key)


def marker_of(comment: str) -> Marker | None:
    """The marker of a comment; only in its first line, where no text of a repository ever stands."""
    found = _LINE.match(comment)
    return Marker(found[2], Run(int(found[3]), int(found[4])), found[1]) if found else None


def _bare(key: str) -> str:
    return _OUTSIDE.sub("-", key).strip("-")[:_KEY_LENGTH]
