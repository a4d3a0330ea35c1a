"""Which parts of an analysis are really told: under a heading with enough below it, or in sentences that tell it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.numbers import own_results
from portfolio_audit.evidence.roles import Roles, is_how_to, roles_of, with_roles
from portfolio_audit.evidence.wording import Phrases, phrases, sentences, shortened, word_count
from portfolio_audit.evidence.writeups import DOCUMENTS, WANTS, Written, undecided, writeups
from portfolio_audit.model.fact import Fact, FactSpec, FactType
from portfolio_audit.model.vocabulary import Vocabulary
from portfolio_audit.parsing.prose import Section

FACTS = (
    FactSpec("writeup.sections", FactType.NAMES, "Parts of an analysis that are told, by role.", reads=DOCUMENTS),
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
_STEPS = frozenset({"usage", "installation", "deployment", "architecture", "monitoring"})


def extract(documents: Documents) -> Iterator[Fact]:
    """Give every role each document tells, once, and the words of the fullest one."""
    fullest: tuple[int, Written] | None = None
    for written in writeups(documents):
        reader = _Reader(documents.vocabulary, written)
        yield from reader.by_heading()
        yield from reader.by_sentences()
        words = sum(reader.words(section) for section, roles in reader.sections if not is_how_to(roles))
        if words and (fullest is None or words > fullest[0]):
            fullest = words, written
    if fullest:
        yield Fact("writeup.own_words", fullest[0], fullest[1].at(1, f"{fullest[0]} words"))
    yield from undecided(documents, FACTS)


class _Reader:
    """Reads one document for the roles it tells."""

    def __init__(self, vocabulary: Vocabulary, written: Written) -> None:
        self.vocabulary = vocabulary
        self.written = written
        self.sections: list[tuple[Section, Roles]] = list(with_roles(written, vocabulary))
        self.empty = phrases(vocabulary.words.get("buzzword", ()))
        self.seen: set[str] = set()

    def words(self, section: Section) -> int:
        """The section's words in sentences that are not made of buzzwords."""
        texts = (s.text for s in sentences(section.prose, least_words=_CAPTION_WORDS))
        return sum(word_count(text) for text in texts if self._is_plain(text))

    def by_heading(self) -> Iterator[Fact]:
        """Roles named by headings that have enough below them."""
        lists = tuple(sorted(self.vocabulary.headings.items()))
        for index, (section, _) in enumerate(self.sections):
            named = roles_of(section.title, lists) - self.seen - _NO_PARTS
            if not named or (section.level == 1 and index == 0):
                continue
            below = _Below.of(self, index)
            for role in sorted(named):
                if below.tells(role):
                    yield self._told(role, section.line, f"under the heading {shortened(section.title, 60)!r}")

    def by_sentences(self) -> Iterator[Fact]:
        """Roles that sentences outside the set-up steps tell."""
        for role, lists in _TELLING.items():
            first, second = (phrases(self.vocabulary.words.get(name, ())) for name in lists)
            told = [line for line, text in self._own_sentences() if _has_both(first, second, text)]
            if role == "problem" and not told:
                told = self._opening(second)
            if role not in self.seen and len(told) >= _LEAST_TELLING[role]:
                yield self._told(role, told[0], f"tells the {role}")

    def _opening(self, solving: Phrases) -> list[int]:
        """The line of an opening such as "Answers questions about bookings", which leaves out who does."""
        prose = self.sections[0][0].prose if self.sections and self.written.readme else ()
        opening = next(iter(sentences(prose[:2], least_words=_LEAST_WORDS)), None)
        starts = opening is not None and solving.match(opening.text) and self._is_plain(opening.text)
        return [opening.line] if opening is not None and starts else []

    def _told(self, role: str, line: int, note: str) -> Fact:
        self.seen.add(role)
        return Fact("writeup.sections", role, self.written.at(line, note))

    def _own_sentences(self) -> Iterator[tuple[int, str]]:
        for section, roles in self.sections:
            if not is_how_to(roles):
                found = sentences(section.prose, least_words=_LEAST_WORDS)
                yield from ((s.line, s.text) for s in found if self._is_plain(s.text))

    def _is_plain(self, text: str) -> bool:
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
        first = reader.sections[index][0]
        inside = [first]
        for section, _ in reader.sections[index + 1 : index + 40]:
            if section.level <= first.level:
                break
            inside.append(section)
        return cls(
            words=sum(reader.words(s) for s in inside),
            shown=any(t.rows for s in inside for t in s.tables) or any(not i.badge for s in inside for i in s.images),
            code=any(not c.inline for s in inside for c in s.code),
            numbers=any(own_results(p.text, reader.vocabulary) for s in inside for p in s.prose if not p.quoted),
        )

    def tells(self, role: str) -> bool:
        """Whether that is enough to tell a role: words of one's own; results need numbers or a picture as well."""
        if role in _STEPS:
            return self.words >= _TOLD_WORDS or self.shown or self.code
        if role == "results":
            return self.numbers or (self.shown and self.words >= _CAPTION_WORDS) or self.words >= 2 * _TOLD_WORDS
        return self.words >= _TOLD_WORDS or (self.shown and self.words >= _CAPTION_WORDS)


def _has_both(first: Phrases, second: Phrases, text: str) -> bool:
    """Whether a sentence holds a word of each list, and not one and the same."""
    one = first.search(text)
    return bool(one and (second.search(text, one.end()) or second.search(text, 0, one.start())))


__all__ = ["FACTS", "WANTS", "extract"]
