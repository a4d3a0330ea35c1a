"""Facts of repositories that are kept between audits, so that only what changed is looked at again.

Verdicts are made anew each time: rules, points and configuration may have changed, and judging takes little.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.origin import basis, state
from portfolio_audit.evidence.recording import read_sheet, write_sheet
from portfolio_audit.evidence.sheet import see
from portfolio_audit.judging import Judged, judge_sheet, said_kind, with_links_checked
from portfolio_audit.model.snapshot import Snapshot
from portfolio_audit.parallel import Judges
from portfolio_audit.settings import Settings


class Shelf(Protocol):
    """Where the fact sheet of each repository lies between audits, with the state it is of."""

    def sheet(self, repository: str) -> tuple[str, bytes] | None:
        """The state and the fact sheet of a repository, None if there is none."""
        ...

    def put_sheet(self, repository: str, state: str, sheet: bytes) -> None:
        """Keep a fact sheet in place of the last one."""
        ...


@dataclass(frozen=True, slots=True)
class Found:
    """One repository judged; ``sheet`` is what is to be kept of it, empty if nothing is."""

    judged: Judged
    state: str = ""
    sheet: bytes = b""


@dataclass(frozen=True, slots=True)
class FactMemory:
    """Judges snapshots by the facts that are kept of them; others are looked at, and kept.

    Without a ``shelf`` nothing is kept. ``refresh`` looks at everything again.
    """

    settings: Settings
    each: Judges
    shelf: Shelf | None = None
    refresh: bool = False

    def judged(self, snapshots: Iterable[Snapshot]) -> Iterator[tuple[Snapshot, Judged]]:
        """Every snapshot, judged, in the order given.

        Links that are asked whether they answer are part of what facts come of, and are found by looking: then nothing
        can be known before.
        """
        shelf = None if self.settings.check_links else self.shelf
        base = basis(self.settings.vocabulary) if shelf else ""
        for snapshot, found in self.each(partial(_look, base), snapshots, partial(self._known, shelf, base)):
            if shelf and found.sheet:
                shelf.put_sheet(snapshot.full_name, found.state, found.sheet)
            yield snapshot, found.judged

    def _known(self, shelf: Shelf | None, base: str, snapshot: Snapshot) -> Found | None:
        kept = shelf.sheet(snapshot.full_name) if shelf and not self.refresh else None
        kind = said_kind(snapshot, self.settings)
        sheet = read_sheet(kept[1]) if kept and kept[0] == state(snapshot, kind, base) else None
        documents = Documents(snapshot, self.settings.vocabulary)
        if sheet is None or not sheet.fits(documents, kind):
            return None
        return Found(judge_sheet(documents, sheet, self.settings))


def _look(base: str, snapshot: Snapshot, settings: Settings) -> Found:
    """Look at a repository and judge it; without a ``base`` nothing is kept."""
    snapshot = with_links_checked(snapshot, settings)
    documents, kind = Documents(snapshot, settings.vocabulary), said_kind(snapshot, settings)
    sheet = see(documents, kind)
    judged = judge_sheet(documents, sheet, settings)
    now = state(snapshot, kind, base) if base else ""
    return Found(judged, now, write_sheet(sheet) if now else b"")
