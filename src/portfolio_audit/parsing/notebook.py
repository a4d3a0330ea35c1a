"""Jupyter notebooks to cells and outputs, with the line of each cell in the file.

Version 4 is read directly; older versions are upgraded by nbformat first, which is imported only then.
Source: https://nbformat.readthedocs.io/en/latest/format_description.html
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from itertools import chain, islice, repeat
from typing import Any, cast

import orjson

from portfolio_audit.errors import ParseError

OLD_VERSIONS = (1, 2, 3)
MOST_CELLS = 2_000
MOST_OUTPUT = 4_000
MOST_SOURCE = 100_000
_MOST_HTML = 40_000
_OBJECT = re.compile(r"\s*<[\w.]+(?: object)?(?: at 0x\w+)?[^\n]{0,200}>\s*\Z")
_HIDDEN = re.compile(r"<(style|script)\b.{0,20000}?</\1>", re.IGNORECASE | re.DOTALL)
_CELL_END = re.compile(r"</t[hd]>", re.IGNORECASE)
_ROW_END = re.compile(r"</(?:tr|p|div|h\d|li)>|<br ?/?>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]{0,2000}>")
_CELL_KEY = '"cell_type"'

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Output:
    """One output of a code cell: its plain text (bounded), or an error's name and message."""

    text: str = ""
    error: str = ""
    image: bool = False
    table: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell; ``number`` counts from 1, ``line`` is where the cell stands in the .ipynb file."""

    number: int
    line: int
    markdown: bool
    source: str
    execution_count: int | None = None
    outputs: tuple[Output, ...] = ()


@dataclass(frozen=True, slots=True)
class Notebook:
    """A parsed notebook; ``language`` is lower case, ``python`` when nothing is said.

    ``cut`` says why the cells that follow were not read, or is empty.
    """

    cells: tuple[Cell, ...]
    language: str = "python"
    python_version: str = ""
    cut: str = ""

    @property
    def code(self) -> tuple[Cell, ...]:
        """The code cells that are not empty."""
        return tuple(c for c in self.cells if not c.markdown and c.source.strip())


def parse_notebook(text: str) -> Notebook:
    """Parse version 4 of the notebook format, and older ones upgraded to it.

    Raises ParseError when it is not JSON or has not the shape of a notebook.
    """
    if not text.strip():
        raise ParseError("is empty, not a notebook")
    try:
        content = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise ParseError(f"is not valid JSON ({error.msg})", line=error.lineno) from None
    if not isinstance(content, dict):
        raise ParseError("is not a notebook: its JSON is no object")
    if content.get("nbformat") in OLD_VERSIONS:
        content = _upgraded(text)
    if not isinstance(content.get("cells"), list):
        raise ParseError("is not a notebook: it has no list of cells")
    metadata = _mapping(content.get("metadata"))
    info, kernel = _mapping(metadata.get("language_info")), _mapping(metadata.get("kernelspec"))
    name = info.get("name") or kernel.get("language") or kernel.get("name")
    cut = f"has more than {MOST_CELLS:,} cells" if len(content["cells"]) > MOST_CELLS else ""
    return Notebook(tuple(_cells(content["cells"], text)), _language(name), _text(info.get("version")), cut)


def _upgraded(text: str) -> Json:
    import nbformat  # noqa: PLC0415  # takes 0.1 s, and hardly any notebook needs it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return cast("Json", nbformat.reads(text, as_version=4))
    except (
        nbformat.ValidationError,
        nbformat.NBFormatError,
        LookupError,
        TypeError,
        ValueError,
        AttributeError,
        AssertionError,
        NameError,  # of a variable that nbformat did not set
    ) as error:
        raise ParseError(f"is an old notebook that cannot be upgraded ({type(error).__name__})") from None


def _cells(raw: Iterable[object], text: str) -> Iterator[Cell]:
    lines = chain(_cell_lines(text), repeat(1))
    numbered = enumerate(islice(raw, MOST_CELLS), start=1)
    for (number, cell), line in zip(numbered, lines):  # noqa: B905  # lines never end
        if not isinstance(cell, dict):
            raise ParseError("is not a notebook: a cell is no object", line=line)
        kind = cell.get("cell_type")
        yield Cell(
            number=number,
            line=line,
            markdown=kind != "code",
            source=_joined(cell.get("source"), MOST_SOURCE),
            execution_count=_count(cell.get("execution_count")),
            outputs=tuple(_outputs(cell.get("outputs"))) if kind == "code" else (),
        )


def _cell_lines(text: str) -> Iterator[int]:
    """The line of each cell: an unescaped ``"cell_type"`` key cannot stand inside a JSON string."""
    line, seen = 1, 0
    position = text.find(_CELL_KEY)
    while position >= 0:
        if text[position - 1] != "\\" and text[position + len(_CELL_KEY) : position + 32].lstrip().startswith(":"):
            line += text.count("\n", seen, position)
            seen = position
            yield line
        position = text.find(_CELL_KEY, position + 1)


def _outputs(raw: object) -> Iterator[Output]:
    room = MOST_OUTPUT
    for output in raw if isinstance(raw, list) else ():
        made = _output(_mapping(output), room)
        room = max(room - len(made.text), 0)
        yield made


def _output(raw: Json, room: int) -> Output:
    if raw.get("output_type") == "error":
        return Output(error=f"{_text(raw.get('ename'))}: {_text(raw.get('evalue'))}"[:300].strip(": "))
    data = _mapping(raw.get("data")) or raw
    text = _joined(data.get("text/plain", raw.get("text")), room)
    image = any(str(key).startswith("image/") for key in data)
    if not text.strip() or _OBJECT.match(text):
        text = _shown_otherwise(data, room) or text
    return Output(text=text, image=image, table="text/html" in data)


def _shown_otherwise(data: Json, room: int) -> str:
    """What an output shows whose plain text only names an object: a table in HTML, or JSON."""
    html = _joined(data.get("text/html"), _MOST_HTML)
    if html:
        lined = _ROW_END.sub("\n", _CELL_END.sub("  ", _HIDDEN.sub("", html).replace("\n", " ")))
        rows = (" ".join(line.split(" ")).strip() for line in unescape(_TAG.sub("", lined)).split("\n"))
        return "\n".join(row for row in rows if row)[:room]
    shown = data.get("application/json")
    return orjson.dumps(shown).decode()[:room] if isinstance(shown, (dict, list)) else ""


def _joined(value: object, limit: int) -> str:
    if isinstance(value, list):
        return "".join(part for part in value if isinstance(part, str))[:limit]
    return value[:limit] if isinstance(value, str) else ""


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _mapping(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _language(value: object) -> str:
    """Lower case, kernel names such as ``python3`` and ``ir`` brought to the language's."""
    name = _text(value).lower().rstrip("0123456789.")
    return {"": "python", "ipython": "python", "ir": "r"}.get(name, name)
