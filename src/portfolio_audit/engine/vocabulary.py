"""Vocabulary files to the one vocabulary they make together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from portfolio_audit.engine.fields import Fields, Origin
from portfolio_audit.model.location import Location
from portfolio_audit.model.vocabulary import CUES, Area, Metric, Purpose, StockDataset, Tool, Vocabulary
from portfolio_audit.parsing.yaml import YamlNode, YamlText

Entry = TypeVar("Entry", bound=Tool | Metric | StockDataset | Area)
_Read = Callable[[Fields, Entry | None], Entry]

_SEPARATORS = re.compile(r"[-_.]+")
_EXTENDS = "extends"
_SHAPES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "tools": ("a tool", ("name", "purposes", "source", *CUES, _EXTENDS)),
    "metrics": ("a metric", ("name", "aliases", "higher_is_better", _EXTENDS)),
    "datasets": ("a data set", ("name", "source", "words", "files", _EXTENDS)),
    "areas": ("an area", ("id", "title", "imports", "words", "purposes", _EXTENDS)),
}
"""What an entry of each list is called, and its keys, the one it is known by first."""


def normalized(distribution: str) -> str:
    """A distribution's name as PEP 503 compares it."""
    return _SEPARATORS.sub("-", distribution).lower()


@dataclass(slots=True)
class VocabularyBuilder:
    """Joins vocabulary files; an entry of a later folder replaces or extends the one with its name.

    Within one folder a name may be given once only.
    """

    purposes: dict[str, Purpose] = field(default_factory=dict)
    tools: dict[str, Tool] = field(default_factory=dict)
    headings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    metrics: dict[str, Metric] = field(default_factory=dict)
    datasets: dict[str, StockDataset] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)
    distributions: dict[str, str] = field(default_factory=dict)
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _here: dict[tuple[str, str], Fields] = field(default_factory=dict)
    _unchecked: list[tuple[Fields, Tool | Area]] = field(default_factory=list)

    def next_folder(self) -> None:
        """Let what comes replace what is there."""
        self._here.clear()

    def add(self, origin: Origin, node: YamlNode) -> None:
        """Add one file."""
        sections: dict[str, Callable[[Fields, str], None]] = {
            "purposes": self._add_purposes,
            "tools": partial(self._add_entries, self.tools, _read_tool),
            "headings": partial(self._add_lists, self.headings),
            "words": partial(self._add_lists, self.words),
            "metrics": partial(self._add_entries, self.metrics, _read_metric),
            "datasets": partial(self._add_entries, self.datasets, _read_dataset),
            "areas": partial(self._add_entries, self.areas, _read_area),
            "distributions": self._add_distributions,
        }
        fields = origin.mapping(node, "a vocabulary file", sections)
        for key, _ in fields.nodes():
            sections[key](fields, key)

    def build(self) -> Vocabulary:
        """The vocabulary of all files added so far; RuleError if a tool names a purpose that none of them has."""
        for entry, made in self._unchecked:
            _check_purposes(entry, made.purposes, self.purposes)
            if isinstance(made, Tool):
                _check_cues(entry, made, self.purposes)
        return Vocabulary(
            purposes=self.purposes,
            tools=tuple(self.tools.values()),
            headings=self.headings,
            metrics=tuple(self.metrics.values()),
            datasets=tuple(self.datasets.values()),
            areas=tuple(self.areas.values()),
            distributions=_joined_texts(self.distributions, _provided(self.tools.values())),
            words=self.words,
        )

    def _add_purposes(self, file: Fields, key: str) -> None:
        named = file.origin.mapping(file.required(key), f"'{key}'", ())
        for name, node in named.nodes():
            entry = file.origin.mapping(node, f"the purpose '{name}'", ("means", "cues"))
            cues = _names(entry, "cues")
            for cue in cues:
                if cue not in CUES:
                    entry.fail(f"the cue '{cue}' is not known.", "cues", word=cue, known=CUES)
            self._once(entry, "purpose", name)
            self.purposes[name] = Purpose(name, entry.text("means"), cues)

    def _add_entries(self, known: dict[str, Entry], read: _Read[Entry], file: Fields, key: str) -> None:
        what, keys = _SHAPES[key]
        for node in file.origin.list(file.required(key), f"'{key}'"):
            entry = file.origin.mapping(node, what, keys)
            made = read(entry, _extended(entry, keys[0], known))
            name = _name_of(made)
            self._once(entry, what.partition(" ")[2], name)
            known[name] = made
            if isinstance(made, Tool | Area):
                self._unchecked.append((entry, made))

    def _add_lists(self, lists: dict[str, tuple[str, ...]], file: Fields, key: str) -> None:
        named = file.origin.mapping(file.required(key), f"'{key}'", ())
        for name, _ in named.nodes():
            lists[name] = tuple(dict.fromkeys((*lists.get(name, ()), *_lower(_names(named, name)))))

    def _add_distributions(self, file: Fields, key: str) -> None:
        names = file.origin.mapping(file.required(key), "'distributions'", ())
        for module, _ in names.nodes():
            self.distributions[module] = names.text(module)

    def _once(self, entry: Fields, what: str, name: str) -> None:
        if (what, name) in self._here:
            first = self._here[what, name]
            entry.fail(f"the {what} '{name}' is already defined at {Location(first.origin.path, first.line())}.")
        self._here[what, name] = entry


