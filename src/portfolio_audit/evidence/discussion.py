"""Discussion: decisions, alternatives, failures and limits that are written down."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.wording import phrases, sentences
from portfolio_audit.evidence.writeups import WANTS, Written, writeups
from portfolio_audit.model.fact import Fact, FactSpec, FactType
from portfolio_audit.parsing.prose import Section

_TEXTS = ("*.md", "*.markdown", "*.rst", "README*", "*.qmd", "*.rmd", "*.ipynb")
FACTS = (
    FactSpec("discussion.decisions", FactType.FLAG, "A choice with its reason.", reads=_TEXTS),
    FactSpec("discussion.alternatives", FactType.FLAG, "What else was tried or considered.", reads=_TEXTS),
    FactSpec("discussion.failures", FactType.FLAG, "What did not work.", reads=_TEXTS),
    FactSpec("discussion.limits", FactType.FLAG, "What the work cannot do, or assumes.", reads=_TEXTS),
)
_LISTS = {"decisions": "choice", "alternatives": "alternative", "failures": "failure", "limits": "limit"}
_ABOUT_WORK = re.compile(
    r"\b(?:model\w*|data\w*|feature\w*|algorithm\w*|approach|method\w*|accuracy|precision|recall|f1|auc|rmse|score\w*|train\w*|predict\w*|result\w*|experiment\w*|baseline|embedding\w*|"
    r"retriev\w*|sample\w*|class(?:es)?|fold\w*|hyper-?parameter\w*|api|deploy\w*|pipeline)\b",
    re.IGNORECASE,
)
_LEAST_WORDS = 8
_SECTION_WORDS = 25


def extract(documents: Documents) -> Iterator[Fact]:
    """Give the sentences, and the sections with prose of their own, that discuss the work."""
    patterns = {aspect: phrases(documents.vocabulary.words.get(name, ())) for aspect, name in _LISTS.items()}
    limits = phrases(documents.vocabulary.headings.get("limits", ()))
    for written in writeups(documents):
        for section in written.sections:
            if limits.search(section.title[:200]) and section.words >= _SECTION_WORDS:
                yield Fact("discussion.limits", at=written.at(section.line, section.title[:60]))
            yield from _sentences(section, written, patterns)


def _sentences(section: Section, written: Written, patterns: dict[str, re.Pattern[str]]) -> Iterator[Fact]:
    for sentence in sentences(section.prose, least_words=_LEAST_WORDS):
        if not _ABOUT_WORK.search(sentence.text):
            continue
        for aspect, pattern in patterns.items():
            if pattern.search(sentence.text):
                yield Fact(f"discussion.{aspect}", at=written.at(sentence.line, sentence.text[:60]))


__all__ = ["FACTS", "WANTS", "extract"]
