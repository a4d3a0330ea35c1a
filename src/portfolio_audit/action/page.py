"""A Markdown page that ends before it is too long, always after something whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

COMMENT = 65_000
"""Characters of a comment; GitHub takes 65,536, and our marker is one of its lines."""
SUMMARY = 900_000
"""Bytes of a job summary; GitHub takes 1 MiB."""


def size_of(text: str) -> int:
    """How long GitHub takes it for, in whichever of its counts is greater."""
    return len(text.encode("utf-8", "replace"))


@dataclass(slots=True)
class Page:
    """Pieces of Markdown, as many as there is room for; ``reserved`` is kept for what closes the page."""

    limit: int = COMMENT
    reserved: int = 600
    pieces: list[str] = field(default_factory=list)
    used: int = 0

    def add(self, *lines: str) -> bool:
        """Add lines as one whole, if there is room for all of them."""
        text = "".join(f"{line}\n" for line in lines)
        if self.used + size_of(text) > self.limit - self.reserved:
            return False
        self._put(text)
        return True

    def items(self, items: Iterable[str], left: str) -> None:
        """Add items of a list until there is no room; ``left`` says how many are missing (``{}``)."""
        waiting = list(items)
        added = 0
        for item in waiting:
            if not self.add(item):
                break
            added += 1
        if added < len(waiting):
            self._put(f"{left.format(len(waiting) - added)}\n")

    def fold(self, title: str, items: Iterable[str], left: str, head: Iterable[str] = ()) -> None:
        """Add a part that is folded, if there is anything in it."""
        waiting = list(items)
        if waiting and self.add("", f"<details><summary>{title}</summary>", "", *head):
            self.items(waiting, left)
            self._put("\n</details>\n")

    def _put(self, text: str) -> None:
        self.pieces.append(text)
        self.used += size_of(text)

    def __str__(self) -> str:
        return "".join(self.pieces)
