"""The boundary that keeps a bug of ours from ending an audit: the file an extractor fails on is found and left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from itertools import islice
from typing import Protocol

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.model.fact import Evidence, Fact, FactSpec, Problem
from portfolio_audit.model.globs import matcher
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Unavailable

MOST_CULPRITS = 3
MOST_SUSPECTS = 4_000
_FAILED = "the extractor"
"""How every reason begins that a bug of ours makes."""


class Extractor(Protocol):
    """A module that sees one aspect of a repository."""

    @property
    def FACTS(self) -> tuple[FactSpec, ...]:  # noqa: N802  # a constant of the module
        """The facts it gives."""
        ...

    @property
    def WANTS(self) -> tuple[str, ...]:  # noqa: N802  # a constant of the module
        """Globs of the files it may read."""
        ...

    def extract(self, documents: Documents) -> Iterable[Fact]:
        """Give what is seen; reads nothing but ``documents``."""
        ...


def attempt(extract: Callable[[], Iterable[Fact]]) -> list[Fact] | Exception:
    """The facts, or what went wrong."""
    try:
        return list(extract())
    except Exception as error:  # noqa: BLE001  # the one boundary: an extractor's bug must not end the audit
        return error


def run(extractor: Extractor, documents: Documents) -> list[Fact]:
    """The facts of one extractor; where it fails, cannot read, or is not shown every file, they are undecided."""
    documents.missed.clear()
    outcome = attempt(partial(extractor.extract, documents))
    if isinstance(outcome, Exception):
        outcome = _spared(extractor, documents, outcome)
    else:
        outcome += _undecided(extractor, documents.missed)
    return outcome + _left_open(extractor, documents.snapshot.gaps)


def failed(specs: Iterable[FactSpec], error: Exception) -> list[Fact]:
    """Every fact undecided, for want of an extractor that works."""
    return [Fact(spec.id, Unavailable(f"{_FAILED} failed ({type(error).__name__})")) for spec in specs]


def has_failed(seen: Evidence) -> bool:
    """Whether some of it is not known for want of an extractor that works."""
    undecided = (fact.value.reason for fact in seen.facts if isinstance(fact.value, Unavailable))
    return any(reason.startswith(_FAILED) for reason in (*undecided, *(problem.message for problem in seen.problems)))


def _spared(extractor: Extractor, documents: Documents, error: Exception) -> list[Fact]:
    """The facts of an extractor that fails, without the files it fails on; a problem for each of them."""
    name = str(getattr(extractor, "__name__", extractor)).rpartition(".")[2]
    culprits: dict[str, str] = {}
    outcome: list[Fact] | Exception = error
    while isinstance(outcome, Exception) and len(culprits) < MOST_CULPRITS:
        culprit = _culprit(extractor, documents.without(culprits))
        if culprit is None or culprit in culprits:
            break
        culprits[culprit] = f"{_FAILED} '{name}' failed on it ({type(outcome).__name__})"
        spared = documents.without(culprits)
        outcome = attempt(partial(extractor.extract, spared))
    if isinstance(outcome, Exception):
        documents.problems.append(Problem(f"{_FAILED} '{name}' failed ({type(error).__name__})"))
        return failed(extractor.FACTS, error)
    documents.problems += [Problem(reason, Location(path)) for path, reason in culprits.items()]
    return outcome + _undecided(extractor, {**spared.missed, **culprits})


def _culprit(extractor: Extractor, documents: Documents) -> str | None:
    """The file without which the extractor gets further, found by leaving out one half of them after the other."""
    wanted = matcher(extractor.WANTS)
    readable = (p for p in documents.files if isinstance(documents.snapshot.texts.get(p), str))
    suspects = [path for path in readable if wanted(path)]
    if not 0 < len(suspects) <= MOST_SUSPECTS:
        return None
    while len(suspects) > 1:
        half, rest = suspects[: len(suspects) // 2], suspects[len(suspects) // 2 :]
        spared = documents.without(dict.fromkeys(half, "is left out"))
        innocent = isinstance(attempt(partial(extractor.extract, spared)), Exception)
        suspects, documents = (rest, spared) if innocent else (half, documents)
    return suspects[0]


def _left_open(extractor: Extractor, gaps: Iterable[Location]) -> list[Fact]:
    """What files that are not listed might show: any of them may be there."""
    unlisted = Unavailable("the tree is not listed whole")
    return [
        Fact(spec.id, unlisted, gap) for gap in islice(gaps, MOST_CULPRITS) for spec in extractor.FACTS if spec.reads
    ]


def _undecided(extractor: Extractor, missed: dict[str, str]) -> list[Fact]:
    return [
        Fact(spec.id, Unavailable(reason), Location(path))
        for path, reason in sorted(missed.items())
        for spec in extractor.FACTS
        if matcher(spec.reads)(path)
    ]
