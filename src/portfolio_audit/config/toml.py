"""A table of a TOML file as the nodes that YAML is read into, so that both are checked by the same code."""

from __future__ import annotations

import re
import tomllib

from portfolio_audit.errors import ParseError
from portfolio_audit.parsing.yaml import YamlList, YamlMap, YamlNode, YamlText


def read_table(text: str, *path: str) -> YamlMap | None:
    """The table below nested keys, or None if the file has none.

    ``tomllib`` tells no lines; they are found by looking for the keys in the order they stand, and are the
    enclosing table's where that fails.
    """
    try:
        value: object = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ParseError(f"is not valid TOML ({error})") from None
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    if not isinstance(value, dict):
        return None
    lines = text.split("\n")
    header = re.compile(r"\s*\[+\s*" + r"\s*\.\s*".join(map(_spelled, path)))
    start = next((n for n, line in enumerate(lines, start=1) if path and header.match(line)), 1)
    return _Lines(lines).mapping(value, start)


class _Lines:
    """Finds the lines of keys."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines

    def mapping(self, value: dict[str, object], line: int) -> YamlMap:
        """A table that begins at a line."""
        key_lines = {key: self.find(key, line) for key in value}
        return YamlMap({key: self.node(item, key, key_lines[key]) for key, item in value.items()}, line, key_lines)

    def node(self, value: object, key: str, line: int) -> YamlNode:
        """The value of a key that stands at a line."""
        if isinstance(value, dict):
            return self.mapping(value, line)
        if isinstance(value, list):
            return YamlList(tuple(self._items(value, key, line)), line)
        if isinstance(value, bool):
            return YamlText(str(value).lower(), line)
        return YamlText(str(value), line, quoted=not isinstance(value, int | float))

    def find(self, key: str, start: int) -> int:
        """The first line from ``start`` that sets the key, or is the header of its table."""
        name = _spelled(key)
        sets = re.compile(rf"\s*(?:\[+[^\]#]*\.\s*{name}\s*\]|{name}\s*[.=]|[^#]*[{{,]\s*{name}\s*=)")
        return next((n for n in range(start, len(self.lines) + 1) if sets.match(self.lines[n - 1])), start)

    def _items(self, values: list[object], key: str, line: int) -> list[YamlNode]:
        """The items of a list; each table of an array of tables has a header of its own."""
        nodes: list[YamlNode] = []
        for value in values:
            nodes.append(self.node(value, key, line))
            line = self.find(key, min(line + 1, len(self.lines))) if isinstance(value, dict) else line
        return nodes


def _spelled(key: str) -> str:
    return rf"[\"']?{re.escape(key)}[\"']?"
