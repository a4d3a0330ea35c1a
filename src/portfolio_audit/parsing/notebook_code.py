"""The Python of a notebook as one module, magics and shell lines stripped, with the place of every line.

Source: https://ipython.readthedocs.io/en/stable/interactive/magics.html
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from portfolio_audit.parsing.notebook import Cell, parse_notebook
from portfolio_audit.parsing.python_source import Import, PythonModule, parse_python, too_costly

_TIMED = re.compile(r"^(\s*)%(?:time|timeit|prun|memit)\s+(?=[^\s-])")
_ASSIGNED = re.compile(r"^(\s*[\w, ]+=\s*)[!%]")
_OTHER_LANGUAGE = re.compile(
    r"^\s*%%(?!time|timeit|capture|prun|memit|writefile|script_magic|debug|wandb|skip|local|python)(\w+)"
)
_WRITTEN = re.compile(r"^\s*%%writefile\s+(?:-a\s+)?(\S+)")
_MAGIC = re.compile(r"^[ \t]*[%!?]|\?[ \t]*$|=[ \t]*[!%]|\A\s", re.MULTILINE)
"""What shows that a cell may not be Python by itself."""
_SOURCE = re.compile(r'^\s*"(?:source|input)":\s*\[?\s*$|^\s*"(?:source|input)":\s*["\[]')


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line of the joined code stands: the cell, and the line of the .ipynb file."""

    cell: int
    line: int


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell that is not Python."""

    cell: int
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class NotebookCode:
    """The cells of a notebook that are valid Python, joined into one module."""

    module: PythonModule
    places: tuple[Place, ...] = ()
    broken: tuple[Broken, ...] = ()
    text: str = ""
    cut: str = ""
    """Why the cells that follow were not read, or empty."""

    def place(self, line: int) -> Place:
        """Where a line of the module (counted from 1) stands in the notebook."""
        return self.places[line - 1] if 0 < line <= len(self.places) else Place(0, 0)


def parse_notebook_code(text: str) -> NotebookCode:
    """Parse the code cells of a notebook in Python; other languages give an empty module.

    Raises ParseError as ``parse_notebook`` does.
    """
    notebook = parse_notebook(text)
    if notebook.language != "python":
        return NotebookCode(PythonModule())
    lines = text.split("\n")
    trusted = _joined(notebook.code, lines, trusting=True)
    read = _joined(notebook.code, lines, trusting=False) if trusted.module.broken else trusted
    return replace(read, cut=notebook.cut)


def _joined(cells: Iterable[Cell], lines: list[str], *, trusting: bool) -> NotebookCode:
    """The cells as one module; ``trusting`` those without magics to be Python, which parsing the module shows."""
    joined: list[str] = []
    places: list[Place] = []
    broken: list[Broken] = []
    imports: list[Import] = []
    for cell in cells:
        start, step = _source_start(lines, cell)
        trusted = trusting and not _MAGIC.search(cell.source)
        source, fault = (cell.source, None) if trusted else _read(cell.source)
        if fault is not None:
            broken.append(Broken(cell.number, start + step * max(fault[0] - 1, 0), fault[1]))
            found = parse_python(source).imports
            imports += (replace(i, line=len(places) + 1) for i in found)
            source = "pass"
        for offset, line in enumerate(source.split("\n")):
            joined.append(line)
            places.append(Place(cell.number, start + step * offset))
    whole = "\n".join(joined)
    module = parse_python(whole)
    both = tuple(sorted((*module.imports, *imports), key=lambda found: found.line))
    return NotebookCode(replace(module, imports=both), tuple(places), tuple(broken), whole)


def _read(source: str) -> tuple[str, tuple[int, str] | None]:
    """The Python of a cell, and its fault; a cell without magics is parsed once."""
    fault = _fault(source)
    if fault is None:
        return source, None
    stripped = _stripped(source)
    return stripped, fault if stripped == source else _fault(stripped)


def python_of(source: str) -> str:
    """The Python of one cell: magic and shell lines become empty lines, timed statements stay."""
    return _read(source)[0]


def _stripped(source: str) -> str:
    head = source.lstrip("\n").partition("\n")[0]
    written = _WRITTEN.match(head)
    if _OTHER_LANGUAGE.match(head) or (written and not written[1].endswith(".py")):
        return ""
    return "\n".join(_plain_lines(source.split("\n")))


def _plain_lines(lines: list[str]) -> Iterator[str]:
    continued = False
    for line in lines:
        head = line.lstrip()[:1]
        if continued or head in {"%", "!", "?"} or line.rstrip().endswith("?"):
            timed = None if continued else _TIMED.match(line)
            yield timed[1] + line[timed.end() :] if timed else "" if continued else _empty(line)
            continued = line.endswith("\\") and not timed
        else:
            assigned = _ASSIGNED.match(line)
            yield f"{assigned[1]}None" if assigned else line


def _empty(line: str) -> str:
    """A statement that does nothing, so that a block of nothing but magics stays a block."""
    indent = line[: len(line) - len(line.lstrip())]
    return f"{indent}pass" if indent else ""


def _fault(source: str) -> tuple[int, str] | None:
    """The line and reason why a text is not Python, or None when it is."""
    if costly := too_costly(source):
        return 1, costly
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return (error.lineno or 1, error.msg) if isinstance(error, SyntaxError) else (1, "cannot be parsed")
    return None


def _source_start(lines: list[str], cell: Cell) -> tuple[int, int]:
    """The line of a cell's first line of code, and 1 if each line of code has its own line in the file."""
    window = lines[cell.line - 1 : cell.line + 20_000]
    for offset, line in enumerate(window):
        if offset and '"cell_type"' in line:
            break
        if _SOURCE.match(line[:80]):
            own = line.rstrip().endswith("[")
            return cell.line + offset + own, int(own)
    return cell.line, 0
