"""Conditions as written in YAML to conditions as evaluated."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from portfolio_audit.engine.fields import Fields, Origin
from portfolio_audit.engine.patterns import problem
from portfolio_audit.engine.vocabulary import normalized
from portfolio_audit.model.fact import FactSpec, FactType, Rung
from portfolio_audit.model.rule import AllOf, AnyOf, Condition, FactTest, Not, TextTest
from portfolio_audit.model.vocabulary import Tool, Vocabulary
from portfolio_audit.parsing.yaml import YamlMap, YamlNode

_COMPARISONS = ("at_least", "at_most", "equals")
_NARROWING = ("any_of", "globs", "paths", "rung")
_WILDCARDS = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class _Sugar:
    """A short way to test the names of one fact, and the mark of a tool that ``purpose`` takes them from."""

    fact: str
    mark: Callable[[Tool], tuple[str, ...]]
    expand: Callable[[tuple[str, ...]], tuple[tuple[str, ...], tuple[str, ...]]]


def _split(names: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Exact names, and those with a wildcard."""
    return tuple(n for n in names if not _WILDCARDS & set(n)), tuple(n for n in names if _WILDCARDS & set(n))


def _modules(names: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Modules, and everything below them."""
    return names, tuple(f"{name}.*" for name in names)


SUGAR: Mapping[str, _Sugar] = {
    "files": _Sugar("repository.files", lambda tool: tool.files, lambda names: ((), names)),
    "imports": _Sugar("code.imports", lambda tool: tool.imports, _modules),
    "dependencies": _Sugar(
        "environment.dependencies", lambda tool: tool.distributions, lambda names: (tuple(map(normalized, names)), ())
    ),
    "images": _Sugar("services.images", lambda tool: tool.images, _split),
    "uses": _Sugar("workflows.actions", lambda tool: tool.actions, _split),
}
"""The short forms by key."""

KEYS = ("any", "all", "not", "fact", "text", *SUGAR)
"""What a condition can start with."""


@dataclass(frozen=True, slots=True)
class ConditionReader:
    """Reads conditions, knowing which facts and purposes there are."""

    origin: Origin
    facts: Mapping[str, FactSpec]
    vocabulary: Vocabulary

    def read(self, node: YamlNode) -> Condition:
        """The condition of a node."""
        fields = self.origin.mapping(node, "a condition", (*KEYS, *_NARROWING, *_COMPARISONS))
        starts = [key for key in KEYS if key in fields]
        if len(starts) != 1:
            self.origin.fail(f"a condition has exactly one of: {', '.join(KEYS)}.", node.line)
        start = starts[0]
        readers = {"any": self._any, "all": self._all, "not": self._not, "fact": self._fact, "text": self._text}
        return readers.get(start, self._sugar)(fields, start)

    def fact_id(self, node: YamlNode) -> str:
        """The id of a fact that exists."""
        return self.origin.name(node, "the fact", self.facts)

    def _any(self, fields: Fields, key: str) -> Condition:
        return AnyOf(self._parts(fields, key))

    def _all(self, fields: Fields, key: str) -> Condition:
        return AllOf(self._parts(fields, key))

    def _not(self, fields: Fields, key: str) -> Condition:
        _only(fields, key)
        return Not(self.read(fields.required(key)))

    def _parts(self, fields: Fields, key: str) -> tuple[Condition, ...]:
        _only(fields, key)
        parts = tuple(map(self.read, self.origin.list(fields.required(key), f"'{key}'")))
        if not parts:
            fields.fail(f"'{key}' needs at least one condition.", key)
        return parts

    def _fact(self, fields: Fields, key: str) -> Condition:
        spec = self.facts[self.fact_id(fields.required(key))]
        names = fields.texts("any_of")
        return self._test(fields, spec, names, fields.texts("globs"))

    def _sugar(self, fields: Fields, key: str) -> Condition:
        sugar = SUGAR[key]
        if sugar.fact not in self.facts:
            fields.fail(f"'{key}' needs the fact '{sugar.fact}', which does not exist.", key)
        for other in ("any_of", "globs"):
            if other in fields:
                fields.fail(f"'{other}' cannot stand beside '{key}'.", other)
        names, globs = sugar.expand(self._names(fields, key, sugar))
        return self._test(fields, self.facts[sugar.fact], names, globs)

    def _names(self, fields: Fields, key: str, sugar: _Sugar) -> tuple[str, ...]:
        node = fields.required(key)
        names = self._purpose(node, key, sugar) if isinstance(node, YamlMap) else fields.texts(key)
        if not names:
            fields.fail(f"'{key}' is an empty list.", key)
        return names

    def _purpose(self, node: YamlMap, key: str, sugar: _Sugar) -> tuple[str, ...]:
        known = sorted({purpose for tool in self.vocabulary.tools for purpose in tool.purposes})
        fields = self.origin.mapping(node, f"'{key}'", ("purpose",))
        purpose = self.origin.name(fields.required("purpose"), "the purpose", known)
        names = tuple(dict.fromkeys(name for tool in self.vocabulary.serving(purpose) for name in sugar.mark(tool)))
        if not names:
            fields.fail(f"no tool for '{purpose}' says anything about {key}.")
        return names

    def _test(self, fields: Fields, spec: FactSpec, names: tuple[str, ...], globs: tuple[str, ...]) -> FactTest:
        _reject_senseless(fields, spec)
        low, high, exact = (fields.number(key) if key in fields else None for key in _COMPARISONS)
        return FactTest(
            fact=spec.id,
            names=tuple(name.casefold() for name in names),
            globs=globs,
            paths=fields.texts("paths"),
            rung=self._rung(fields) if "rung" in fields else None,
            at_least=low,
            at_most=high,
            equals=exact,
        )

    def _rung(self, fields: Fields) -> Rung:
        labels = {rung.label: rung for rung in Rung}
        return labels[self.origin.name(fields.required("rung"), "the rung", list(labels))]

    def _text(self, fields: Fields, key: str) -> Condition:
        _only(fields, key)
        inner = self.origin.mapping(fields.required(key), "'text'", ("pattern", "files"))
        pattern, files = inner.text("pattern"), inner.texts("files")
        if not files:
            inner.fail("'files' needs at least one glob.", "files")
        wrong = problem(pattern)
        if wrong:
            inner.fail(f"the pattern cannot be used: {wrong}.", "pattern")
        return TextTest(pattern, files)


def _only(fields: Fields, key: str) -> None:
    for other, _ in fields.nodes():
        if other != key:
            fields.fail(f"'{other}' cannot stand beside '{key}'.", other)


def _reject_senseless(fields: Fields, spec: FactSpec) -> None:
    """Refuse what can never say anything about a fact of this type."""
    compared = [key for key in _COMPARISONS if key in fields]
    if spec.type is FactType.NUMBER and not compared:
        fields.fail(f"'{spec.id}' is a number: say at_least, at_most or equals.", "fact")
    _reject_lists(fields, spec)
    if "rung" in fields and not spec.ladder:
        fields.fail(f"'rung' makes no sense: '{spec.id}' is not on the evidence ladder.", "rung")
    _reject_bounds(fields, spec, compared)


def _reject_lists(fields: Fields, spec: FactSpec) -> None:
    for key in (key for key in ("any_of", "globs", "paths") if key in fields):
        if key != "paths" and spec.type is not FactType.NAMES:
            fields.fail(f"'{key}' makes no sense: '{spec.id}' is a {spec.type.value}, it has no names.", key)
        if not fields.texts(key):
            fields.fail(f"'{key}' is an empty list.", key)


def _reject_bounds(fields: Fields, spec: FactSpec, compared: list[str]) -> None:
    if "equals" in compared and len(compared) > 1:
        fields.fail("'equals' cannot stand beside 'at_least' or 'at_most'.", "equals")
    bounds = [fields.number(key, least=0, most=1 if spec.unit == "share" else math.inf) for key in compared]
    if len(bounds) > 1 and bounds[0] > bounds[1]:
        fields.fail("'at_least' is more than 'at_most'.", "at_least")
    if spec.type is FactType.NUMBER:
        return
    for key, bound in zip(compared, bounds, strict=True):
        if bound != int(bound):
            fields.fail(f"'{key}' counts, so it must be a whole number.", key)
        if key == "at_least" and not bound:
            fields.fail("'at_least: 0' always holds.", key)
