"""Markdown to sections of prose, tables, pictures, links and code, with line numbers.

CommonMark with tables and struck-out text, and the HTML that READMEs use.
Sources: https://spec.commonmark.org/0.31.2/ and, for the two extensions, https://github.github.com/gfm/
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from portfolio_audit.parsing.html import HtmlPiece, read_html, without_comments
from portfolio_audit.parsing.prose import Code, Image, Link, Markdown, Prose, Section, Table

__all__ = ["Code", "Image", "Link", "Markdown", "Prose", "Section", "Table", "parse_markdown"]

LONGEST_LINE = 20_000
LONGEST_DOCUMENT = 600_000
MOST_LINES = 20_000
BOLD_LEVEL = 7
"""The level of a bold line that stands alone: it is read as a heading, and below every real one."""
_LONGEST_BOLD_TITLE = 8
_BARE_URL = re.compile(r"https?://[^\s<>()\[\]\"'`]+")
_BADGE = re.compile(
    r"shields\.io|badge|codecov\.io|travis-ci|circleci\.com/.*\.svg|readthedocs\.org/projects|badgen\.net",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[-+~≈]?[\d.,]{1,20} ?%?")
_HREF = re.compile(r"""<a\b[^>]*?\bhref\s*=\s*["']?([^"'\s>]*)""", re.IGNORECASE)
_FRONT_MATTER = re.compile(r"\A---\n(?:(?!---\n).*\n){0,200}?---\n")


def parse_markdown(text: str) -> Markdown:
    """Parse Markdown; comments, front matter and struck-out text are left out."""
    lines = _blanked(text[:LONGEST_DOCUMENT]).split("\n")
    tokens = _parser().parse("\n".join(line[:LONGEST_LINE] for line in lines[:MOST_LINES]))
    cut = f"is longer than {LONGEST_DOCUMENT:,} characters" if len(text) > LONGEST_DOCUMENT else ""
    cut = f"has more than {MOST_LINES:,} lines" if len(lines) > MOST_LINES else cut
    return Markdown(tuple(_Reader().read(tokens)), cut)


def is_badge(url: str, alt: str = "") -> bool:
    """Whether a picture is a status badge rather than something to look at."""
    return bool(_BADGE.search(url[:500]) or "badge" in alt.lower()[:100])


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True, "maxNesting": 40}).enable(["table", "strikethrough"])


def _blanked(text: str) -> str:
    """The text with comments and front matter replaced by as many empty lines."""
    head = _FRONT_MATTER.match(text)
    if head:
        text = "\n" * head[0].count("\n") + text[head.end() :]
    return without_comments(text)


@dataclass(slots=True)
class _Open:
    """A section that is still being read."""

    title: str
    level: int
    line: int
    prose: list[Prose] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    code: list[Code] = field(default_factory=list)

    def close(self) -> Section:
        return Section(
            self.title,
            self.level,
            self.line,
            tuple(self.prose),
            tuple(self.tables),
            tuple(self.images),
            tuple(self.links),
            tuple(self.code),
        )


class _Reader:
    """Turns the token stream of markdown-it into sections."""

    def __init__(self) -> None:
        self.done: list[Section] = []
        self.open = _Open("", 0, 1)
        self.quotes = 0

    def read(self, tokens: Sequence[Token]) -> list[Section]:
        """Every section, the part before the first heading included when it holds anything."""
        position = 0
        while position < len(tokens):
            position = self._take(tokens, position) + 1
        self._close()
        return self.done

    def _take(self, tokens: Sequence[Token], position: int) -> int:
        """Read what starts at a position; give the position of its last token."""
        token = tokens[position]
        line = token.map[0] + 1 if token.map else 1
        if token.type == "heading_open":
            inline = tokens[position + 1]
            words = _words(_kept(inline.children or []))
            self._start(words, int(token.tag[1:]), line)
            self._take_inline(inline, line, heading=True)
            return position + 2
        if token.type == "table_open":
            return self._take_table(tokens, position, line)
        if token.type in {"fence", "code_block"} and token.content:
            language = token.info.strip().split(" ")[0].lower() if token.info.strip() else ""
            self.open.code.append(Code(token.content, line + (token.type == "fence"), language))
        elif token.type in {"blockquote_open", "blockquote_close"}:
            self.quotes += token.nesting
        elif token.type == "inline":
            if title := _bold_title(token):
                self._start(title, BOLD_LEVEL, line)
            else:
                self._take_inline(token, line)
        elif token.type == "html_block":
            self._take_html(token.content, line)
        return position

    def _start(self, title: str, level: int, line: int) -> None:
        self._close()
        self.open = _Open(title, level, line)

    def _close(self) -> None:
        section = self.open.close()
        if section.level or section.prose or section.images or section.links or section.code or section.tables:
            self.done.append(section)

    def _take_inline(self, token: Token, line: int, *, heading: bool = False) -> None:
        """The text of a paragraph or list item, and what stands in it."""
        kept = _kept(token.children or [])
        text = _words(kept)
        if text and not heading:
            self.open.prose.append(Prose(_BARE_URL.sub("", text).strip(), line, quoted=self.quotes > 0))
        self.open.links.extend(Link(url[0].rstrip(".,;:!?"), "", line) for url in _BARE_URL.finditer(text))
        for piece in _pieces(kept, line):
            self._add(piece)

    def _take_html(self, html: str, line: int) -> None:
        for piece in read_html(html, line):
            if isinstance(piece, HtmlPiece):
                if piece.level:
                    self._start(piece.text, piece.level, piece.line)
                elif piece.text:
                    self.open.prose.append(Prose(piece.text, piece.line, quoted=self.quotes > 0))
            else:
                self._add(piece)

    def _add(self, piece: Image | Link | Code) -> None:
        if isinstance(piece, Image):
            self.open.images.append(Image(piece.url, piece.alt, piece.line, is_badge(piece.url, piece.alt)))
        elif isinstance(piece, Link):
            self.open.links.append(piece)
        else:
            self.open.code.append(piece)

    def _take_table(self, tokens: Sequence[Token], position: int, line: int) -> int:
        rows: list[list[str]] = []
        while tokens[position].type != "table_close":
            token = tokens[position]
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(_words(_kept(token.children or []), code=True))
                for piece in _pieces(token.children or [], token.map[0] + 1 if token.map else line):
                    self._add(piece)
            position += 1
        header, *body = [tuple(row) for row in rows] or [()]
        self.open.tables.append(Table(header, tuple(body), line))
        return position


