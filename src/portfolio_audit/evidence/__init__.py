"""Snapshot to facts: one extractor a file, joined here."""

from __future__ import annotations

from collections.abc import Callable

from portfolio_audit.evidence import (
    absolute_paths,
    areas,
    automation,
    belonging,
    code,
    containers,
    dangling,
    data,
    delivery,
    discussion,
    environment,
    execution,
    history,
    hosting,
    hygiene,
    kind,
    monitoring,
    notebooks,
    record,
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
from portfolio_audit.evidence.boundary import Extractor, attempt, failed, run
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.ownership import authored
from portfolio_audit.model.fact import Evidence, Fact, FactSpec
from portfolio_audit.model.globs import matcher
from portfolio_audit.model.snapshot import Snapshot, TreeEntry
from portfolio_audit.model.vocabulary import Vocabulary

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
    belonging,
    environment,
    unused,
    execution,
    containers,
    workflows,
    delivery,
    hygiene,
    steps,
    automation,
    code,
    areas,
    serving,
    testing,
    hosting,
    monitoring,
    retraining,
    versioning,
    data,
    history,
    record,
)
"""Every extractor, in the order facts are reported; a test fails if a module is missing here."""


def fact_specs() -> dict[str, FactSpec]:
    """Every fact a repository can show, by id."""
    given = (*(spec for extractor in EXTRACTORS for spec in extractor.FACTS), *kind.FACTS)
    return {spec.id: spec for spec in given}


def select(tree: tuple[TreeEntry, ...], extra: tuple[str, ...] = ()) -> list[str]:
    """The paths the extractors (and ``extra`` globs of user rules) want, small paths first."""
    wanted = may_want(extra)
    own = authored(e.path for e in tree)
    paths = [e.path for e in tree if wanted(e.path) and own(e.path)]
    return sorted(paths, key=lambda p: (p.count("/"), p))


def may_want(extra: tuple[str, ...] = ()) -> Callable[[str], bool]:
    """A test whether a path may be among those selected, for a source that sees one path after the other."""
    return matcher(tuple(sorted({glob for e in EXTRACTORS for glob in e.WANTS} | set(extra))))


def extract(snapshot: Snapshot, vocabulary: Vocabulary) -> Evidence:
    """Everything seen in a repository."""
    return look(Documents(snapshot, vocabulary))


def look(documents: Documents) -> Evidence:
    """Run every extractor; what one of them fails on becomes a problem and leaves its facts undecided."""
    facts: list[Fact] = []
    for extractor in EXTRACTORS:
        facts += run(extractor, documents)
    classified = attempt(lambda: [kind.classify(Evidence(tuple(facts)), documents)])
    facts += failed(kind.FACTS, classified) if isinstance(classified, Exception) else classified
    return Evidence(tuple(facts), tuple(documents.problems))


__all__ = ["EXTRACTORS", "Extractor", "extract", "fact_specs", "look", "may_want", "select"]
