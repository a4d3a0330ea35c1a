"""Strict reading of YAML that people write: typed fields, every mistake told with its file and line.

Written by hand rather than with pydantic: importing that takes 90 ms, more than loading every shipped rule.
Unquoted scalars are typed as the YAML 1.2 core schema says: true, false, null and (decimal) numbers; all else is text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import NoReturn, Protocol, TypeVar

from portfolio_audit.errors import PortfolioAuditError, RuleError
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.yaml import YamlList, YamlMap, YamlNode, YamlText

Choice = TypeVar("Choice", bound=StrEnum)
Read = TypeVar("Read")

_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NUMBER_STARTS = frozenset("+-.0123456789")
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


class MakeError(Protocol):
    """Makes the error that a mistake in a file is raised as."""

    def __call__(self, message: str, *, at: Location, suggestion: str | None = None) -> PortfolioAuditError:
        """Build, not raise."""
        ...


def nearest(word: str, known: Collection[str]) -> str | None:
    """The known name most like a word, or None if none is."""
    folded = {k.casefold(): k for k in known}
    found = get_close_matches(word.casefold(), list(folded), n=1)
    return folded[found[0]] if found else None


@dataclass(frozen=True, slots=True)
class Origin:
    """The file a node was read from, and the error its mistakes become."""

    path: str
    error: MakeError = RuleError

    def fail(self, message: str, line: int, *, word: str = "", known: Collection[str] = ()) -> NoReturn:
        """Raise at a line, with the known name nearest to the word that was wrong."""
        raise self.error(message, at=Location(self.path, line), suggestion=nearest(word, known) if word else None)

    def mapping(self, node: YamlNode, what: str, keys: Collection[str]) -> Fields:
        """The node as a mapping that has no other keys than these; no keys given means any."""
        if not isinstance(node, YamlMap):
            self.fail(f"{what} must be a mapping, not {describe(node)}.", node.line)
        for key in node.items:
            if keys and key not in keys:
                self.fail(f"{what} has no key '{key}'.", node.key_lines[key], word=key, known=keys)
        return Fields(self, node, what)

    def list(self, node: YamlNode, what: str) -> tuple[YamlNode, ...]:
        """The items of the node as a list."""
        if not isinstance(node, YamlList):
            self.fail(f"{what} must be a list, not {describe(node)}.", node.line)
        return node.items

    def text(self, node: YamlNode, what: str) -> str:
        """The node as text that is not empty."""
        if not isinstance(node, YamlText) or is_typed(node):
            hint = " Put it in quotes." if isinstance(node, YamlText | YamlMap) else ""
            self.fail(f"{what} must be text, not {describe(node)}.{hint}", node.line)
        if not node.value.strip():
            self.fail(f"{what} is empty.", node.line)
        return node.value.strip()

    def texts(self, node: YamlNode, what: str) -> tuple[str, ...]:
        """The node as a list of texts."""
        return tuple(self.text(item, f"an item of {what}") for item in self.list(node, what))

    def number(self, node: YamlNode, what: str) -> float:
        """The node as a number."""
        value = number_of(node)
        if value is None:
            self.fail(f"{what} must be a number, not {describe(node)}.", node.line)
        return value

    def name(self, node: YamlNode, what: str, known: Collection[str]) -> str:
        """The node as one of the known names."""
        value = self.text(node, what)
        if value not in known:
            some = f" It is one of: {', '.join(known)}." if len(known) <= 12 else ""  # noqa: PLR2004  # fits two lines
            self.fail(f"{what} '{value}' is not known.{some}", node.line, word=value, known=known)
        return value


class Fields:
    """The fields of one mapping, read one by one."""

    def __init__(self, origin: Origin, node: YamlMap, what: str) -> None:
        self.origin = origin
        self.node = node
        self.what = what

    def __contains__(self, key: str) -> bool:
        return key in self.node.items

    def line(self, key: str = "") -> int:
        """The line of a key, or of the mapping."""
        return self.node.key_lines.get(key, self.node.line)

    def fail(self, message: str, key: str = "", *, word: str = "", known: Collection[str] = ()) -> NoReturn:
        """Raise at the line of a key."""
        self.origin.fail(message, self.line(key), word=word, known=known)

    def required(self, key: str) -> YamlNode:
        """The node of a key that must be there."""
        if key not in self.node.items:
            self.fail(f"{self.what} needs the key '{key}'.")
        return self.node.items[key]

    def nodes(self) -> Iterator[tuple[str, YamlNode]]:
        """Every key with its node, in the order written."""
        return iter(self.node.items.items())

    def read(self, key: str, reader: Callable[[YamlNode], Read]) -> Read | None:
        """What the reader makes of the node of a key, or None if the key is not there."""
        node = self.node.items.get(key)
        return None if node is None else reader(node)

    def inner(self, key: str, keys: Collection[str] = ()) -> Fields | None:
        """The mapping of a key, or None if the key is not there."""
        return self.read(key, lambda node: self.origin.mapping(node, f"'{key}'", keys))

    def text(self, key: str, default: str | None = None) -> str:
        """The text of a key; required if there is no default."""
        if default is not None and key not in self.node.items:
            return default
        return self.origin.text(self.required(key), f"'{key}'")

    def written(self, key: str) -> str:
        """The text of a key that must be there, exactly as written; it may be empty."""
        node = self.required(key)
        if not isinstance(node, YamlText):
            self.fail(f"'{key}' must be text, not {describe(node)}.", key)
        return node.value

    def texts(self, key: str) -> tuple[str, ...]:
        """The list of texts of a key; empty if it is not there."""
        return self.read(key, lambda node: self.origin.texts(node, f"'{key}'")) or ()

    def flag(self, key: str) -> bool:
        """The true or false of a key that must be there."""
        node = self.required(key)
        value = _BOOLEANS.get(node.value) if isinstance(node, YamlText) and not node.quoted else None
        if value is None:
            self.fail(f"'{key}' must be true or false, not {describe(node)}.", key)
        return value

    def number(self, key: str, *, least: float = -math.inf, most: float = math.inf) -> float:
        """The number of a key that must be there, within bounds."""
        value = self.origin.number(self.required(key), f"'{key}'")
        if not least <= value <= most:
            bounds = f"at least {least:g}" if most == math.inf else f"{least:g} to {most:g}"
            self.fail(f"'{key}' must be {bounds}, not {value:g}.", key)
        return value

    def numbers(self, key: str) -> dict[str, float]:
        """The mapping of names to numbers of a key; empty if it is not there."""
        inner = self.inner(key)
        return {name: inner.number(name, least=0) for name, _ in inner.nodes()} if inner else {}

    def choice(self, key: str, choices: type[Choice]) -> Choice:
        """The member of an enumeration that a key names."""
        known = [c.value for c in choices]
        return choices(self.origin.name(self.required(key), f"'{key}'", known))

    def names(self, key: str, known: Collection[str]) -> tuple[str, ...]:
        """The list of known names of a key; empty if it is not there."""
        items = self.read(key, lambda node: self.origin.list(node, f"'{key}'")) or ()
        return tuple(self.origin.name(item, f"'{key}'", known) for item in items)


def number_of(node: YamlNode) -> float | None:
    """The number an unquoted scalar is, or None."""
    if not isinstance(node, YamlText) or node.quoted or node.value[:1] not in _NUMBER_STARTS:
        return None
    if not _NUMBER.fullmatch(node.value):
        return None
    value = float(node.value)
    return value if math.isfinite(value) else None


def is_typed(node: YamlText) -> bool:
    """Whether an unquoted scalar means something else than text: a number, true or false."""
    return not node.quoted and (node.value in _BOOLEANS or number_of(node) is not None)


def describe(node: YamlNode) -> str:
    """What a node is, for a message."""
    if isinstance(node, YamlMap):
        return "a mapping"
    if isinstance(node, YamlList):
        return "a list"
    if node.quoted or node.value:
        return f"'{node.value[:40]}'"
    return "nothing"
