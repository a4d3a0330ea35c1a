"""Whose repository the write-ups say this is: GitHub addresses of a repository by this name, and their owners."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.writeups import DOCUMENTS, Written, writeups
from portfolio_audit.evidence.writeups import WANTS as WRITTEN
from portfolio_audit.model.fact import Fact, FactSpec, FactType
from portfolio_audit.model.snapshot import Unavailable
from portfolio_audit.parsing.prose import Section

FACTS = (
    FactSpec(
        "identity.named",
        FactType.NAMES,
        "Owners in GitHub addresses of a repository by this one's name.",
        reads=DOCUMENTS,
    ),
    FactSpec(
        "identity.foreign",
        FactType.NAMES,
        "Of those, the owners that are not this repository's.",
        reads=DOCUMENTS,
    ),
)
WANTS = WRITTEN

_ADDRESS = re.compile(
    r"(?:github\.com[/:]|raw\.githubusercontent\.com/|codecov\.io/gh/)([A-Za-z0-9][\w-]{0,38})/([\w.-]{1,100}?)"
    r"(?:\.git)?(?=[/\s)\"'#?>\]]|$)"
)
_PLACEHOLDER = re.compile(r"your|user-?name|owner|example|org(?:anization|anisation)?$|handle|<", re.IGNORECASE)
_UNKNOWN = Unavailable("whose repository this is, is not known from a plain folder without an address")
_MOST_TEXT = 20_000


def extract(documents: Documents) -> Iterator[Fact]:
    """Give each owner once a document."""
    owner, name = documents.snapshot.owner.casefold(), documents.snapshot.name.casefold()
    for written in (written for written in writeups(documents) if written.notebook is None):
        for found, line in dict(_owners(written, name)).items():
            at = written.at(line, f"an address of {found}/{documents.snapshot.name}"[:120])
            yield Fact("identity.named", found, at)
            if not owner:
                yield Fact("identity.foreign", _UNKNOWN, at)
            elif found != owner:
                yield Fact("identity.foreign", found, at)


def _owners(written: Written, name: str) -> Iterator[tuple[str, int]]:
    """The owners of repositories by the name, last place first, so that the first is kept."""
    texts = [(text, line) for section in written.sections for text, line in _texts(section)]
    for text, line in reversed(texts):
        for owner, repository in _ADDRESS.findall(text[:_MOST_TEXT]):
            if repository.casefold() == name and not _PLACEHOLDER.search(owner):
                yield owner.casefold(), line


def _texts(section: Section) -> Iterator[tuple[str, int]]:
    yield from ((link.url, link.line) for link in section.links)
    yield from ((image.url, image.line) for image in section.images)
    yield from ((code.text, code.line) for code in section.code)
