"""Repositories that were executed, and how that ended: a table of ReproScore's public evaluation."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SUCCESS = "success"
NOT_STARTED = "install_dep"
"""The failure of installing, before anything ran: no failure of a run."""
PARTS = ("tune", "all")
"""Every third row is there to look at, and the rest stays untouched; ``all`` is for whoever judges at the end."""


@dataclass(frozen=True, slots=True)
class Executed:
    """One repository at the commit that was run; ``theirs`` is ReproScore's own static score, 0 to 100."""

    repository: str
    commit: str
    failure: str
    theirs: float

    @property
    def succeeded(self) -> bool:
        """Whether every notebook that was run came to its end."""
        return self.failure == SUCCESS


def read_executed(path: Path, part: str) -> Sequence[Executed]:
    """Read the runs of a part; KeyError or ValueError when the table has another form."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    chosen = rows if part == "all" else rows[::3]
    found = [Executed(r["repo"], r["cloned_commit"], r["failure_mode"], float(r["rrs"] or 0)) for r in chosen]
    return [row for row in found if row.failure != NOT_STARTED]
