"""What a source is."""

from __future__ import annotations

from typing import Protocol

from portfolio_audit.model.snapshot import Limits, Selection, Snapshot


class Source(Protocol):
    """A module that turns one kind of target into snapshots."""

    def accepts(self, target: str) -> bool:
        """Whether the target is of this source's kind, judged without reading much."""
        ...

    def collect(self, target: str, *, ref: str | None, select: Selection, limits: Limits) -> Snapshot:
        """Read the target at a revision (None is the newest), bounded by the limits.

        Raises SourceError when there is nothing to read.
        """
        ...
