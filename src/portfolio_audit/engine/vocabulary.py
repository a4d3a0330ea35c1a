"""Vocabulary files to the one vocabulary they make together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial

from portfolio_audit.engine.fields import Fields, Origin
from portfolio_audit.model.vocabulary import Area, Metric, StockDataset, Tool, Vocabulary
from portfolio_audit.parsing.yaml import YamlNode

_MARKS = ("imports", "distributions", "images", "files", "actions", "urls", "commands")
_SEPARATORS = re.compile(r"[-_.]+")


def normalized(distribution: str) -> str:
    """A distribution's name as PEP 503 compares it."""
    return _SEPARATORS.sub("-", distribution).lower()


@dataclass(slots=True)
class VocabularyBuilder:
    """Joins vocabulary files; an entry of a later folder replaces the one with its name, in one folder it may not."""

    tools: dict[str, Tool] = field(default_factory=dict)
    headings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    metrics: dict[str, Metric] = field(default_factory=dict)
    datasets: dict[str, StockDataset] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)
    distributions: dict[str, str] = field(default_factory=dict)
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _here: set[tuple[str, str]] = field(default_factory=set)

    def next_folder(self) -> None:
        """Let what comes replace what is there."""
        self._here.clear()

    def add(self, origin: Origin, node: YamlNode) -> None:
        """Add one file."""
        sections: dict[str, Callable[[Fields, str], None]] = {
            "tools": self._add_tools,
            "headings": partial(self._add_lists, self.headings),
            "words": partial(self._add_lists, self.words),
            "metrics": self._add_metrics,
            "datasets": self._add_datasets,
            "areas": self._add_areas,
            "distributions": self._add_distributions,
        }
        fields = origin.mapping(node, "a vocabulary file", sections)
        for key, _ in fields.nodes():
            sections[key](fields, key)

    def build(self) -> Vocabulary:
        """The vocabulary of all files added so far."""
        return Vocabulary(
            tools=tuple(self.tools.values()),
            headings=self.headings,
            metrics=tuple(self.metrics.values()),
            datasets=tuple(self.datasets.values()),
            areas=tuple(self.areas.values()),
            distributions=self.distributions,
            words=self.words,
        )

    def _add_tools(self, file: Fields, key: str) -> None:
        for entry in _entries(file, key, "a tool", ("name", "purposes", "source", *_MARKS)):
            tool = _read_tool(entry)
            self._once(entry, "tool", tool.name)
            self.tools[tool.name] = tool

    def _add_lists(self, lists: dict[str, tuple[str, ...]], file: Fields, key: str) -> None:
        named = file.origin.mapping(file.required(key), f"'{key}'", ())
        for name, node in named.nodes():
            phrases = _lower(named.origin.texts(node, f"'{name}' in '{key}'"))
            lists[name] = tuple(dict.fromkeys((*lists.get(name, ()), *phrases)))

    def _add_metrics(self, file: Fields, key: str) -> None:
        for entry in _entries(file, key, "a metric", ("name", "aliases", "higher_is_better")):
            name = entry.text("name").lower()
            self._once(entry, "metric", name)
            self.metrics[name] = Metric(name, _lower(entry.texts("aliases")), entry.flag("higher_is_better"))

    def _add_datasets(self, file: Fields, key: str) -> None:
        for entry in _entries(file, key, "a data set", ("name", "words", "files")):
            name = entry.text("name")
            self._once(entry, "data set", name)
            self.datasets[name] = StockDataset(name, _lower(entry.texts("words")), entry.texts("files"))

    def _add_areas(self, file: Fields, key: str) -> None:
        for entry in _entries(file, key, "an area", ("id", "title", "imports", "words")):
            area = Area(entry.text("id"), entry.text("title"), entry.texts("imports"), _lower(entry.texts("words")))
            self._once(entry, "area", area.id)
            self.areas[area.id] = area

    def _add_distributions(self, file: Fields, key: str) -> None:
        names = file.origin.mapping(file.required(key), "'distributions'", ())
        for module, _ in names.nodes():
            self.distributions[module] = names.text(module)

    def _once(self, entry: Fields, what: str, name: str) -> None:
        if (what, name) in self._here:
            entry.fail(f"the {what} '{name}' is already defined in another place.")
        self._here.add((what, name))


def _read_tool(entry: Fields) -> Tool:
    marks = {key: entry.texts(key) for key in _MARKS}
    marks["distributions"] = tuple(map(normalized, marks["distributions"]))
    if not any(marks.values()):
        entry.fail(f"a tool needs at least one of: {', '.join(_MARKS)}.")
    purposes = entry.texts("purposes")
    if not purposes:
        entry.fail("a tool needs at least one purpose.", "purposes")
    return Tool(entry.text("name"), purposes, entry.text("source"), **marks)


def _entries(file: Fields, key: str, what: str, keys: tuple[str, ...]) -> Iterable[Fields]:
    for node in file.origin.list(file.required(key), f"'{key}'"):
        yield file.origin.mapping(node, what, keys)


def _lower(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.lower() for word in words)