def _bold_title(token: Token) -> str:
    """The text of a line that is bold as a whole and short enough for a title, else nothing."""
    children = [child for child in token.children or [] if child.content or child.nesting]
    inside = children[1:-1]
    whole = len(inside) == 1 and children[0].type == "strong_open" and inside[0].type == "text"
    title = inside[0].content.strip() if whole else ""
    short = 0 < len(title.split()) <= _LONGEST_BOLD_TITLE
    return title.rstrip(":") if token.level == 1 and short and not title.endswith((".", "!", "?")) else ""


def _kept(children: Sequence[Token]) -> list[Token]:
    """Inline tokens without what is struck out; ends of lines stay, since they count lines."""
    struck = 0
    kept: list[Token] = []
    for token in children:
        if token.type in {"s_open", "s_close"}:
            struck += token.nesting
        elif not struck or token.type in {"softbreak", "hardbreak"}:
            kept.append(token)
    return kept


def _words(children: Sequence[Token], *, code: bool = False) -> str:
    """The plain text of inline tokens, struck-out text and pictures left out."""
    parts: list[str] = []
    for token in children:
        if token.type == "text" or (code and token.type == "code_inline"):
            parts.append(token.content)
        elif token.type == "code_inline":
            parts.append(token.content if _NUMBER.fullmatch(token.content.strip()) else "…")
        elif token.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
    return " ".join("".join(parts).split())


def _pieces(children: Sequence[Token], line: int) -> Iterator[Image | Link | Code]:
    """Pictures, links and code spans of inline tokens, each with its own line."""
    opened: list[tuple[str, int, int]] = []
    for index, token in enumerate(children):
        url = _opened(token)
        if token.type in {"softbreak", "hardbreak"}:
            line += 1
        elif url is not None:
            opened.append((url, index, line))
        elif _closes(token):
            if opened:
                url, start, at = opened.pop()
                yield _link(url, children[start + 1 : index], at)
        else:
            yield from _piece(token, line)


def _opened(token: Token) -> str | None:
    """The address of a link that begins with a token."""
    if token.type == "link_open":
        return str(token.attrs.get("href", ""))
    anchor = _HREF.match(token.content) if token.type == "html_inline" else None
    return anchor[1] if anchor else None


def _closes(token: Token) -> bool:
    return token.type == "link_close" or (token.type == "html_inline" and token.content.lower() == "</a>")


def _piece(token: Token, line: int) -> Iterator[Image | Link | Code]:
    """What a token shows by itself."""
    if token.type == "image":
        yield Image(str(token.attrs.get("src", "")), token.content, line)
    elif token.type == "code_inline":
        yield Code(token.content, line, inline=True)
    elif token.type == "html_inline":
        yield from (piece for piece in read_html(token.content, line) if not isinstance(piece, HtmlPiece))


def _link(url: str, inside: Sequence[Token], line: int) -> Link:
    text = _words(inside, code=True)
    pictures = [token for token in inside if token.type == "image"]
    badge = not text and any(is_badge(str(p.attrs.get("src", "")), p.content) for p in pictures)
    return Link(url, text or " ".join(p.content for p in pictures), line, badge)
