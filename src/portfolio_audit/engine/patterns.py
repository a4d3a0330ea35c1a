"""Patterns that users' rules bring, on a linear-time engine: they meet text nobody vouches for."""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol, cast

import re2

LONGEST = 1000
_MEMORY = 8 << 20


class Match(Protocol):
    """Where a pattern was found."""

    def start(self) -> int:
        """The offset of its first byte."""
        ...


class Pattern(Protocol):
    """A compiled pattern over UTF-8."""

    def search(self, text: bytes) -> Match | None:
        """The first place it is found, or None."""
        ...


def problem(pattern: str) -> str:
    """Why a pattern cannot be used; empty if it can."""
    if len(pattern) > LONGEST:
        return f"it is longer than {LONGEST} characters"
    try:
        compiled(pattern)
    except re2.error as error:
        detail = error.args[0] if error.args else ""
        return detail.decode("utf-8", "replace") if isinstance(detail, bytes) else str(detail)
    return ""


@lru_cache(maxsize=512)
def compiled(pattern: str) -> Pattern:
    """The pattern, compiled once; bounded in memory, and mistakes raised rather than logged."""
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MEMORY
    return cast(Pattern, re2.compile(pattern.encode("utf-8", "replace"), options))
