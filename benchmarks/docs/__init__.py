"""The documentation that can drift, made from rules, cases, extractors, vocabulary and commands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.docs import action, commands, criteria, export, facts, formats, rules, vocabulary
from benchmarks.docs.knowledge import ROOT, Knowledge, load
from portfolio_audit.engine.schema import rule_schema, schema_text
from portfolio_audit.reporting.wire import schema as wire

DOCS = ROOT / "docs"
FOLDERS = ("rules", "criteria", "facts", "vocabulary", "cli", "formats")
"""Folders that hold nothing but generated pages."""


def documents(knowledge: Knowledge | None = None) -> Mapping[str, str]:
    """Every generated document by its path in docs/."""
    known = knowledge or load()
    modules = (action, commands, criteria, export, facts, formats, rules, vocabulary)
    made = {path: "\n".join(lines) + "\n" for module in modules for path, lines in module.pages(known).items()}
    schemas = {
        "rule.schema.json": schema_text(rule_schema(known.ruleset, known.vocabulary)),
        wire.NAME: wire.schema_text(),
    }
    return {**schemas, **made}


def stale(made: Mapping[str, str]) -> Iterator[Path]:
    """Pages that stand in a generated folder and that nothing makes any more."""
    for folder in FOLDERS:
        yield from (path for path in (DOCS / folder).glob("*") if path.relative_to(DOCS).as_posix() not in made)


__all__ = ["DOCS", "FOLDERS", "documents", "stale"]
