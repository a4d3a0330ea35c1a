"""Where a tree could not be listed whole, in the same words for every source."""

from __future__ import annotations

from portfolio_audit.model.location import Location

DEEPEST = 4_096
"""The length of path below which folders are not opened."""


def not_listed(folder: str, reason: str) -> Location:
    """Say that the files of a folder are not in the tree."""
    return Location(folder[:DEEPEST], note=f"{reason}, so its files are not listed")


def cut_short(limit: int) -> Location:
    """Say that there are more files than are read of one repository."""
    return Location("", note=f"has more than {limit:,} files and folders, so only the first are listed")
