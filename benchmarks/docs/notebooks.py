"""Notebooks as a reader sees them: cells with their numbers and outputs."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio_audit.errors import ParseError
from portfolio_audit.parsing.notebook import Cell, Output, parse_notebook


def notebook_in_words(text: str) -> Iterator[str]:
    """Each cell with its number and what it put out; the text itself where it is no notebook."""
    try:
        cells = parse_notebook(text).cells
    except ParseError:
        cells = ()
    if not cells:
        yield from text.rstrip("\n").split("\n")
    for cell in cells:
        yield from _cell(cell)


def _cell(cell: Cell) -> Iterator[str]:
    head = "" if cell.markdown else f"In [{cell.execution_count or ' '}]: "
    first, *rest = cell.source.rstrip("\n").split("\n")
    yield f"{head}{first}"
    yield from (f"{' ' * len(head)}{line}" for line in rest)
    for output in cell.outputs:
        yield from (f"{' ' * len(head)}→ {line}" for line in _output(output))


def _output(output: Output) -> Iterator[str]:
    if output.error:
        yield output.error
    elif output.image:
        yield "(a picture)"
    else:
        yield from output.text.rstrip("\n").split("\n")
