"""Sentences, and whether they hold words of a list."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache

from portfolio_audit.parsing.prose import Prose

_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=\S)|(?<=[\u3002\uff01\uff1f\uff1b])(?=.)")
_WORD = re.compile(r"\w+")
_STEM = 3
_MOST_WORDS = 80
_CJK_WORD = 2
_CJK = re.compile(r"[\u3040-\u9fff]")


class Phrases:
    """Words and phrases to look for as whole words, CJK ones anywhere, without regard to case.

    A word that ends in ``*`` stands for every word that begins so. Most texts hold none of the first words of a list:
    that is told from the set of their words, which all lists share, and only the others are searched.
    """

    def __init__(self, words: tuple[str, ...]) -> None:
        longest_first = sorted(words, key=len, reverse=True)
        latin = [w for w in longest_first if not _is_cjk(w)]
        other = [re.escape(w) for w in longest_first if _is_cjk(w)]
        forms = "|".join(re.escape(w).replace(r"\*", r"\w*") for w in latin)
        parts = ([rf"(?<![\w-])(?:{forms})(?![\w-])"] if latin else []) + (["|".join(other)] if other else [])
        self._pattern = re.compile("|".join(parts) or "(?!)", re.IGNORECASE)
        stems = [_stem(word.lower()) for word in latin]
        self._anywhere = bool(other) or "" in stems
        self._stems = frozenset(stems)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first of them in a part of the text."""
        return self._pattern.search(text, start, end) if self._may_be_in(text) else None

    def match(self, text: str) -> re.Match[str] | None:
        """The one the text begins with."""
        return self._pattern.match(text) if self._may_be_in(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every one of them in the text."""
        return self._pattern.finditer(text) if self._may_be_in(text) else iter(())

    def count(self, text: str) -> int:
        """How many of them the text holds."""
        return sum(1 for _ in self.finditer(text))

    def _may_be_in(self, text: str) -> bool:
        return self._anywhere or not self._stems.isdisjoint(_stems_of(text))


@lru_cache(maxsize=256)
def phrases(words: tuple[str, ...]) -> Phrases:
    """The words and phrases of a list, made once."""
    return Phrases(words)


def _stem(phrase: str) -> str:
    """How the first word of a phrase begins; empty if that does not tell where it can be."""
    first = _WORD.match(phrase)
    if first is None or (len(first[0]) < _STEM and phrase[first.end() : first.end() + 1] == "*"):
        return ""
    return first[0][:_STEM]


@lru_cache(maxsize=4096)
def _stems_of(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _WORD.findall(text.lower()))


def sentences(prose: Iterable[Prose], *, least_words: int = 4) -> Iterator[Prose]:
    """The sentences of unquoted prose, each with the line of its paragraph; very long ones are cut."""
    for paragraph in prose:
        if not paragraph.quoted:
            for sentence, words in _split(paragraph.text):
                if words >= least_words:
                    yield Prose(sentence, paragraph.line)


@lru_cache(maxsize=4096)
def _split(text: str) -> tuple[tuple[str, int], ...]:
    """The sentences of a paragraph with the number of their words."""
    found = (sentence for sentence in _SENTENCE_END.split(text) if sentence)
    return tuple((" ".join(sentence.split()[:_MOST_WORDS]), word_count(sentence)) for sentence in found)


def word_count(text: str) -> int:
    """How many words a text has; scripts without spaces are counted two characters a word."""
    return len(text.split()) + (0 if text.isascii() else len(_CJK.findall(text)) // _CJK_WORD)


def shortened(text: str, most: int = 80) -> str:
    """The text, cut to fit a line of a report."""
    return text if len(text) <= most else text[: most - 1] + "…"


def _is_cjk(text: str) -> bool:
    return _CJK.search(text) is not None
