"""Value: who has the problem, why it matters, what the solution changes, and by how much; sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.wording import phrases, sentences
from portfolio_audit.evidence.writeups import WANTS, writeups
from portfolio_audit.model.fact import Fact, FactSpec, FactType

_TEXTS = ("*.md", "*.markdown", "*.rst", "README*", "*.qmd", "*.rmd", "*.ipynb")
FACTS = (
    FactSpec(
        "value.beneficiary", FactType.FLAG, "A sentence that says whom the solution helps, and how.", reads=_TEXTS
    ),
    FactSpec("value.stake", FactType.FLAG, "A sentence that says what the problem costs whom.", reads=_TEXTS),
    FactSpec("value.change", FactType.FLAG, "A sentence that says which decision or step changes.", reads=_TEXTS),
    FactSpec(
        "value.quantity",
        FactType.FLAG,
        "Such a sentence with money, time, people or a share of something.",
        reads=_TEXTS,
    ),
    FactSpec("value.section", FactType.FLAG, "A section on value, with prose of its own.", reads=_TEXTS),
)

_QUANTITY = re.compile(
    r"(?:[$€£₹]\s?\d[\d,.]*\s?(?:k|m|bn|million|billion)?|\d[\d,.]*\s?(?:%|percent|per cent|million|billion|thousand|hours?|minutes?|days?|weeks?|months?|years?|people|users|customers|patients|"
    r"deaths|cases|dollars|euros|usd|eur|lives|times|tonnes?|tons?|kwh|mwh))",
    re.IGNORECASE,
)
_BUZZWORDS = re.compile(
    r"\b(?:cutting-edge|state-of-the-art|world-class|best-in-class|next-gen\w*|revolutioni\w+|game-chang\w+|synerg\w+|enterprise-grade|scalable|robust|seamless\w*|end-to-end|production-ready|"
    r"powerful|innovative|leverag\w+|unlock\w*|cloud-native|blazing\w*|ai-powered|holistic|turnkey|10x)\b",
    re.IGNORECASE,
)
_COURSE = re.compile(
    r"\b(?:zoomcamp|bootcamp|course|capstone|midterm|peer review|evaluation criteria|points?\b.{0,20}:|homework|certificate|assignment)\b",
    re.IGNORECASE,
)
_LEAST_WORDS = 7
_SECTION_WORDS = 30


def extract(documents: Documents) -> Iterator[Fact]:
    """Give the sentences that state value, in READMEs, reports and notebooks."""
    words = documents.vocabulary.words
    who, helps, stake, decision = (phrases(words.get(k, ())) for k in ("beneficiary", "benefit", "stake", "decision"))
    heading = phrases(documents.vocabulary.headings.get("value", ()))
    for written in writeups(documents):
        for section in written.sections:
            if heading.search(section.title[:200]) and section.words >= _SECTION_WORDS:
                yield Fact("value.section", at=written.at(section.line, section.title[:60]))
            for sentence in sentences(section.prose, least_words=_LEAST_WORDS):
                text = sentence.text
                if not _is_specific(text):
                    continue
                someone, costs = who.search(text), stake.search(text)
                at = written.at(sentence.line, _quoted(text))
                if someone and helps.search(text):
                    yield Fact("value.beneficiary", at=at)
                if costs and (someone or len(set(map(str.lower, stake.findall(text)))) > 1):
                    yield Fact("value.stake", at=at)
                if decision.search(text) and (someone or helps.search(text)):
                    yield Fact("value.change", at=at)
                if _QUANTITY.search(text) and (costs or helps.search(text)):
                    yield Fact("value.quantity", at=at)


def _is_specific(text: str) -> bool:
    """Whether a sentence is about the problem, not about the course, and not made of buzzwords."""
    return not _COURSE.search(text) and len(_BUZZWORDS.findall(text)) < 2  # noqa: PLR2004  # one may slip in


def _quoted(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"  # noqa: PLR2004  # fits a line


__all__ = ["FACTS", "WANTS", "extract"]