def _name_of(entry: Tool | Metric | StockDataset | Area) -> str:
    return entry.id if isinstance(entry, Area) else entry.name


def _extended(entry: Fields, key: str, known: Mapping[str, Entry]) -> Entry | None:
    """The entry of an earlier folder that this one adds to, if it says so."""
    if _EXTENDS not in entry or not entry.flag(_EXTENDS):
        return None
    name = entry.text(key)
    found = known.get(name) or known.get(name.lower())
    if found is None:
        entry.fail(f"there is no '{name}' to extend.", key, word=name, known=known)
    return found


def _read_tool(entry: Fields, old: Tool | None) -> Tool:
    cues = {cue: _names(entry, cue) for cue in CUES if cue in entry}
    if "distributions" in cues:
        cues["distributions"] = tuple(map(normalized, cues["distributions"]))
    if old:
        cues = {cue: _joined(getattr(old, cue), cues.get(cue, ())) for cue in CUES}
    if not any(cues.values()):
        entry.fail(f"a tool needs at least one of: {', '.join(CUES)}.")
    purposes = _joined(old.purposes if old else (), _names(entry, "purposes"))
    if not purposes:
        entry.fail("a tool needs at least one purpose.", "purposes")
    return Tool(entry.text("name"), purposes, entry.text("source", old.source if old else None), **cues)


def _read_metric(entry: Fields, old: Metric | None) -> Metric:
    higher = old.higher_is_better if old and "higher_is_better" not in entry else entry.flag("higher_is_better")
    aliases = _joined(old.aliases if old else (), _lower(_names(entry, "aliases")))
    return Metric(entry.text("name").lower(), aliases, higher)


def _read_dataset(entry: Fields, old: StockDataset | None) -> StockDataset:
    words = _joined(old.words if old else (), _lower(_names(entry, "words")))
    files = _joined(old.files if old else (), _names(entry, "files"))
    return StockDataset(entry.text("name"), words, files, entry.text("source", old.source if old else ""))


def _read_area(entry: Fields, old: Area | None) -> Area:
    imports = _joined(old.imports if old else (), _names(entry, "imports"))
    words = _joined(old.words if old else (), _lower(_names(entry, "words")))
    purposes = _joined(old.purposes if old else (), _names(entry, "purposes"))
    return Area(entry.text("id"), entry.text("title", old.title if old else None), imports, words, purposes)


def _names(entry: Fields, key: str) -> tuple[str, ...]:
    """A list of names, or one text with commas between them; empty if the key is not there."""
    node = entry.node.items.get(key)
    if not isinstance(node, YamlText):
        return entry.texts(key)
    text = node.value if "," in node.value else entry.text(key)
    return tuple([name for part in text.split(",") if (name := part.strip())])


def _joined(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*old, *new))) if old else new


def _lower(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.lower() for word in words)


def _check_purposes(entry: Fields, purposes: Iterable[str], known: Mapping[str, Purpose]) -> None:
    for purpose in purposes:
        if purpose not in known:
            entry.fail(f"the purpose '{purpose}' is not known.", "purposes", word=purpose, known=known)


def _check_cues(entry: Fields, tool: Tool, known: Mapping[str, Purpose]) -> None:
    """Fail if nothing looks at one of the tool's cues."""
    looked_at = {cue for purpose in tool.purposes for cue in known[purpose].cues}
    for cue in CUES:
        if cue not in looked_at and getattr(tool, cue):
            what = f"nothing looks at the {cue} of a tool for {' or '.join(tool.purposes)}"
            entry.fail(f"{what}, only at: {', '.join(c for c in CUES if c in looked_at)}.", cue)


def _provided(tools: Iterable[Tool]) -> dict[str, str]:
    """The distributions that give the modules of the tools, where they are called otherwise than the module."""
    return {
        module: " ".join(tool.distributions)
        for tool in tools
        for module in tool.imports
        if tool.distributions and "." not in module and tool.distributions != (normalized(module),)
    }


def _joined_texts(first: Mapping[str, str], second: Mapping[str, str]) -> dict[str, str]:
    """Both mappings; where both say something, what the second adds comes last."""
    added = {key: dict.fromkeys((*first.get(key, "").split(), *text.split())) for key, text in second.items()}
    return {**first, **{key: " ".join(names) for key, names in added.items()}}
