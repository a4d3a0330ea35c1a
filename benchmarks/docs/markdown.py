"""Pieces of Markdown that GitHub and the site show alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

NOTE = "<!-- Made by `make docs`; change the rules, cases, extractors, vocabulary or commands instead. -->"
_SPECIAL = re.compile(r"([\\`*_\[\]<>|{}$])")
_FENCES = re.compile(r"^`{3,}", re.MULTILINE)
_NO_ANCHOR = re.compile(r"[^\w\- ]")


def escaped(text: str) -> str:
    """Text that means nothing but itself, on one line."""
    return _plain(" ".join(text.split()))


def prose(text: str) -> str:
    """Text whose words in backticks stay code, and all else means nothing but itself."""
    pieces = " ".join(text.split()).split("`")
    if len(pieces) % 2 == 0:
        return escaped(text)
    return "".join(code(piece) if place % 2 else _plain(piece) for place, piece in enumerate(pieces))


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def code(text: str) -> str:
    """Text as code, whatever backticks it has; also inside a table."""
    mark = "``" if "`" in text else "`"
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{mark}{pad}{text}{pad}{mark}".replace("|", "\\|")


def link(text: str, target: str) -> str:
    """A link, whose text may be Markdown."""
    return f"[{text}]({target})"


def anchor(heading: str) -> str:
    """The anchor that GitHub, and the site as it does, give a heading."""
    return _NO_ANCHOR.sub("", heading.strip().lower()).replace(" ", "-")


def fence(text: str, language: str = "text") -> Iterator[str]:
    """A block of code, fenced so that no fence in it ends it."""
    longest = max((len(found[0]) for found in _FENCES.finditer(text)), default=2)
    mark = "`" * (longest + 1)
    yield from (f"{mark}{language}", *text.rstrip("\n").split("\n"), mark)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table."""
    yield f"| {' | '.join(head)} |"
    yield "|" + "---|" * len(head)
    yield from (f"| {' | '.join(row)} |" for row in rows)


def page(title: str) -> Iterator[str]:
    """How every generated page begins."""
    yield from (f"# {title}", "", NOTE, "")


def tree(pages: Iterable[str], caption: str = "") -> Iterator[str]:
    """The pages below this one, for the site's navigation."""
    yield from ("", "```{toctree}", ":hidden:")
    if caption:
        yield f":caption: {caption}"
    yield from ("", *pages, "```")


def listed(items: Sequence[str], last: str = "and") -> str:
    """``a, b and c``."""
    return f"{', '.join(items[:-1])} {last} {items[-1]}" if len(items) > 1 else "".join(items)
