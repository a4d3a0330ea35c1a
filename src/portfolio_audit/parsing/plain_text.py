"""Lightly marked-up text to sections: reStructuredText, plain text, and the Markdown cells of notebooks.

A line-by-line reading that knows headings, fences, tables with pipes, pictures and links. For notebooks it takes a
tenth of the time of a full Markdown parser, and their cells use little more.
"""

from __future__ import annotations

import re

from portfolio_audit.parsing.html import without_comments
from portfolio_audit.parsing.markdown import BOLD_LEVEL, is_badge
from portfolio_audit.parsing.prose import Code, Image, Link, Prose, Section, Table

LONGEST_LINE = 5_000
LONGEST_DOCUMENT = 600_000
_ATX = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_BOLD = re.compile(r"\*\*(?!\s)([^*.!?]{2,80})\*\*:?")
_HTML_HEADING = re.compile(r"<h([1-6])[^>]{0,200}>(.{0,300}?)</h\1>", re.IGNORECASE)
_UNDERLINE = re.compile(r"([=\-~^\"'#*+])\1{2,}\s*$")
_RULE = re.compile(r"\s*([=\-_*~#^+])\1{2,}\s*$")
_FENCE = re.compile(r"\s*(?:(```)[^`]*$|(~~~))")
_IMAGE = re.compile(
    r"!\[([^\]]{0,300})\]\(([^)\s]{1,2000})[^)]{0,200}\)|<img[^>]{0,500}src=[\"']([^\"']{1,2000})", re.IGNORECASE
)
_RST_IMAGE = re.compile(r"\.\. (?:image|figure):: *(\S+)")
_LINK = re.compile(r"(?<!!)\[([^\]]{1,300})\]\(([^)\s]{1,2000})[^)]{0,200}\)|(https?://[^\s<>()\[\]\"'`]{4,2000})")
_MARKUP = re.compile(
    r"\*{1,3}(?=\S)|(?<=\S)\*{1,3}|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|<[^>]{1,300}>|`{1,3}|\${1,2}(?=[A-Za-z\\])"
)
_BULLET = re.compile(r"^\s*(?:[-*+•]|\d{1,3}[.)])\s+")
_TABLE_RULE = re.compile(r"[\s:|-]*$")


def parse_plain(text: str, first_line: int = 1) -> tuple[Section, ...]:
    """The sections of a text; ``first_line`` is the line of its first one."""
    shown = without_comments(text[:LONGEST_DOCUMENT])
    return _Reader(first_line).read([line[:LONGEST_LINE] for line in shown.split("\n")])


