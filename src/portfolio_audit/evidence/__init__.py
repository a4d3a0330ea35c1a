"""Snapshot to facts: one extractor a file, joined here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from portfolio_audit.evidence import (
    absolute_paths,
    areas,
    code,
    containers,
    dangling,
    data,
    delivery,
    discussion,
    environment,
    hosting,
    hygiene,
    kind,
    monitoring,
    notebooks,
    references,
    results,
    retraining,
    sections,
    serving,
    steps,
    testing,
    unused,
    value,
    versioning,
    workflows,
    writeup,
)
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.ownership import is_authored
from portfolio_audit.model.fact import Evidence, Fact, FactSpec, Problem
from portfolio_audit.model.globs import matcher
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Snapshot, TreeEntry, Unavailable
from portfolio_audit.model.vocabulary import Vocabulary


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


EXTRACTORS: tuple[Extractor, ...] = (
    writeup,
    sections,
    dangling,
    results,
    value,
    discussion,
    notebooks,
    absolute_paths,
    references,
    environment,
    unused,
    containers,
    workflows,
    delivery,
    hygiene,
    steps,
    code,
    areas,
    serving,
    testing,
    hosting,
    monitoring,
    retraining,
    versioning,
    data,
)
"""Every extractor, in the order facts are reported; a test fails if a module is missing here."""


def fact_specs() -> dict[str, FactSpec]:
    """Every fact a repository can show, by id."""
    given = (*(spec for extractor in EXTRACTORS for spec in extractor.FACTS), *kind.FACTS)
    return {spec.id: spec for spec in given}


def select(tree: tuple[TreeEntry, ...], extra: tuple[str, ...] = ()) -> list[str]:
    """The paths the extractors (and ``extra`` globs of user rules) want, small paths first."""
    wanted = matcher(tuple(sorted({glob for e in EXTRACTORS for glob in e.WANTS} | set(extra))))
    paths = [e.path for e in tree if wanted(e.path) and is_authored(e.path)]
    return sorted(paths, key=lambda p: (p.count("/"), p))


def extract(snapshot: Snapshot, vocabulary: Vocabulary) -> Evidence:
    """Everything seen in a repository."""
    return look(Documents(snapshot, vocabulary))


def look(documents: Documents) -> Evidence:
    """Run every extractor; one that fails becomes a problem and leaves its facts undecided."""
    facts: list[Fact] = []
    for extractor in EXTRACTORS:
        facts += _run(extractor, documents)
    facts.append(kind.classify(Evidence(tuple(facts)), documents))
    return Evidence(tuple(facts), tuple(documents.problems))


def _run(extractor: Extractor, documents: Documents) -> list[Fact]:
    documents.missed.clear()
    try:
        facts = list(extractor.extract(documents))
    except Exception as error:  # noqa: BLE001  # the one boundary: an extractor's bug must not end the audit
        reason = f"the extractor failed ({type(error).__name__})"
        documents.problems.append(Problem(f"{getattr(extractor, '__name__', extractor)}: {reason}"))
        return [Fact(spec.id, Unavailable(reason)) for spec in extractor.FACTS]
    return facts + [
        Fact(spec.id, Unavailable(reason), Location(path))
        for path, reason in sorted(documents.missed.items())
        for spec in extractor.FACTS
        if matcher(spec.reads)(path)
    ]
