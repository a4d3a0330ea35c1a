"""Discussion: decisions, alternatives, failures and limits that are written down."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.roles import Roles, is_how_to, with_roles
from portfolio_audit.evidence.wording import Phrases, phrases, sentences, shortened, word_count
from portfolio_audit.evidence.writeups import DOCUMENTS, WANTS, Written, undecided, writeups
from portfolio_audit.model.fact import Fact, FactSpec, FactType
from portfolio_audit.model.vocabulary import Vocabulary
from portfolio_audit.parsing.prose import Section

FACTS = (
    FactSpec("discussion.decisions", FactType.FLAG, "A choice with its reason.", reads=DOCUMENTS),
    FactSpec("discussion.alternatives", FactType.FLAG, "What else was tried or considered.", reads=DOCUMENTS),
    FactSpec("discussion.failures", FactType.FLAG, "What did not work.", reads=DOCUMENTS),
    FactSpec("discussion.limits", FactType.FLAG, "What the work cannot do, or assumes.", reads=DOCUMENTS),
)

_NEEDED = {
    "decisions": ("choice", "reason"),
    "alternatives": ("alternative", "work"),
    "failures": ("failure", "work"),
    "limits": ("limit", "work"),
}
"""Each aspect with the lists of which a sentence must hold a word each."""
_LEAST_WORDS = 8
_SECTION_WORDS = 20
_RECORDS = ("docs/adr/", "docs/decisions/", "doc/adr/", "adr/")


def extract(documents: Documents) -> Iterator[Fact]:
    """Give the sentences, sections and decision records that discuss the work."""
    patterns = _patterns(documents.vocabulary)
    for written in writeups(documents):
        for section, roles in with_roles(written, documents.vocabulary):
            if "limits" in roles and sum(word_count(p.text) for p in section.prose if not p.quoted) >= _SECTION_WORDS:
                yield Fact("discussion.limits", at=written.at(section.line, shortened(section.title)))
            if not is_how_to(roles) and roles != {"future"}:
                yield from _sentences(section, roles, written, patterns)
    for path in documents.matching(*_RECORDS):
        if path.lower().endswith(".md") and "template" not in path.lower():
            yield Fact("discussion.decisions", at=Written(path, ()).at(1, "a decision record"))
    yield from undecided(documents, FACTS)


def _patterns(vocabulary: Vocabulary) -> dict[str, tuple[Phrases, ...]]:
    return {
        aspect: tuple(phrases(vocabulary.words.get(name, ())) for name in names) for aspect, names in _NEEDED.items()
    }


def _sentences(
    section: Section, roles: Roles, written: Written, patterns: dict[str, tuple[Phrases, ...]]
) -> Iterator[Fact]:
    for sentence in sentences(section.prose, least_words=_LEAST_WORDS):
        for aspect, needed in patterns.items():
            told = all(pattern.search(sentence.text) for pattern in needed)
            if told and not (aspect != "limits" and "future" in roles):
                yield Fact(f"discussion.{aspect}", at=written.at(sentence.line, shortened(sentence.text, 200)))


__all__ = ["FACTS", "WANTS", "extract"]
