"""What a written document holds: sections of prose, tables, pictures, links and code, with line numbers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph or list item as plain text, without markup, pictures and URLs.

    Inline code that is no number stands as an ellipsis.
    """

    text: str
    line: int
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; cells are plain text."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    line: int


@dataclass(frozen=True, slots=True)
class Image:
    """A picture, in Markdown or HTML; ``badge`` for shields and workflow status pictures."""

    url: str
    alt: str
    line: int
    badge: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink, in Markdown or HTML, or a bare URL; ``badge`` if its text is only a badge picture."""

    url: str
    text: str
    line: int
    badge: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """A code block (``inline`` False) or code span; ``line`` is that of its first line of code."""

    text: str
    line: int
    language: str = ""
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands below it up to the next heading of any level.

    The text before the first heading is a section of level 0 with an empty title.
    """

    title: str
    level: int
    line: int
    prose: tuple[Prose, ...] = ()
    tables: tuple[Table, ...] = ()
    images: tuple[Image, ...] = ()
    links: tuple[Link, ...] = ()
    code: tuple[Code, ...] = ()

    @property
    def words(self) -> int:
        """How many words of prose stand in the section."""
        return sum(len(p.text.split()) for p in self.prose)


@dataclass(frozen=True, slots=True)
class Markdown:
    """A parsed document; comments, front matter and struck-out text are left out.

    ``cut`` says why what follows was not read, or is empty.
    """

    sections: tuple[Section, ...]
    cut: str = ""

    @property
    def words(self) -> int:
        """How many words of prose the document has."""
        return sum(s.words for s in self.sections)
