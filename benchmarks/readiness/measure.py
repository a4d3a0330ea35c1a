"""The figures: area under the curve, also within pairs of like size, with bootstrap intervals."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.accuracy.compare import find_repository
from benchmarks.readiness.executed import Executed
from portfolio_audit import evidence
from portfolio_audit.errors import SourceError
from portfolio_audit.evidence.boundary import run
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.judging import collect
from portfolio_audit.parallel import judges
from portfolio_audit.settings import Settings

UNKNOWN = 0.5
"""What is said of a repository in which nothing can be run, or was read."""
_RATIO = 1.25


@dataclass(frozen=True, slots=True)
class Measured:
    """One executed repository with our readiness and the number of its code cells; None where nothing can be run."""

    executed: Executed
    readiness: float | None
    cells: int = 0
    at_commit: bool = True
    failure: str = ""


def measure(rows: Sequence[Executed], corpus: Path, settings: Settings) -> Iterator[Measured]:
    """Look at every executed repository that is there, at the commit that was run if that is there, else at HEAD."""
    there = [(one, path) for one in rows if (path := find_repository(corpus, one.repository))]
    with judges(settings, len(there)) as each:
        for _, measured in each(_looked, there):
            yield measured


def _looked(item: tuple[Executed, Path], settings: Settings) -> Measured:
    executed, path = item
    failure = ""
    for ref in (executed.commit, None):
        try:
            snapshot = collect(str(path), settings.at(ref))
        except SourceError as error:
            failure = str(error)
            continue
        documents = Documents(snapshot, settings.vocabulary)
        facts = run(evidence.execution, documents)
        found = (f.value for f in facts if f.id == "execution.readiness" and isinstance(f.value, float | int))
        cells = sum(len(notebook.code) for _, notebook in documents.notebooks())
        return Measured(executed, next(found, None), cells, at_commit=ref is not None)
    return Measured(executed, None, failure=failure)


def area(rows: Sequence[Measured], score: Callable[[Measured], float]) -> float | None:
    """The chance that a run which succeeded scores above one that failed, ties counted half (Hanley 1982)."""
    return _share(
        score(good) - score(bad)
        for good in rows
        if good.executed.succeeded
        for bad in rows
        if not bad.executed.succeeded
    )


def matched_area(rows: Sequence[Measured], score: Callable[[Measured], float]) -> float | None:
    """The same within pairs whose numbers of code cells differ by a quarter at most: size cannot decide these."""
    return _share(
        score(good) - score(bad)
        for good in rows
        if good.executed.succeeded
        for bad in rows
        if not bad.executed.succeeded and _alike(good.cells, bad.cells)
    )


def _alike(first: int, second: int) -> bool:
    low, high = sorted((max(first, 1), max(second, 1)))
    return high <= _RATIO * low


def _share(differences: Iterator[float]) -> float | None:
    won = [1.0 if d > 0 else 0.5 if d == 0 else 0.0 for d in differences]
    return sum(won) / len(won) if won else None


def ours(row: Measured) -> float:
    """Our readiness."""
    return UNKNOWN if row.readiness is None else row.readiness


def theirs(row: Measured) -> float:
    """ReproScore's static score, from its own table."""
    return row.executed.theirs


def smaller(row: Measured) -> float:
    """What size alone says: fewer code cells are better."""
    return -float(row.cells)


__all__ = ["Measured", "area", "matched_area", "measure", "ours", "smaller", "theirs"]
