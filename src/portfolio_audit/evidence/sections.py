"""Which parts of an analysis are really told: under a heading with enough below it, or in sentences that tell it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, takewhile

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.narrated import is_narrated
from portfolio_audit.evidence.numbers import own_results
from portfolio_audit.evidence.passages import Passage, instructs, passages
from portfolio_audit.evidence.roles import STEPS, is_how_to, roles_of
from portfolio_audit.evidence.wording import Phrases, phrases, shortened, word_count
from portfolio_audit.evidence.writeups import DOCUMENTS, WANTS, Written, undecided
from portfolio_audit.model.fact import Fact, FactSpec, FactType
from portfolio_audit.model.vocabulary import Vocabulary
from portfolio_audit.parsing.prose import Prose

FACTS = (
    FactSpec("writeup.sections", FactType.NAMES, "Parts of an analysis that are told, by role.", reads=DOCUMENTS),
    FactSpec("writeup.findings", FactType.FLAG, "A sentence that says what was seen or came out.", reads=DOCUMENTS),
    FactSpec(
        "writeup.own_words",
        FactType.NUMBER,
        "Words of the fullest write-up, without set-up and buzzwords.",
        "words",
        reads=DOCUMENTS,
    ),
)

_TELLING = {"problem": ("aim", "solving"), "data": ("dataset", "origin"), "approach": ("doing", "doing")}
"""Roles that sentences can show without a heading, with the lists of which they must hold a word each."""
_LEAST_TELLING = {"problem": 1, "data": 1, "approach": 2}
_LEAST_WORDS = 8
_TOLD_WORDS = 15
_CAPTION_WORDS = 6
_BUZZWORD_SHARE = 8
_NO_PARTS = frozenset({"assessment", "contents"})
_TICKED = re.compile(r"\[[ xX]\]")
_MOST_BELOW = 40


def extract(documents: Documents) -> Iterator[Fact]:
    """Give every role each document tells, once, and the words of the fullest one."""
    fullest: tuple[int, Written] | None = None
    for written, told in groupby(passages(documents), key=lambda passage: passage.written):
        reader = _Reader(documents.vocabulary, written, tuple(told))
        yield from reader.by_heading()
        yield from reader.by_sentences()
        yield from reader.findings()
        words = sum(reader.words(passage) for passage in reader.passages if not is_how_to(passage.roles))
        if words and (fullest is None or words > fullest[0]):
            fullest = words, written
    if fullest:
        yield Fact("writeup.own_words", fullest[0], fullest[1].at(1, f"{fullest[0]} words"))
    yield from undecided(documents, FACTS)


class _Reader:
    """Reads one document for the roles it tells."""

    def __init__(self, vocabulary: Vocabulary, written: Written, passages: tuple[Passage, ...]) -> None:
        self.vocabulary = vocabulary
        self.written = written
        self.passages = passages
        self.empty = phrases(vocabulary.words.get("buzzword", ()))
        self.course = phrases(vocabulary.words.get("course", ()))
        self.seen: set[str] = set()

    def words(self, passage: Passage) -> int:
        """The words of a section that tell of the work: no orders, nothing on the course, no chains of buzzwords."""
        return sum(word_count(s.text) for s in self._own(passage, least_words=_CAPTION_WORDS))

    def by_heading(self) -> Iterator[Fact]:
        """Roles named by headings that have enough below them."""
        lists = tuple(sorted(self.vocabulary.headings.items()))
        for index, passage in enumerate(self.passages):
            section = passage.section
            named = roles_of(section.title, lists)
            named = (named & STEPS if is_how_to(named) or is_how_to(passage.roles) else named) - self.seen - _NO_PARTS
            if not named or (section.level == 1 and index == 0):
                continue
            below = _Below.of(self, index)
            for role in sorted(named):
                if below.tells(role):
                    yield self._told(role, section.line, f"under the heading {shortened(section.title, 60)!r}")

    def by_sentences(self) -> Iterator[Fact]:
        """Roles that sentences outside the set-up steps tell."""
        for role, lists in _TELLING.items():
            if role in self.seen:
                continue
            first, second = (phrases(self.vocabulary.words.get(name, ())) for name in lists)
            narrates = self._narrates if role == "approach" else _never
            told = [s.line for s in self._own_sentences() if _has_both(first, second, s.text) or narrates(s.text)]
            if role == "problem" and not told:
                told = self._opening(second)
            if len(told) >= _LEAST_TELLING[role]:
                yield self._told(role, told[0], f"tells the {role}")

        if "results" not in self.seen and self.reporting:
            yield self._told("results", min(s.line for s in self.reporting), "tells the results")

    @cached_property
    def reporting(self) -> frozenset[Prose]:
        """The sentences of a document that give the author's own numbers; those of notebooks are narrated results."""
        if self.written.notebook is not None:
            return frozenset()
        return frozenset(s for s in self._own_sentences() if own_results(s.text, self.vocabulary))

    def findings(self) -> Iterator[Fact]:
        """Sentences that say what was seen, what came out, and what was better or worse."""
        finding, work = (phrases(self.vocabulary.words.get(name, ())) for name in ("finding", "work"))
        for sentence in self._own_sentences():
            seen = finding.search(sentence.text) and (work.search(sentence.text) or self.written.notebook)
            if seen or sentence in self.reporting:
                yield Fact("writeup.findings", at=self.written.at(sentence.line, shortened(sentence.text, 200)))

    def _narrates(self, text: str) -> bool:
        """Whether a sentence tells of something that was done with a method or a model."""
        methods = (phrases(self.vocabulary.words.get(name, ())) for name in ("doing", "model"))
        return any(method.search(text) for method in methods) and is_narrated(text)

    def _opening(self, solving: Phrases) -> list[int]:
        """The line of an opening such as "Answers questions about bookings", which leaves out who does."""
        first = self.passages[0] if self.passages and self.written.readme else None
        opening = next(self._own(first, least_words=_LEAST_WORDS), None) if first else None
        return [opening.line] if opening is not None and solving.match(opening.text) else []

    def _told(self, role: str, line: int, note: str) -> Fact:
        self.seen.add(role)
        return Fact("writeup.sections", role, self.written.at(line, note))

    def _own_sentences(self) -> Iterator[Prose]:
        for passage in self.passages:
            if not is_how_to(passage.roles):
                yield from self._own(passage, least_words=_LEAST_WORDS)

    def _own(self, passage: Passage, *, least_words: int) -> Iterator[Prose]:
        long = (s for s in passage.sentences if word_count(s.text) >= least_words)
        return (s for s in long if self._is_plain(s.text))

    def _is_plain(self, text: str) -> bool:
        if self.course.search(text) or _TICKED.match(text) or instructs(text, self.vocabulary):
            return False
        return self.empty.count(text) * _BUZZWORD_SHARE <= word_count(text)


