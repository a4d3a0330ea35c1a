"""Value: who has the problem, why it matters, what the solution changes, and by how much; sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.passages import Passage, instructs, intends, passages
from portfolio_audit.evidence.quantities import Quantity, quantities
from portfolio_audit.evidence.roles import is_how_to
from portfolio_audit.evidence.wording import Phrases, phrases, shortened, word_count
from portfolio_audit.evidence.writeups import DOCUMENTS, WANTS, undecided
from portfolio_audit.model.fact import Fact, FactSpec, FactType
from portfolio_audit.model.vocabulary import Vocabulary
from portfolio_audit.parsing.prose import Prose, Section

FACTS = (
    FactSpec("value.beneficiary", FactType.FLAG, "Whom the solution helps, and how.", reads=DOCUMENTS),
    FactSpec("value.stake", FactType.FLAG, "What the problem costs, or why it matters, to someone.", reads=DOCUMENTS),
    FactSpec("value.change", FactType.FLAG, "Which decision or step the solution changes.", reads=DOCUMENTS),
    FactSpec("value.quantity", FactType.FLAG, "Money, time, people or a share at stake.", reads=DOCUMENTS),
    FactSpec("value.context", FactType.FLAG, "A sentence on the world in which the problem is.", reads=DOCUMENTS),
    FactSpec("value.early", FactType.FLAG, "A sentence of value near the top of the README.", reads=DOCUMENTS),
)

_DICTIONARY = re.compile(
    r"\s*(?:[A-Z0-9_ ]{2,40}|[a-z]+(?:_[a-z]+)+)\s*[:\-(]|.{0,60}\btarget (?:variable|column|feature|value)\b"
)
_MAKING = re.compile(r"(?:model |ml )?(?:training|testing|tests?|monitoring|evaluation|builds?|setup)\b", re.IGNORECASE)
_LABEL = re.compile(r"\W*[\w /]{1,40}:\s|\W*\u2026|[^\w\"'(]")
"""How an item of a list of columns, features or commands begins, which is no sentence."""
_WE_DECIDED = re.compile(r"\b(?:we|i|i've|we've)\s(?:\w+\s){0,2}(?:decid|cho[os]|select|opted)", re.IGNORECASE)
_LISTS = ("beneficiary", "benefit", "stake", "concern", "decision", "saving", "solution", "making")
_STAKES = ("stake", "concern")
_TELLING = frozenset({"beneficiary", "stake", "concern", "decision", "benefit"})
_SPOILING = ("buzzword", "course", "own_work")
_OF_WORK = frozenset({"data", "approach", "results", "future", "assessment"})
_ELSEWHERE = (frozenset({"data"}), frozenset({"future"}))
_LEAST_WORDS = 7
_LEAST_WORDS_IN_PLACE = 3
_LEAST_WORDS_ON_WORLD = 8
_MOST_CELLS = 3
_TOP_WORDS = 250


def extract(documents: Documents) -> Iterator[Fact]:
    """Give the sentences that state value, in READMEs, reports and at the top of notebooks."""
    ears = _Ears.of(documents.vocabulary)
    for written, told in groupby(passages(documents), key=lambda passage: passage.written):
        above = 0
        for passage in told:
            if written.notebook is None or written.at(passage.section.line).cell <= _MOST_CELLS:
                yield from _in_passage(passage, ears, above)
            above += passage.section.words
    yield from undecided(documents, FACTS)


@dataclass(frozen=True, slots=True)
class _Heard:
    """Which kinds of words a sentence holds; ``in_place`` where the heading has said that it is about the problem."""

    text: str
    in_place: bool
    words: frozenset[str]
    stakes: frozenset[str]

    @property
    def whole(self) -> bool:
        return word_count(self.text) >= _LEAST_WORDS

    @property
    def beneficiary(self) -> bool:
        """Somebody, and what they gain or lack."""
        return self.whole and {"beneficiary", "benefit"} <= self.words

    @property
    def stake(self) -> bool:
        """Harm or cost to somebody; a mere subject such as fraud or risk needs more beside it."""
        if self._of_making:
            return False
        if "stake" in self.words:
            return "beneficiary" in self.words or self.in_place or len(self.stakes) > 1
        told_of = "benefit" in self.words or self.in_place or len(self.stakes) > 1
        return self.whole and told_of and {"concern", "beneficiary"} <= self.words

    @property
    def change(self) -> bool:
        """A decision that somebody takes otherwise, or that the solution makes possible."""
        if not self.whole or "decision" not in self.words or self._of_making or _WE_DECIDED.search(self.text):
            return False
        told_of = "benefit" in self.words or self.in_place
        return "beneficiary" in self.words or ("solution" in self.words and told_of)

    @property
    def _of_making(self) -> bool:
        return "making" in self.words and "beneficiary" not in self.words

    def weighs(self, kinds: Iterable[Quantity]) -> bool:
        """Whether one of the quantities is about what is at stake, or saved."""
        cause = not self.words.isdisjoint({"stake", "concern", "beneficiary", "benefit"}) or self.in_place
        spared = "saving" in self.words and (self.in_place or not self.words.isdisjoint({"beneficiary", "benefit"}))
        return any((spared if kind is Quantity.TIME else cause) and not self._of_making for kind in kinds)


@dataclass(frozen=True, slots=True)
class _Ears:
    """The words each kind of statement is made of."""

    vocabulary: Vocabulary
    lists: Mapping[str, Phrases]

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> _Ears:
        return cls(vocabulary, {name: phrases(vocabulary.words.get(name, ())) for name in (*_LISTS, *_SPOILING)})

    def heard(self, text: str, *, in_place: bool) -> set[str]:
        """What a sentence states."""
        words = frozenset(name for name in _LISTS if self.lists[name].search(text))
        if "decision" in words and not self._decides(text):
            words -= {"decision"}
        if words.isdisjoint(_TELLING) and not in_place:
            return set()
        stakes = frozenset(
            found[0].lower() for name in ("stake", "concern") for found in self.lists[name].finditer(text)
        )
        heard = _Heard(text, in_place, words, stakes)
        told = {f"value.{name}" for name in ("beneficiary", "stake", "change") if getattr(heard, name)}
        if heard.weighs(quantities(text, self.vocabulary)):
            told.add("value.quantity")
        return told

    def _decides(self, text: str) -> bool:
        """Whether a word of deciding is not about the making: "automated training" changes nobody's work."""
        ends = (text[found.end() :].lstrip() for found in self.lists["decision"].finditer(text))
        return not all(self.lists["making"].match(rest) or _MAKING.match(rest) for rest in ends)

    def is_on_world(self, text: str) -> bool:
        """Whether a sentence tells of the world and not of the project, its data or its making."""
        if word_count(text) < _LEAST_WORDS_ON_WORLD or _LABEL.match(text) or "\u2026" in text:
            return False
        return not any(self.lists[name].search(text) for name in ("own_work", "making"))

    def is_specific(self, text: str) -> bool:
        """Whether a sentence is about the problem: no order or plan, no course, no list of columns, no buzzwords."""
        if instructs(text, self.vocabulary) or intends(text, self.vocabulary):
            return False
        if self.lists["course"].search(text) or _DICTIONARY.match(text):
            return False
        return self.lists["buzzword"].count(text) * 8 <= word_count(text)


