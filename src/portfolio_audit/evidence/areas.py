"""The fields of specialisation a repository shows: by what it imports, and by the words at the front of it."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio_audit.evidence.codebase import CODE_FILES, Codebase, below_any, full_name
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.wording import phrases
from portfolio_audit.model.fact import Fact, FactSpec, FactType
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Unavailable
from portfolio_audit.parsing.markdown import Section

READMES = ("/README*.md", "/README*.markdown", "/README")
WANTS = (*CODE_FILES, *READMES)
FACTS = (
    FactSpec("area.imports", FactType.NAMES, "Fields of specialisation, by imported modules.", reads=CODE_FILES),
    FactSpec(
        "area.words", FactType.NAMES, "Fields of specialisation, by title, first section and topics.", reads=READMES
    ),
)


def extract(documents: Documents) -> Iterator[Fact]:
    """Give each field with the places that show it."""
    codebase = documents.once(Codebase)
    for source in codebase:
        told: set[str] = set()
        areas = [area for area in documents.vocabulary.areas if source.imports(area.imports)]
        for found in source.module.imports if areas else ():
            name = full_name(found)
            for area in areas:
                if area.id not in told and below_any(name, area.imports) and not codebase.is_own(source, found):
                    told.add(area.id)
                    yield Fact("area.imports", area.id, source.at(found.line, f"imports {name[:60]}"))
    yield from _by_words(documents)


def _by_words(documents: Documents) -> Iterator[Fact]:
    for at, text in documents.once(front_texts):
        for area in documents.vocabulary.areas:
            found = phrases(area.words).search(text)
            if found:
                yield Fact("area.words", area.id, Location(at.path, at.line, note=f"says “{found[0].lower()}”"))


def front_texts(documents: Documents) -> tuple[tuple[Location, str], ...]:
    """What a visitor reads first: topics, description, and the title and first section of the README."""
    return tuple(_front_texts(documents))


def _front_texts(documents: Documents) -> Iterator[tuple[Location, str]]:
    snapshot = documents.snapshot
    yield Location(""), snapshot.name.replace("-", " ").replace("_", " ")
    if not isinstance(snapshot.metadata.topics, Unavailable):
        yield Location(""), " , ".join(snapshot.metadata.topics)
    if not isinstance(snapshot.metadata.description, Unavailable):
        yield Location(""), snapshot.metadata.description
    for path in documents.matching(*READMES)[:1]:
        readme = documents.markdown(path)
        for section in _first_sections(readme.sections if readme else ()):
            yield Location(path, section.line), section.title
            for prose in section.prose[:6]:
                yield Location(path, prose.line), prose.text[:1_000]


def _first_sections(sections: tuple[Section, ...]) -> Iterator[Section]:
    """The sections up to the first that says something."""
    for section in sections[:4]:
        yield section
        if section.words:
            return