class _Reader:
    """Reads line by line."""

    def __init__(self, first_line: int) -> None:
        self.first = first_line
        self.done: list[Section] = []
        self._begin("", 0, first_line)

    def _begin(self, title: str, level: int, line: int) -> None:
        self.title, self.level, self.line = title, level, line
        self.prose: list[Prose] = []
        self.tables: list[Table] = []
        self.images: list[Image] = []
        self.links: list[Link] = []
        self.code: list[Code] = []
        self.paragraph: list[str] = []
        self.quoted = False
        self.paragraph_line = line

    def _end(self) -> None:
        self._end_paragraph()
        parts = (self.prose, self.tables, self.images, self.links, self.code)
        if self.level or any(parts):
            self.done.append(
                Section(
                    self.title,
                    self.level,
                    self.line,
                    tuple(self.prose),
                    tuple(self.tables),
                    tuple(self.images),
                    tuple(self.links),
                    tuple(self.code),
                )
            )

    def read(self, lines: list[str]) -> tuple[Section, ...]:
        """Every section, the part before the first heading included when it holds anything."""
        index = 0
        while index < len(lines):
            index += self._take(lines, index)
        self._end()
        return tuple(self.done)

    def _take(self, lines: list[str], index: int) -> int:
        """Read what starts at a line; give how many lines it took."""
        line, number = lines[index], self.first + index
        following = lines[index + 1] if index + 1 < len(lines) else ""
        if _FENCE.match(line):
            return self._take_fence(lines, index)
        if self._take_title(line, following, number):
            return 1
        if _is_underlined(line, following):
            self._start(line, 1 if following[0] in "=#*" else 2, number)
            return 2
        if "|" in line and "|" in following and "--" in following and _TABLE_RULE.match(following):
            return self._take_table(lines, index)
        self._take_text(line, number)
        return 1

    def _take_title(self, line: str, following: str, number: int) -> bool:
        """Start a section if the line alone is a title."""
        bold = _BOLD.fullmatch(line.strip())
        if heading := _ATX.match(line.strip()) or _HTML_HEADING.search(line):
            marks, title = heading.groups()
            self._start(title, len(marks) if marks.startswith("#") else int(marks), number)
        elif bold and not following.strip() and not self.paragraph:
            self._start(bold[1].rstrip(":"), BOLD_LEVEL, number)
        else:
            return False
        return True

    def _start(self, title: str, level: int, line: int) -> None:
        self._end()
        self._begin(_plain(title), level, line)

    def _take_fence(self, lines: list[str], index: int) -> int:
        length = next((n for n in range(1, len(lines) - index) if _FENCE.match(lines[index + n])), len(lines) - index)
        body = lines[index + 1 : index + length]
        language = lines[index].strip().strip("`~").strip().lower()
        if index + 1 < len(lines):
            self.code.append(Code("\n".join(body), self.first + index + 1, language))
        return length + 1

    def _take_table(self, lines: list[str], index: int) -> int:
        self._end_paragraph()
        rows = [lines[index]]
        for line in lines[index + 2 :]:
            if "|" not in line:
                break
            rows.append(line)
        header, *body = (tuple(_plain(cell) for cell in row.strip().strip("|").split("|")[:200]) for row in rows)
        self.tables.append(Table(header, tuple(body), self.first + index))
        return len(rows) + 1

    def _take_text(self, line: str, number: int) -> None:
        self._take_pieces(line, number)
        quoted = line.lstrip().startswith(">")
        rule = _RULE.match(line)
        if not line.strip() or rule or _BULLET.match(line) or quoted is not self.quoted:
            self._end_paragraph()
        self.quoted = quoted
        line = line.lstrip().lstrip("> ") if quoted else line
        text = "" if rule else _plain(_BULLET.sub("", line, count=1))
        if text:
            if not self.paragraph:
                self.paragraph_line = number
            self.paragraph.append(text)

    def _take_pieces(self, line: str, number: int) -> None:
        """The pictures and links of a line."""
        for found in _IMAGE.finditer(line):
            url, alt = found[2] or found[3] or "", found[1] or ""
            self.images.append(Image(url, alt, number, is_badge(url, alt)))
        for found in _RST_IMAGE.finditer(line):
            self.images.append(Image(found[1], "", number, is_badge(found[1])))
        for found in _LINK.finditer(_IMAGE.sub("", line)):
            self.links.append(Link((found[2] or found[3]).rstrip(".,;:!?"), found[1] or "", number))

    def _end_paragraph(self) -> None:
        if self.paragraph:
            self.prose.append(Prose(" ".join(self.paragraph), self.paragraph_line, self.quoted))
            self.paragraph = []


def _is_underlined(line: str, following: str) -> bool:
    """Whether a line is a title by the row of one sign below it; a row of signs itself is none."""
    if not _UNDERLINE.match(following) or not line.strip() or _RULE.match(line):
        return False
    return len(following.strip()) >= len(line.strip()) * 0.6


def _plain(text: str) -> str:
    """A line without markup, pictures and addresses."""
    text = _IMAGE.sub("", text)
    text = _LINK.sub(lambda found: found[1] or "", text)
    return " ".join(_MARKUP.sub("", text).split())
