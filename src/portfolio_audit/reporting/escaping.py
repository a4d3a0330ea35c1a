"""Text from a repository made fit to show: nothing in it can move the cursor, change a colour or reorder a line."""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_UNSAFE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_COMBINING = frozenset({"Mn", "Me"})
_MOST_COMBINING = 3
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_ILLEGAL = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 does not allow, not even escaped: https://www.w3.org/TR/xml/#charsets."""


def clean(text: str, limit: int = 300) -> str:
    """One line of at most ``limit`` characters that shows as what it is.

    Control, format (bidi), private, unassigned and surrogate characters are replaced, and no character carries more
    than a few combining marks. The line is plain text: hand it to rich as ``Text``, never as markup.
    """
    line = _SPACES.sub(" ", text[: 4 * limit]).strip()
    shown = line if line.isascii() and line.isprintable() else _safe(line)
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def legal(text: str) -> str:
    """The text with a mark in place of every character that no XML document may hold."""
    return _ILLEGAL.sub(REPLACEMENT, text)


def _safe(line: str) -> str:
    kept: list[str] = []
    marks = 0
    for character in line:
        category = unicodedata.category(character)
        marks = marks + 1 if category in _COMBINING else 0
        if marks <= _MOST_COMBINING:
            kept.append(REPLACEMENT if category in _UNSAFE else character)
    return "".join(kept)
