"""The fields of specialisation a repository shows: by what it imports, and by the words at the front of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_audit.evidence.codebase import CODE_FILES, Codebase, below_any, full_name, imports_for
from portfolio_audit.evidence.container_files import COMPOSE_FILES, DOCKERFILES, images
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.tools import configured
from portfolio_audit.evidence.wording import phrases
from portfolio_audit.model.fact import Fact, FactSpec, FactType
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Unavailable
from portfolio_audit.model.vocabulary import Area, Vocabulary
from portfolio_audit.parsing.markdown import Section

READMES = ("/README*.md", "/README*.markdown", "/README")
WANTS = (*CODE_FILES, *READMES, *DOCKERFILES, *COMPOSE_FILES)
FACTS = (
    FactSpec(
        "area.imports", FactType.NAMES, "Fields of specialisation, by imported modules and tools.", reads=CODE_FILES
    ),
    FactSpec(
        "area.words", FactType.NAMES, "Fields of specialisation, by title, first section and topics.", reads=READMES
    ),
)


def extract(documents: Documents) -> Iterator[Fact]:
    """Give each field with the places that show it."""
    codebase = documents.once(Codebase)
    modules = {area.id: _modules(documents.vocabulary, area) for area in documents.vocabulary.areas}
    for source in codebase:
        told: set[str] = set()
        areas = [area for area, names in modules.items() if source.imports(names)]
        for found in source.module.imports if areas else ():
            name = full_name(found)
            for area in areas:
                if area not in told and below_any(name, modules[area]) and not codebase.is_own(source, found):
                    told.add(area)
                    yield Fact("area.imports", area, source.at(found.line, f"imports {name[:60]}"))
    yield from _by_tools(documents)
    yield from _by_words(documents)


def _modules(vocabulary: Vocabulary, area: Area) -> tuple[str, ...]:
    return area.imports + (imports_for(vocabulary, *area.purposes) if area.purposes else ())


def _by_tools(documents: Documents) -> Iterator[Fact]:
    """Images and files of the tools for an area's purposes."""
    used = [(image.name, image.at) for image in images(documents)]
    for area in documents.vocabulary.areas:
        tools = documents.vocabulary.serving(*area.purposes) if area.purposes else ()
        known = {image for tool in tools for image in tool.images}
        yield from (Fact("area.imports", area.id, at) for name, at in used if name in known)
        for tool, path in configured(documents, *area.purposes):
            yield Fact("area.imports", area.id, Location(path, note=f"configures {tool.name}"))


def _by_words(documents: Documents) -> Iterator[Fact]:
    for at, text in documents.once(front_texts):
        found = {area.id: match for area in documents.vocabulary.areas if (match := phrases(area.words).search(text))}
        for name, match in found.items():
            if not any(_within(match, other) for other in found.values()):
                yield Fact("area.words", name, Location(at.path, at.line, note=f"says “{match[0].lower()}”"))


def _within(match: re.Match[str], other: re.Match[str]) -> bool:
    """Whether a phrase is only part of a longer one that names another field, as in "customer segmentation"."""
    return other.start() <= match.start() and match.end() <= other.end() and match.span() != other.span()


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
