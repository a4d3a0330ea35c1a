"""Discussion: decisions, alternatives, failures and limits that are written down."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.passages import Passage, instructs, intends, passages
from portfolio_audit.evidence.roles import is_how_to
from portfolio_audit.evidence.scored import models_in
from portfolio_audit.evidence.wording import Phrases, phrases, shortened, word_count
from portfolio_audit.evidence.writeups import DOCUMENTS, WANTS, Written, undecided
from portfolio_audit.model.fact import Fact, FactSpec, FactType
from portfolio_audit.model.vocabulary import Vocabulary

FACTS = (
    FactSpec("discussion.decisions", FactType.FLAG, "A choice with its reason.", reads=DOCUMENTS),
    FactSpec("discussion.alternatives", FactType.FLAG, "What else was tried or considered.", reads=DOCUMENTS),
    FactSpec("discussion.failures", FactType.FLAG, "What did not work.", reads=DOCUMENTS),
    FactSpec("discussion.limits", FactType.FLAG, "What the work cannot do, or assumes.", reads=DOCUMENTS),
    FactSpec("discussion.doubts", FactType.FLAG, "Why a result may look better than it is.", reads=DOCUMENTS),
)

_NEEDED = {
    "decisions": ("choice", "reason"),
    "alternatives": ("alternative", "work"),
    "failures": ("failure", "work"),
    "limits": ("limit", "work"),
    "doubts": ("doubt", "work"),
}
"""Each aspect with the lists of which a sentence must hold a word each."""
_LEAST_WORDS = 8
_SECTION_WORDS = 20
_RECORDS = ("docs/adr/", "docs/decisions/", "doc/adr/", "adr/")


def extract(documents: Documents) -> Iterator[Fact]:
    """Give the sentences, sections and decision records that discuss the work."""
    patterns = _patterns(documents.vocabulary)
    for passage in passages(documents):
        if is_how_to(passage.roles):
            continue
        if _is_on_limits(passage):
            yield Fact("discussion.limits", at=passage.written.at(passage.section.line, _title(passage)))
        if passage.roles != {"future"}:
            yield from _told(passage, patterns, documents.vocabulary)
    for path in documents.matching(*_RECORDS):
        if path.lower().endswith(".md") and "template" not in path.lower():
            yield Fact("discussion.decisions", at=Written(path, ()).at(1, "a decision record"))
    yield from undecided(documents, FACTS)


def _is_on_limits(passage: Passage) -> bool:
    """Whether the heading says so and enough stands below it."""
    return "limits" in passage.roles and sum(word_count(s.text) for s in passage.sentences) >= _SECTION_WORDS


def _title(passage: Passage) -> str:
    return shortened(passage.section.title)


def _patterns(vocabulary: Vocabulary) -> dict[str, tuple[Phrases, ...]]:
    return {
        aspect: tuple(phrases(vocabulary.words.get(name, ())) for name in names) for aspect, names in _NEEDED.items()
    }


def _told(passage: Passage, patterns: dict[str, tuple[Phrases, ...]], vocabulary: Vocabulary) -> Iterator[Fact]:
    long = (s for s in passage.sentences if word_count(s.text) >= _LEAST_WORDS)
    for sentence in long:
        for aspect in _aspects(sentence.text, patterns, vocabulary):
            if aspect == "limits" or "future" not in passage.roles:
                at = passage.written.at(sentence.line, shortened(sentence.text, 200))
                yield Fact(f"discussion.{aspect}", at=at)


def _weighs_models(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a sentence sets two models against each other; a list of what was trained does not."""
    compares = phrases(vocabulary.words.get("comparing", ()))
    return compares.search(text) is not None and len(models_in(text, vocabulary)) > 1


def _aspects(text: str, patterns: dict[str, tuple[Phrases, ...]], vocabulary: Vocabulary) -> list[str]:
    """What a sentence discusses; orders to the reader and plans discuss nothing but limits."""
    told = [aspect for aspect, needed in patterns.items() if all(pattern.search(text) for pattern in needed)]
    if "alternatives" not in told and _weighs_models(text, vocabulary):
        told.append("alternatives")
    if told and instructs(text, vocabulary):
        return []
    if told and intends(text, vocabulary):
        return [aspect for aspect in told if aspect == "limits"]
    return told


__all__ = ["FACTS", "WANTS", "extract"]
