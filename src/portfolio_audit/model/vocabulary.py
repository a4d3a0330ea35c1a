"""Knowledge that several rules and extractors share, loaded from ``rules/vocabulary``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

CUES = ("imports", "distributions", "images", "files", "actions", "urls", "commands")
"""The ways a tool shows in a repository: the fields of :class:`Tool` that hold names."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a tool is for; ``cues`` are the ways of showing that facts look at for it."""

    id: str
    means: str
    cues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool and all the ways it shows in a repository.

    ``purposes`` are ids such as ``monitoring`` or ``registry``. ``imports`` are dotted module prefixes,
    ``distributions`` normalized package names (PEP 503), ``images`` container image names without tag, ``files``
    globs, ``actions`` GitHub Actions (owner/name), ``urls`` host or host/path prefixes, ``commands`` first words of
    a shell command.
    """

    name: str
    purposes: tuple[str, ...]
    source: str
    imports: tuple[str, ...] = ()
    distributions: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Metric:
    """A quality measure by its usual names (lower case); ``higher_is_better`` gives its direction."""

    name: str
    aliases: tuple[str, ...]
    higher_is_better: bool


@dataclass(frozen=True, slots=True)
class StockDataset:
    """A data set used in countless tutorials, by words and file names that give it away."""

    name: str
    words: tuple[str, ...]
    files: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """A field of specialisation, by module prefixes and words (topics, headings, prose).

    The tools for ``purposes`` show it too: by their imports, their images and their files.
    """

    id: str
    title: str
    imports: tuple[str, ...]
    words: tuple[str, ...]
    purposes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All shared knowledge.

    ``purposes`` maps ids to what they mean, ``headings`` a section role to phrases (lower case, any
    language), ``distributions`` an import name to the distributions that give it, where they are called otherwise, and
    ``words`` the name of a list to its words (lower case).
    """

    tools: tuple[Tool, ...] = ()
    headings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    metrics: tuple[Metric, ...] = ()
    datasets: tuple[StockDataset, ...] = ()
    areas: tuple[Area, ...] = ()
    distributions: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    purposes: Mapping[str, Purpose] = field(default_factory=dict)
    _serving: dict[tuple[str, ...], tuple[Tool, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _run: dict[str, list[tuple[str, Tool]]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def serving(self, *purposes: str) -> tuple[Tool, ...]:
        """The tools that serve at least one of the purposes."""
        if purposes not in self._serving:
            self._serving[purposes] = tuple(t for t in self.tools if not set(purposes).isdisjoint(t.purposes))
        return self._serving[purposes]

    def run_by(self, program: str) -> Sequence[tuple[str, Tool]]:
        """The commands of tools that begin with a program, each with its tool."""
        if not self._run:
            for tool in self.tools:
                for command in tool.commands:
                    self._run.setdefault(command.partition(" ")[0], []).append((command, tool))
        return self._run.get(program, ())
