"""Every extractor with its facts, the files it wants, and the vocabulary it is seen to read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import cast

from portfolio_audit import evidence
from portfolio_audit.defaults import default_settings
from portfolio_audit.engine.locate import shipped
from portfolio_audit.evidence import kind, profile
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.judging import collect
from portfolio_audit.model.fact import FactSpec
from portfolio_audit.model.snapshot import Snapshot
from portfolio_audit.model.vocabulary import Tool, Vocabulary

PURPOSE, WORDS = "purpose", "words"
SECTIONS = ("tools", "headings", "metrics", "datasets", "areas", "distributions")
"""The sections of the vocabulary that are read as a whole, and have a page."""


@dataclass(frozen=True)
class Extractor:
    """One module of evidence; ``reads`` are the parts of the vocabulary it uses: (section, name of a list in it)."""

    id: str
    title: str
    facts: tuple[FactSpec, ...]
    wants: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    reads: tuple[tuple[str, str], ...] = ()


class _Traced:
    """A vocabulary that remembers which parts of it were read."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self.read: set[tuple[str, str]] = set()

    @property
    def words(self) -> Mapping[str, tuple[str, ...]]:
        """The lists of words, each remembered when it is read."""
        return _TracedWords(self._vocabulary.words, self.read)

    def serving(self, *purposes: str) -> tuple[Tool, ...]:
        """The tools for purposes, which are remembered."""
        self.read |= {(PURPOSE, purpose) for purpose in purposes}
        return self._vocabulary.serving(*purposes)

    def __getattr__(self, name: str) -> object:
        """Any other section, remembered as a whole."""
        if name in SECTIONS:
            self.read.add((name, ""))
        return getattr(self._vocabulary, name)


class _TracedWords(Mapping[str, tuple[str, ...]]):
    """Lists of words that remember which of them were read."""

    def __init__(self, words: Mapping[str, tuple[str, ...]], read: set[tuple[str, str]]) -> None:
        self._words = words
        self._read = read

    def __getitem__(self, name: str) -> tuple[str, ...]:
        self._read.add((WORDS, name))
        return self._words[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)


def extractors(vocabulary: Vocabulary) -> tuple[Extractor, ...]:
    """Every extractor, of repositories and of profiles."""
    settings = default_settings()
    demo = [collect(str(path), settings) for path in sorted(shipped("demo").iterdir()) if path.is_dir()]
    about_repositories = (_extractor(module, vocabulary, demo) for module in evidence.EXTRACTORS)
    about_profiles = (
        Extractor(f"profile-{_name(module)}", _title(module), tuple(module.FACTS), inputs=tuple(module.INPUTS))
        for module in profile.EXTRACTORS
    )
    return (*about_repositories, Extractor("kind", _title(kind), kind.FACTS), *about_profiles)


def _extractor(extractor: evidence.Extractor, vocabulary: Vocabulary, demo: Iterable[Snapshot]) -> Extractor:
    traced = _Traced(vocabulary)
    for snapshot in demo:
        list(extractor.extract(Documents(snapshot, cast("Vocabulary", traced))))
    return Extractor(
        _name(extractor),
        _title(extractor),
        extractor.FACTS,
        extractor.WANTS,
        reads=tuple(_without_repeats(traced.read)),
    )


def _without_repeats(read: Collection[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """What was read, sorted; purposes stand for the tools they are taken from."""
    narrowed = any(section == PURPOSE for section, _ in read)
    return (found for found in sorted(read) if not (narrowed and found == ("tools", "")))


def _name(module: object) -> str:
    return cast("ModuleType", module).__name__.rpartition(".")[2]


def _title(module: object) -> str:
    """The first line of the module's docstring."""
    return (cast("ModuleType", module).__doc__ or "").strip().partition("\n")[0]
