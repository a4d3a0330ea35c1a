"""A page that never grows over what GitHub takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MOST = 65_536
"""Characters of a comment that GitHub takes, counted as UTF-16 does."""
_RESERVED = 400
"""Room for what is said of findings that have none."""


@dataclass(frozen=True, slots=True)
class Section:
    """Lines below a summary, folded away."""

    summary: str
    lines: Sequence[str]


class Page:
    """Lines, added as long as there is room."""

    def __init__(self, most: int = MOST) -> None:
        self._lines: list[str] = []
        self._room = most - _RESERVED

    def add(self, *lines: str) -> None:
        """Add lines that are bounded themselves."""
        self._lines += lines
        self._room -= sum(map(size, lines))

    def fold(self, sections: Iterable[Section]) -> None:
        """Add sections, each as far as it has room for whole lines, and say how many lines had none."""
        missing = sum(self._folded(section) for section in sections)
        if missing:
            self.add("", f"*{missing} more findings have no room here; the report as JSON has them all.*")

    def text(self) -> str:
        """The page."""
        return "".join(f"{line}\n" for line in self._lines)

    def _folded(self, section: Section) -> int:
        """Add a section, and give the number of lines that had no room."""
        around = (["", f"<details><summary>{section.summary}</summary>", ""], ["", "</details>"])
        left = self._room - sum(size(line) for part in around for line in part)
        kept = 0
        for line in section.lines:
            left -= size(line)
            if left < 0:
                break
            kept += 1
        if kept:
            self.add(*around[0], *section.lines[:kept], *around[1])
        return len(section.lines) - kept


def size(line: str) -> int:
    """The characters of a line with its end, as UTF-16 counts them."""
    return len(line.encode("utf-16-le", "replace")) // 2 + 1
