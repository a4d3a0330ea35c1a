"""Value: who has the problem, why it matters, what the solution changes, and by how much; sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.numbers import measured
from portfolio_audit.evidence.roles import Roles, is_how_to, with_roles
from portfolio_audit.evidence.wording import Phrases, phrases, sentences, shortened, word_count
from portfolio_audit.evidence.writeups import DOCUMENTS, WANTS, Written, undecided, writeups
from portfolio_audit.model.fact import Fact, FactSpec, FactType
from portfolio_audit.model.vocabulary import Vocabulary
from portfolio_audit.parsing.prose import Prose, Section

FACTS = (
    FactSpec("value.beneficiary", FactType.FLAG, "Whom the solution helps, and how.", reads=DOCUMENTS),
    FactSpec("value.stake", FactType.FLAG, "What the problem costs, or why it matters, to someone.", reads=DOCUMENTS),
    FactSpec("value.change", FactType.FLAG, "Which decision or step the solution changes.", reads=DOCUMENTS),
    FactSpec("value.quantity", FactType.FLAG, "Money, time, people or a share at stake.", reads=DOCUMENTS),
    FactSpec("value.early", FactType.FLAG, "A sentence of value near the top of the README.", reads=DOCUMENTS),
)

_QUANTITY = re.compile(
    r"[$€£₹]\s?\d|\d\s?[$€£₹]|\d%"
    r"|\d[\d,.]{0,15}\+?[ -]?(?:%|percent|per cent|[kmb]n?|million|billion|thousand|hours?|minutes?|days?|weeks?"
    r"|months?|people|users|customers|patients|deaths|lives|dollars|euros|usd|eur|tonn?es?|tons?|[kmg]wh|calls|times)\b",
    re.IGNORECASE,
)
_ABOUT_DATA = re.compile(
    r"\b(?:data ?sets?|rows?|columns?|records|samples|images|split|train\w*|test|validation|epochs?|class(?:es)?"
    r"|imbalance\w*|transactions|uptime|coverage|features?|target variable|download\w*|install\w*)\b",
    re.IGNORECASE,
)
_DICTIONARY = re.compile(
    r"\s*(?:[A-Z0-9_ ]{2,40}|[a-z]+(?:_[a-z]+)+)\s*[:\-(]|.{0,60}\btarget (?:variable|column|feature|value)\b"
)
_NAMED = re.compile(
    r"\b(?:users?|audience|customers?|clients?|stakeholders?|beneficiar(?:y|ies)) (?:of .{1,40} )?(?:is|are)\b",
    re.IGNORECASE,
)
_LEAST_WORDS = 7
_LEAST_WORDS_IN_PLACE = 3
_MOST_CELLS = 3
_TOP_WORDS = 250


def extract(documents: Documents) -> Iterator[Fact]:
    """Give the sentences that state value, in READMEs, reports and at the top of notebooks."""
    vocabulary = documents.vocabulary
    ears = _Ears.of(vocabulary)
    for written in writeups(documents):
        above = 0
        for section, roles in with_roles(written, vocabulary):
            if written.notebook is None or written.at(section.line).cell <= _MOST_CELLS:
                yield from _in_section(section, roles, written, ears, above)
            above += section.words
    yield from undecided(documents, FACTS)


@dataclass(frozen=True, slots=True)
class _Ears:
    """The words each kind of statement is made of."""

    vocabulary: Vocabulary
    who: Phrases
    benefit: Phrases
    stake: Phrases
    decision: Phrases
    empty: Phrases
    course: Phrases

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> _Ears:
        names = ("beneficiary", "benefit", "stake", "decision", "buzzword", "course")
        return cls(vocabulary, *(phrases(vocabulary.words.get(name, ())) for name in names))

    def heard(self, text: str, *, in_place: bool) -> set[str]:
        """What a sentence states; ``in_place`` where the heading has said that it is about the problem."""
        who, benefit, stake = self.who.search(text), self.benefit.search(text), self.stake.search(text)
        whole = word_count(text) >= _LEAST_WORDS
        told = {"value.beneficiary"} if whole and who and benefit else set()
        if stake and (who or in_place or len({s[0].lower() for s in self.stake.finditer(text)}) > 1):
            told.add("value.stake")
        if whole and self.decision.search(text) and (who or benefit or in_place):
            told.add("value.change")
        if (stake or benefit or who or in_place) and self._has_quantity(text):
            told.add("value.quantity")
        return told

    def is_specific(self, text: str) -> bool:
        """Whether a sentence is about the problem: not about a course, no data dictionary, not made of buzzwords."""
        if self.course.search(text) or _DICTIONARY.match(text):
            return False
        return self.empty.count(text) * 8 <= word_count(text)

    def _has_quantity(self, text: str) -> bool:
        quantity = _QUANTITY.search(text) and not _ABOUT_DATA.search(text)
        return bool(quantity) and not any(measured(text, self.vocabulary))


def _in_section(section: Section, roles: Roles, written: Written, ears: _Ears, above: int) -> Iterator[Fact]:
    if is_how_to(roles) or roles == {"data"}:
        return
    in_place = bool(roles & {"problem", "value"}) and section.level > 1
    least = _LEAST_WORDS_IN_PLACE if in_place else _LEAST_WORDS
    for sentence in sentences(section.prose, least_words=least):
        told = ears.heard(sentence.text, in_place=in_place) if ears.is_specific(sentence.text) else set()
        at = written.at(sentence.line, shortened(sentence.text, 200))
        yield from (Fact(name, at=at) for name in sorted(told))
        if told and written.root and above + _words_before(section, sentence) < _TOP_WORDS:
            yield Fact("value.early", at=at)


def _words_before(section: Section, sentence: Prose) -> int:
    return sum(word_count(p.text) for p in section.prose if p.line < sentence.line)


__all__ = ["FACTS", "WANTS", "extract"]