def _in_passage(passage: Passage, ears: _Ears, above: int) -> Iterator[Fact]:
    roles, written = passage.roles, passage.written
    if is_how_to(roles) or roles in _ELSEWHERE:
        return
    in_place = bool(roles & {"problem", "value"}) and passage.section.level > 1
    least = _LEAST_WORDS_IN_PLACE if in_place else _LEAST_WORDS
    for sentence in passage.sentences:
        told = _told(sentence, roles, ears, in_place=in_place) if word_count(sentence.text) >= least else set[str]()
        if not told:
            continue
        at = written.at(sentence.line, shortened(sentence.text, 200))
        yield from (Fact(name, at=at) for name in sorted(told))
        if written.root and told != {"value.context"} and _is_early(passage.section, sentence, above):
            yield Fact("value.early", at=at)


def _told(sentence: Prose, roles: frozenset[str], ears: _Ears, *, in_place: bool) -> set[str]:
    """The facts that a sentence shows, none if it is about nothing in particular."""
    told = ears.heard(sentence.text, in_place=in_place)
    if in_place and not roles & _OF_WORK and ears.is_on_world(sentence.text):
        told.add("value.context")
    return told if told and ears.is_specific(sentence.text) else set()


def _is_early(section: Section, sentence: Prose, above: int) -> bool:
    """Whether few words stand before a sentence, those above its section included."""
    for prose in section.prose:
        if above >= _TOP_WORDS or prose.line >= sentence.line:
            break
        above += word_count(prose.text)
    return above < _TOP_WORDS


__all__ = ["FACTS", "WANTS", "extract"]
