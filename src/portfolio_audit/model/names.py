"""Names of files, authors and branches, which git keeps as bytes of any encoding."""

from __future__ import annotations


def readable(name: bytes) -> str:
    """Give a file name or other short bytes as text that can be shown and stored, whatever they hold."""
    return name.decode("utf-8", "backslashreplace")
