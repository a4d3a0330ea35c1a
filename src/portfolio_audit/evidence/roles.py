"""What each section of a document is there for: the problem, the data, how to run it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from unicodedata import combining, normalize

from portfolio_audit.evidence.wording import Phrases, phrases
from portfolio_audit.evidence.writeups import Written
from portfolio_audit.model.vocabulary import Vocabulary
from portfolio_audit.parsing.prose import Section

_LONGEST_TITLE = 200
_NAME_WORD = re.compile(r"[^\W\d_]+")
STEPS = frozenset({"usage", "installation", "architecture", "deployment", "monitoring"})
_NOT_OWN = frozenset({"assessment", "contents"})
_NO_STORY = STEPS | _NOT_OWN | {"future"}
_WHY = frozenset({"problem", "value", "results", "discussion"})

Roles = frozenset[str]
Lists = tuple[tuple[str, tuple[str, ...]], ...]


def with_roles(written: Written, vocabulary: Vocabulary) -> Iterator[tuple[Section, Roles]]:
    """Each section with the roles its heading names; a heading that names none has those of the one above it.

    In a document that is named after steps or plans, such as ``docs/setup.md``, other sections tell steps or plans too.
    """
    lists = tuple(sorted(vocabulary.headings.items()))
    whole = _roles_of_document(written, lists)
    above: list[tuple[int, Roles]] = []
    for section in written.sections:
        while above and above[-1][0] >= section.level:
            above.pop()
        roles = roles_of(section.title, lists) or (above[-1][1] if above else whole)
        above.append((section.level, roles if section.level > 1 else whole))
        yield section, roles if section.level > 1 or not whole else whole


def _roles_of_document(written: Written, lists: Lists) -> Roles:
    """The steps or plans a document is about by its name or its folder's; the README that is shown has none."""
    if written.root or written.notebook is not None:
        return frozenset()
    folder, _, name = written.path.rpartition("/")
    kept_in = " ".join(_NAME_WORD.findall(folder.rpartition("/")[2].lower()))
    roles = frozenset(role for role, words in lists if kept_in in words)
    if not written.readme:
        roles |= roles_of(" ".join(_NAME_WORD.findall(name.partition(".")[0])), lists)
    return roles & _NO_STORY


@lru_cache(maxsize=4096)
def roles_of(title: str, lists: Lists) -> Roles:
    """The roles a heading names."""
    folded = _folded(title[:_LONGEST_TITLE])
    return frozenset(role for role, words in lists if _pattern(words).search(folded))


@lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...]) -> Phrases:
    return phrases(tuple(map(_folded, words)))


def _folded(text: str) -> str:
    """The text without accents, underscores and differences of width, as people leave them out in headings."""
    if text.isascii():
        return text.replace("_", " ")
    plain = (c for c in normalize("NFKD", text) if not combining(c))
    return "".join(plain).replace("_", " ").replace("\u2019", "'")


def is_how_to(roles: Roles) -> bool:
    """Whether a section tells how to run or build the thing rather than what it is for."""
    return bool(roles & _NOT_OWN) or (bool(roles & STEPS) and not roles & _WHY)
