"""The HTML that stands in Markdown: pictures, links, headings and text, with lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from portfolio_audit.parsing.prose import Image, Link

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BREAKS = frozenset({"p", "div", "br", "li", "ul", "ol", "tr", "table", "details", "summary", "center", "section"})
_SILENT = frozenset({"script", "style", "svg"})
_MOST_PIECES = 5_000


@dataclass(frozen=True, slots=True)
class HtmlPiece:
    """A heading (``level`` 1 to 6) or a stretch of text (``level`` 0)."""

    text: str
    line: int
    level: int = 0


def read_html(html: str, line: int) -> Iterator[HtmlPiece | Image | Link]:
    """What a piece of HTML shows, in order; ``line`` is that of its first line."""
    reader = _Reader(line)
    reader.feed(html)
    reader.close()
    reader.flush()
    yield from reader.pieces


def without_comments(text: str) -> str:
    """The text with every HTML comment replaced by as many line ends; an unclosed one stays."""
    parts: list[str] = []
    position = 0
    while (start := text.find("<!--", position)) >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            break
        parts += [text[position:start], "\n" * text.count("\n", start, end)]
        position = end + 3
    return "".join((*parts, text[position:]))


class _Reader(HTMLParser):
    """Collects pieces; never fails on broken HTML, as browsers do not."""

    def __init__(self, line: int) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[HtmlPiece | Image | Link] = []
        self.first = line - 1
        self.text: list[str] = []
        self.text_line, self.started = line, False
        self.level = 0
        self.silent = 0
        self.link: tuple[str, int, int] | None = None

    @property
    def line(self) -> int:
        """The line of what is being read."""
        return self.first + self.getpos()[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag opens."""
        values = {name: value or "" for name, value in attrs}
        if tag in _HEADINGS or tag in _BREAKS:
            self.flush()
            self.level = _HEADINGS.get(tag, 0)
        elif tag == "img":
            self._add(Image(values.get("src", ""), values.get("alt", ""), self.line))
        elif tag == "a":
            self.link = (values.get("href", ""), self.line, len(self.text))
        elif tag in {"video", "source", "iframe"} and values.get("src"):
            self._add(Link(values["src"], tag, self.line))
        elif tag in _SILENT:
            self.silent += 1

    def handle_endtag(self, tag: str) -> None:
        """A tag closes."""
        if tag in _HEADINGS or tag in _BREAKS:
            self.flush()
            self.level = 0
        elif tag == "a" and self.link:
            url, line, start = self.link
            self._add(Link(url, " ".join("".join(self.text[start:]).split()), line))
            self.link = None
        elif tag in _SILENT:
            self.silent = max(self.silent - 1, 0)

    def handle_data(self, data: str) -> None:
        """Text between tags."""
        if self.silent:
            return
        if not self.started and data.strip():
            self.text_line = self.line + data.count("\n", 0, len(data) - len(data.lstrip()))
            self.started = True
        self.text.append(data)

    def parse_marked_section(self, i: int, report: int = 1) -> int:  # noqa: ARG002  # the base class names it
        """``<![…]>``: nothing to a browser, and an AssertionError to the base class when it is of no known kind."""
        return self.parse_bogus_comment(i)

    def flush(self) -> None:
        """End a stretch of text."""
        text = " ".join("".join(self.text).split())
        if text:
            self._add(HtmlPiece(text, self.text_line, self.level))
        self.text, self.started = [], False
        self.link = self.link and (*self.link[:2], 0)

    def _add(self, piece: HtmlPiece | Image | Link) -> None:
        if len(self.pieces) < _MOST_PIECES:
            self.pieces.append(piece)
