"""Sentences, and whether they hold words of a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from portfolio_audit.parsing.prose import Prose

_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=\S)|(?<=[\u3002\uff01\uff1f\uff1b])(?=.)")
_MOST_WORDS = 80
_CJK_WORD = 2
_CJK = re.compile(r"[\u3040-\u9fff]")


@lru_cache(maxsize=256)
def phrases(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern that finds any of the words or phrases as whole words; CJK phrases anywhere.

    A word that ends in ``*`` stands for every word that begins so.
    """
    if not words:
        return re.compile(r"(?!)")
    longest_first = sorted(words, key=len, reverse=True)
    latin = [re.escape(w).replace(r"\*", r"\w*") for w in longest_first if not _is_cjk(w)]
    other = [re.escape(w) for w in longest_first if _is_cjk(w)]
    parts = ([rf"(?<![\w-])(?:{'|'.join(latin)})(?![\w-])"] if latin else []) + (["|".join(other)] if other else [])
    return re.compile("|".join(parts), re.IGNORECASE)


def sentences(prose: Iterable[Prose], *, least_words: int = 4) -> Iterator[Prose]:
    """The sentences of unquoted prose, each with the line of its paragraph; very long ones are cut."""
    for paragraph in prose:
        if paragraph.quoted:
            continue
        for sentence in _SENTENCE_END.split(paragraph.text):
            if word_count(sentence) >= least_words:
                yield Prose(" ".join(sentence.split()[:_MOST_WORDS]), paragraph.line)


def word_count(text: str) -> int:
    """How many words a text has; scripts without spaces are counted two characters a word."""
    return len(text.split()) + (0 if text.isascii() else len(_CJK.findall(text)) // _CJK_WORD)


def shortened(text: str, most: int = 80) -> str:
    """The text, cut to fit a line of a report."""
    return text if len(text) <= most else text[: most - 1] + "…"


def _is_cjk(text: str) -> bool:
    return _CJK.search(text) is not None
