"""Where in a repository something stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A file, and if known the line (and for notebooks the cell), counted from 1.

    An empty ``path`` means the repository as a whole. ``note`` says what was seen there, in a few words.
    """

    path: str
    line: int = 0
    cell: int = 0
    note: str = ""

    def __str__(self) -> str:
        """Render as ``path:line``, or ``path[cell 3]:line`` in a notebook."""
        if not self.path:
            return "(repository)"
        cell = f"[cell {self.cell}]" if self.cell else ""
        return f"{self.path}{cell}:{self.line}" if self.line else f"{self.path}{cell}"


REPOSITORY = Location("")
"""The location of what is about the repository as a whole."""
