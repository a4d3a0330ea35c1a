"""The sentences in which authors tell of their own work: quotations and lists of links are left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.roles import Roles, with_roles
from portfolio_audit.evidence.wording import phrases, sentences, word_count
from portfolio_audit.evidence.writeups import Written, writeups
from portfolio_audit.model.vocabulary import Vocabulary
from portfolio_audit.parsing.prose import Link, Prose, Section

_LEAST_WORDS = 2
_LINKED_SHARE = 0.6
_LEAST_LINKED_WORDS = 3
_QUOTE = re.compile(r"[\"\u201c\u00ab\u201e]")
_UNQUOTE = re.compile(r"[\"\u201d\u00bb]")
_END = re.compile(r"[\s.,;\[\]\d()]*")
_FIRST = re.compile(r"\A(?:then|now|next|first|finally|after that|also|and),?\s", re.IGNORECASE)
_QUOTED_PARAGRAPHS = 6


@dataclass(frozen=True, slots=True)
class Passage:
    """A section of a document, what it is there for, and the sentences in it that are the author's own."""

    written: Written
    section: Section
    roles: Roles
    sentences: tuple[Prose, ...]


def passages(documents: Documents) -> tuple[Passage, ...]:
    """Every section of everything written, in order; read once."""
    return documents.once(_read)


def instructs(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a sentence tells its reader what to do instead of what was done."""
    begins = phrases(vocabulary.words.get("imperative", ())).match(_FIRST.sub("", text, count=1))
    return bool(begins or phrases(vocabulary.words.get("instruction", ())).search(text))


def intends(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a sentence tells what is still to be done."""
    return phrases(vocabulary.words.get("intention", ())).search(text) is not None


def _read(documents: Documents) -> tuple[Passage, ...]:
    return tuple(
        Passage(written, section, roles, tuple(sentences(own_prose(section), least_words=_LEAST_WORDS)))
        for written in writeups(documents)
        for section, roles in with_roles(written, documents.vocabulary)
    )


def own_prose(section: Section) -> Iterator[Prose]:
    """The paragraphs and items of a section that are neither quoted nor made of the titles of links."""
    rest = list(section.prose)
    while rest:
        quoted = _quoted(rest)
        if quoted:
            rest = rest[quoted:]
        else:
            paragraph = rest.pop(0)
            if not paragraph.quoted and not _is_listing(paragraph, section.links):
                yield paragraph


def _quoted(prose: list[Prose]) -> int:
    """How many paragraphs from the first on stand between one pair of quotation marks."""
    first = prose[0].text.strip()
    if not _QUOTE.match(first):
        return 0
    inner = _UNQUOTE.search(first, 1)
    if inner:
        return int(_END.fullmatch(first, inner.end()) is not None)
    ends = (n for n, p in enumerate(prose[:_QUOTED_PARAGRAPHS], start=1) if _closes(p.text))
    return next(ends, 0)


def _closes(text: str) -> bool:
    """Whether a paragraph ends with a quotation mark, but for a full stop or the number of a reference."""
    last = text[max(map(text.rfind, '"\u201d\u00bb')) :]
    return len(last) > 0 and _UNQUOTE.match(last) is not None and _END.fullmatch(last, 1) is not None


def _is_listing(paragraph: Prose, links: Iterable[Link]) -> bool:
    """Whether the titles of links are most of what a paragraph says."""
    titles = (link.text for link in links if link.line >= paragraph.line and link.text in paragraph.text)
    linked = sum(word_count(title) for title in titles)
    return linked >= max(_LEAST_LINKED_WORDS, _LINKED_SHARE * word_count(paragraph.text))
