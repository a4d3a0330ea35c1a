"""Where a repository is written about: READMEs, reports, and the narration of notebooks, as sections with lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.model.fact import Fact, FactSpec
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Unavailable
from portfolio_audit.parsing.notebook import Notebook
from portfolio_audit.parsing.plain_text import parse_plain
from portfolio_audit.parsing.prose import Prose, Section

WANTS = (
    *("*.md", "*.markdown", "*.rst", "README*", "*.qmd", "*.rmd", "*.adoc", "*.org", "*.ipynb"),
    *("/docs/*.txt", "/reports/*.txt"),
)
DOCUMENTS = tuple(glob for glob in WANTS if glob != "*.ipynb")
READMES = ("README", "README.*")
_MARKDOWN = (".md", ".markdown", ".qmd", ".rmd", ".mdx")
_NOT_ABOUT = (
    "CHANGELOG*",
    "CONTRIBUTING*",
    "CODE_OF_CONDUCT*",
    "SECURITY*",
    "LICENSE*",
    "PULL_REQUEST_TEMPLATE*",
    "ISSUE_TEMPLATE/",
    "prompts/",
    "/.gemini/",
    "/.claude/",
    "/.cursor/",
    "/.agents/",
    "CLAUDE.md",
    "AGENTS.md",
    "GEMINI.md",
    "copilot-instructions.md",
)
_ORG_HEADING = re.compile(r"^(\*{1,20})(?=\s\S)", re.MULTILINE)
_ADOC_HEADING = re.compile(r"^(={1,6})(?=\s\S)", re.MULTILINE)
_FOLDERS = {".github": 0, "": 1, "docs": 2}
_MOST = 60
_SUBSTANTIAL = 120
_LONGEST_TITLE = 12


@dataclass(frozen=True, slots=True)
class Written:
    """A document and its sections; ``readme`` for a README, ``root`` for the one GitHub shows."""

    path: str
    sections: tuple[Section, ...]
    readme: bool = False
    root: bool = False
    notebook: Notebook | None = None

    @property
    def words(self) -> int:
        """How many words of prose it has."""
        return sum(section.words for section in self.sections)

    @property
    def substantial(self) -> bool:
        """Whether it can be a write-up by its length."""
        return self.words >= _SUBSTANTIAL

    def at(self, line: int, note: str = "") -> Location:
        """A place in it; in a notebook the cell is told as well, if no other begins in the same line."""
        cells = [c.number for c in self.notebook.cells if c.line == line] if self.notebook else []
        return Location(self.path, line, cells[0] if len(cells) == 1 else 0, note)


def readme_of(documents: Documents) -> str | None:
    """The README that GitHub shows: in .github, at the root or in docs, whatever its case and ending.

    Source: https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-readmes
    """
    found = [p for p in documents.matching(*READMES) if p.rpartition("/")[0].lower() in _FOLDERS]
    return min(found, key=_precedence, default=None)


def _precedence(path: str) -> tuple[int, int, bool, str]:
    """Which of several READMEs comes first: by folder, a translation such as ``README.es.md`` last, Markdown first."""
    folder, _, name = path.lower().rpartition("/")
    return _FOLDERS[folder], name.count("."), not name.endswith(_MARKDOWN), path


def writeups(documents: Documents) -> tuple[Written, ...]:
    """Everything written, the README first, notebooks last; read once."""
    return documents.once(_read_all)


def prose_writeups(documents: Documents) -> tuple[Written, ...]:
    """What is written as a document: READMEs and reports, not notebooks."""
    return tuple(w for w in writeups(documents) if w.notebook is None)


def undecided(documents: Documents, specs: tuple[FactSpec, ...]) -> Iterator[Fact]:
    """The facts as undecided where a notebook that could not be read may be the only write-up there is."""
    if any(w.substantial for w in prose_writeups(documents)):
        return
    for path, reason in sorted(documents.missed.items()):
        if path.lower().endswith(".ipynb"):
            yield from (Fact(spec.id, Unavailable(reason), Location(path)) for spec in specs)


def _read_all(documents: Documents) -> tuple[Written, ...]:
    root = readme_of(documents)
    left_out = set(documents.matching(*_NOT_ABOUT))
    paths = list(documents.matching(*(glob for glob in DOCUMENTS if glob != "README*"), *READMES))
    ordered = sorted((p for p in paths if p not in left_out), key=lambda p: (p != root, p.count("/"), p))
    return (*_documents(documents, ordered[:_MOST], root), *islice(_narrations(documents), _MOST))


def _documents(documents: Documents, paths: list[str], root: str | None) -> Iterator[Written]:
    readmes = set(documents.matching(*READMES))
    for path in paths:
        if path.lower().endswith(_MARKDOWN):
            parsed = documents.markdown(path)
            sections = parsed.sections if parsed else ()
        else:
            sections = documents.parsed(path, _OTHER_MARKUP.get(path.lower().rpartition(".")[2], parse_plain)) or ()
        if sections:
            yield Written(path, tuple(map(_told_title, sections)), path in readmes, path == root)


def _parse_org(text: str) -> tuple[Section, ...]:
    """The sections of an Org file, whose headings begin with stars."""
    return parse_plain(_ORG_HEADING.sub(lambda found: "#" * min(len(found[1]), 6), text))


def _parse_asciidoc(text: str) -> tuple[Section, ...]:
    """The sections of an AsciiDoc file, whose headings begin with equals signs."""
    return parse_plain(_ADOC_HEADING.sub(lambda found: "#" * len(found[1]), text))


_OTHER_MARKUP = {"org": _parse_org, "adoc": _parse_asciidoc, "asciidoc": _parse_asciidoc}


def _narrations(documents: Documents) -> Iterator[Written]:
    for path, notebook in documents.notebooks():
        sections = tuple(
            section for cell in notebook.cells if cell.markdown for section in _in_cell(cell.source, cell.line)
        )
        if sections:
            yield Written(path, _joined(tuple(map(_told_title, sections))), notebook=notebook)


def _told_title(section: Section) -> Section:
    """The section with a heading as long as a sentence given as prose too: some write in headings to be seen."""
    if len(section.title.split()) <= _LONGEST_TITLE:
        return section
    return replace(section, prose=(Prose(section.title, section.line), *section.prose))


def _in_cell(source: str, line: int) -> tuple[Section, ...]:
    """The sections of a cell, all at the line of the cell: lines inside a notebook's JSON mean nothing to a reader."""
    return tuple(
        replace(
            section,
            line=line,
            prose=tuple(replace(p, line=line) for p in section.prose),
            tables=tuple(replace(t, line=line) for t in section.tables),
            images=tuple(replace(i, line=line) for i in section.images),
            links=tuple(replace(x, line=line) for x in section.links),
        )
        for section in parse_plain(source)
    )


def _joined(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Sections of cells put together: text before a cell's first heading belongs to the section before it."""
    joined: list[Section] = []
    for section in sections:
        if section.level or not joined:
            joined.append(section)
        else:
            last = joined[-1]
            joined[-1] = replace(
                last,
                prose=(*last.prose, *section.prose),
                tables=(*last.tables, *section.tables),
                images=(*last.images, *section.images),
                links=(*last.links, *section.links),
                code=(*last.code, *section.code),
            )
    return tuple(joined)
