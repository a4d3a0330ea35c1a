"""Text and numbers as every format can carry them."""

from __future__ import annotations

PLACES = 4


def text(value: str) -> str:
    """Text that is valid Unicode: undecodable bytes in paths arrive as surrogates, and become question marks."""
    return value if value.isascii() else value.encode("utf-8", "replace").decode()


def number(value: float) -> float:
    """A number rounded to four places."""
    return round(float(value), PLACES)
