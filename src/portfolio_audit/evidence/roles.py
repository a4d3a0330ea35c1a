"""What each section of a document is there for: the problem, the data, how to run it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from portfolio_audit.evidence.wording import phrases
from portfolio_audit.evidence.writeups import Written
from portfolio_audit.model.vocabulary import Vocabulary
from portfolio_audit.parsing.prose import Section

_LONGEST_TITLE = 200
_HOW_TO = frozenset({"usage", "installation", "architecture", "deployment", "monitoring"})
_NOT_OWN = frozenset({"assessment", "contents"})
_WHY = frozenset({"problem", "value", "results", "discussion"})

Roles = frozenset[str]


def with_roles(written: Written, vocabulary: Vocabulary) -> Iterator[tuple[Section, Roles]]:
    """Each section with the roles its heading names; a heading that names none has those of the one above it."""
    lists = tuple(sorted(vocabulary.headings.items()))
    above: list[tuple[int, Roles]] = []
    for section in written.sections:
        while above and above[-1][0] >= section.level:
            above.pop()
        roles = roles_of(section.title, lists) or (above[-1][1] if above else frozenset())
        above.append((section.level, roles if section.level > 1 else frozenset()))
        yield section, roles


@lru_cache(maxsize=4096)
def roles_of(title: str, lists: tuple[tuple[str, tuple[str, ...]], ...]) -> Roles:
    """The roles a heading names."""
    return frozenset(role for role, words in lists if phrases(words).search(title[:_LONGEST_TITLE]))


def is_how_to(roles: Roles) -> bool:
    """Whether a section tells how to run or build the thing rather than what it is for."""
    return bool(roles & _NOT_OWN) or (bool(roles & _HOW_TO) and not roles & _WHY)
