"""Strict reading of ``metadata.yaml``: every error names the file and line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import TypeVar

from portfolio_audit.errors import ConfigError, ParseError
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.yaml import YamlList, YamlMap, YamlNode, YamlText, parse_yaml

Value = TypeVar("Value")

_FLAGS = {"true": True, "false": False}
_LONGEST_COUNT = 9


class Section:
    """One mapping of the file, whose keys must be among the expected ones (empty: any key)."""

    def __init__(self, file: str, node: YamlNode, expected: tuple[str, ...] = ()) -> None:
        self._file = file
        if not isinstance(node, YamlMap):
            raise self.wrong("this should be a mapping", node.line)
        self._node = node
        for key, line in node.key_lines.items():
            if expected and key not in expected:
                raise self.wrong(f"there is no key '{key}' here{nearest(key, expected)}", line)

    def wrong(self, message: str, line: int) -> ConfigError:
        """Make the error that something is not right in a line of the file."""
        return ConfigError(message, at=Location(self._file, line))

    def line(self, key: str) -> int:
        """The line a key stands in."""
        return self._node.key_lines[key]

    def keys(self) -> tuple[str, ...]:
        """The keys, in the order written."""
        return tuple(self._node.items)

    def section(self, key: str, expected: tuple[str, ...] = ()) -> Section | None:
        """The mapping at a key."""
        node = self._node.items.get(key)
        return None if node is None else Section(self._file, node, expected)

    def text(self, key: str) -> str | None:
        """The text at a key."""
        node = self._node.items.get(key)
        return None if node is None else self._text(node)

    def texts(self, key: str) -> tuple[str, ...] | None:
        """The list of texts at a key."""
        return None if key not in self._node.items else tuple(self._text(node) for node in self._list(key))

    def sections(self, key: str, expected: tuple[str, ...]) -> Iterator[Section]:
        """The mappings in the list at a key, none if it is not there."""
        for node in self._list(key) if key in self._node.items else ():
            yield Section(self._file, node, expected)

    def flag(self, key: str) -> bool | None:
        """The truth value at a key."""
        return self._converted(key, _FLAGS.__getitem__, "this should be true or false")

    def choice(self, key: str, choices: tuple[str, ...]) -> str | None:
        """The text at a key, one of the choices."""
        text = self.text(key)
        if text is None or text in choices:
            return text
        raise self.wrong(f"there is no '{key}' called '{text}'{nearest(text, choices)}", self.line(key))

    def count(self, key: str) -> int | None:
        """The whole number at a key."""
        return self._converted(key, _count, "this should be a whole number")

    def moment(self, key: str) -> datetime | None:
        """The date or time at a key; without a zone it is in UTC."""
        return self._converted(key, _moment, "this should be a date such as 2024-05-31")

    def at(self) -> datetime:
        """The required date or time at the key ``at``."""
        moment = self.moment("at")
        if moment is None:
            raise self.wrong("'at' is missing here", self._node.line)
        return moment

    def _converted(self, key: str, convert: Callable[[str], Value], message: str) -> Value | None:
        text = self.text(key)
        if text is None:
            return None
        try:
            return convert(text)
        except (KeyError, ValueError, OverflowError) as error:
            raise self.wrong(message, self.line(key)) from error

    def _list(self, key: str) -> tuple[YamlNode, ...]:
        node = self._node.items[key]
        if not isinstance(node, YamlList):
            raise self.wrong("this should be a list", node.line)
        return node.items

    def _text(self, node: YamlNode) -> str:
        if not isinstance(node, YamlText):
            raise self.wrong("this should be text", node.line)
        return node.value


def _count(text: str) -> int:
    if not text.isdecimal() or len(text) > _LONGEST_COUNT:
        raise ValueError(text)
    return int(text)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def read_sidecar(file: str, text: str, expected: tuple[str, ...]) -> Section:
    """Parse the file; an empty one is an empty mapping."""
    try:
        documents = parse_yaml(text)
    except ParseError as error:
        raise ConfigError(f"this is not YAML: {error.reason}", at=Location(file, error.line or 1)) from error
    if len(documents) > 1:
        raise ConfigError("there should be one YAML document", at=Location(file, documents[1].line))
    return Section(file, documents[0] if documents else YamlMap({}, 1, {}), expected)


def nearest(word: str, words: tuple[str, ...]) -> str:
    """The end of a sentence that offers the nearest of the words that exist, or all of them."""
    close = get_close_matches(word, words, n=1)
    return f"; did you mean '{close[0]}'?" if close else f"; there is {', '.join(words[:10]) or 'none'}"