@dataclass(frozen=True, slots=True)
class _Below:
    """What stands below a heading, the deeper sections included."""

    words: int
    shown: bool
    code: bool
    numbers: bool

    @classmethod
    def of(cls, reader: _Reader, index: int) -> _Below:
        level = reader.passages[index].section.level
        deeper = takewhile(lambda p: p.section.level > level, reader.passages[index + 1 : index + _MOST_BELOW])
        passages = (reader.passages[index], *deeper)
        inside = [passage.section for passage in passages]
        return cls(
            words=sum(reader.words(passage) for passage in passages),
            shown=any(t.rows for s in inside for t in s.tables) or any(not i.badge for s in inside for i in s.images),
            code=any(not c.inline for s in inside for c in s.code),
            numbers=any(own_results(s.text, reader.vocabulary) for p in passages for s in p.sentences),
        )

    def tells(self, role: str) -> bool:
        """Whether that is enough to tell a role: words of one's own; results need numbers or a picture as well."""
        if role in STEPS:
            return self.words >= _TOLD_WORDS or self.shown or self.code
        if role == "results":
            return self.numbers or (self.shown and self.words >= _CAPTION_WORDS) or self.words >= 2 * _TOLD_WORDS
        return self.words >= _TOLD_WORDS or (self.shown and self.words >= _CAPTION_WORDS)


def _never(_text: str) -> bool:
    return False


def _has_both(first: Phrases, second: Phrases, text: str) -> bool:
    """Whether a sentence holds a word of each list, and not one and the same."""
    one = first.search(text)
    return bool(one and (second.search(text, one.end()) or second.search(text, 0, one.start())))


__all__ = ["FACTS", "WANTS", "extract"]
