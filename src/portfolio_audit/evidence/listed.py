"""Packages that only a README lists: a reader can install them one by one, no installer can."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.installing import READMES
from portfolio_audit.evidence.undeclared import wanted_distributions
from portfolio_audit.model.fact import Fact
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.dependency import normalise
from portfolio_audit.parsing.prose import Section

_TITLE = re.compile(
    r"requirement|dependenc|prerequisite|librar|package|module|installation|environment|requisitos|bibliotecas"
    r"|dépendances|voraussetzungen|зависимости|требования|依赖|环境",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z][\w.-]{1,60}")
_LEAST = 2
_MOST_TEXT = 2_000


def listed(documents: Documents) -> Iterator[Fact]:
    """Give each package that the code imports and a README lists under a heading for it, if there are two or more."""
    wanted = wanted_distributions(documents)
    for path in documents.matching(*READMES) if wanted else ():
        markdown = documents.markdown(path)
        for section in markdown.sections if markdown else ():
            if _TITLE.search(section.title[:200]):
                yield from _in_section(section, path, wanted)


def _in_section(section: Section, path: str, wanted: frozenset[str]) -> Iterator[Fact]:
    lines = [(p.text, p.line) for p in section.prose] + [(c.text, c.line) for c in section.code if c.inline]
    found: dict[str, int] = {}
    for text, line in lines:
        for word in _WORD.findall(text[:_MOST_TEXT]):
            if (name := normalise(word)) in wanted:
                found.setdefault(name, line)
    if len(found) >= _LEAST:
        for name, line in found.items():
            yield Fact("environment.listed", name, Location(path, line, note=f"the README lists {name}"))
