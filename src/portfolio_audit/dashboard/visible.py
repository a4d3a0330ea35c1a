"""Text from a repository made fit for a page: one line, bounded, and nothing in it that cannot be seen."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 300
_SPACES = re.compile(r"\s+")
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_COMBINING = frozenset({"Mn", "Me"})
_MOST_COMBINING = 3


def visible(text: str, limit: int = LONGEST) -> str:
    r"""One line of at most ``limit`` characters; what reorders or hides text is written out, ``\u202e`` for instance.

    A line of a megabyte is cut before it is looked at.
    """
    line = text[: 4 * limit]
    if not (line.isascii() and line.isprintable()):
        line = _written_out(_SPACES.sub(" ", line))
    line = line.strip()
    return line if len(line) <= limit else line[: limit - 1] + "…"


def _written_out(line: str) -> str:
    shown: list[str] = []
    marks = 0
    for character in line:
        category = unicodedata.category(character)
        marks = marks + 1 if category in _COMBINING else 0
        if category in _UNSEEN:
            shown.append(f"\\u{ord(character):04x}")
        elif marks <= _MOST_COMBINING:
            shown.append(character)
    return "".join(shown)
