"""Text from a repository made fit to show: nothing in it can move the cursor, change a colour or reorder a line."""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_UNSAFE = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def clean(text: str, limit: int = 300) -> str:
    """One line of at most ``limit`` characters without control, format (bidi), private or surrogate characters."""
    line = _SPACES.sub(" ", text[: 4 * limit]).strip()
    shown = "".join(REPLACEMENT if unicodedata.category(c) in _UNSAFE else c for c in line)
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"
