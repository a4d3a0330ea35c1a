"""What must hold of whatever a parser or extractor gives; a breach is an AssertionError that says which."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass

from portfolio_audit.model.fact import Fact, FactSpec, FactType, Rung
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Snapshot, Unavailable
from portfolio_audit.parsing.notebook_code import NotebookCode

LINES = frozenset({"line", "end_line", "broken_line"})
LONGEST_NOTE = 1_000


class Breach(AssertionError):
    """Something that must always hold does not."""


def lines_in(text: str) -> int:
    """How many lines a text has, as editors and GitHub count."""
    return text.count("\n") + 1


def check_parsed(parsed: object, text: str) -> None:
    """Every line that the value names, at any depth, is one of the text."""
    last = lines_in(text)
    stack = [parsed]
    if isinstance(parsed, NotebookCode):  # its module has lines of its own
        check_parsed(parsed.module, parsed.text)
        stack = [parsed.places, parsed.broken]
    while stack:
        value = stack.pop()
        if is_dataclass(value):
            for field in fields(value):
                inner = getattr(value, field.name)
                if field.name in LINES and not 0 <= inner <= last:
                    raise Breach(f"{type(value).__name__}.{field.name} is {inner} in a text of {last} lines")
                stack.append(inner)
        elif isinstance(value, Mapping):
            stack.extend(value.values())
        elif isinstance(value, list | tuple | frozenset | set):
            stack.extend(value)


def check_facts(facts: Iterable[Fact], specs: Mapping[str, FactSpec], snapshot: Snapshot) -> None:
    """Every fact is declared, of its type, and stands somewhere in the snapshot."""
    places = _Places(snapshot)
    numbers: set[str] = set()
    for fact in facts:
        spec = specs.get(fact.id)
        if spec is None:
            raise Breach(f"{fact.id} is not declared")
        places.check(fact)
        if isinstance(fact.value, Unavailable):
            continue
        _check_value(fact, spec)
        if spec.type is FactType.NUMBER and fact.id in numbers:
            raise Breach(f"{fact.id} is a number and was given twice")
        numbers.add(fact.id)


def _check_value(fact: Fact, spec: FactSpec) -> None:
    value = fact.value
    sound = {
        FactType.FLAG: value is True,
        FactType.NAMES: isinstance(value, str) and value != "",
        FactType.NUMBER: isinstance(value, int | float) and math.isfinite(value),
    }[spec.type]
    if not sound:
        raise Breach(f"{fact.id} is {value!r}, which is no {spec.type.value}")
    if spec.unit == "share" and not 0 <= float(value) <= 1:
        raise Breach(f"{fact.id} is {value!r}, which is no share")
    if fact.rung is not Rung.MENTIONED and not spec.ladder:
        raise Breach(f"{fact.id} has a rung and no ladder")


class _Places:
    """The files and folders of a snapshot, and how long each text is."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._texts = snapshot.texts
        self._known = {""}
        for entry in snapshot.tree:
            steps = entry.path.split("/")
            self._known.update("/".join(steps[:end]) for end in range(1, len(steps) + 1))

    def check(self, fact: Fact) -> None:
        """The location of a fact is in the snapshot."""
        at: Location = fact.at
        if at.path.rstrip("/") not in self._known:
            raise Breach(f"{fact.id} is at {at.path!r}, which does not exist")
        text = self._texts.get(at.path)
        last = lines_in(text) if isinstance(text, str) else 0
        if not 0 <= at.line <= last or at.cell < 0:
            raise Breach(f"{fact.id} is at line {at.line} of {at.path!r}, which has {last}")
        if len(at.note) > LONGEST_NOTE:
            raise Breach(f"{fact.id} has a note of {len(at.note)} characters")
