"""Notebooks that were exported to Markdown: blocks of code, each with the output that stands below it."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.writeups import Written, prose_writeups
from portfolio_audit.parsing.notebook import Cell, Output
from portfolio_audit.parsing.prose import Code

_LANGUAGES = frozenset({"python", "python3", "py", "ipython", "r", "julia"})
_PRINTED = frozenset({"", "text", "output", "console", "plaintext"})
_LEAST_BLOCKS = 4
_MOST_OUTPUT = 4_000


def exported_notebooks(documents: Documents) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """The cells of every document that shows code with its outputs, with its path."""
    for written in prose_writeups(documents):
        cells = tuple(_cells(written))
        if len(cells) >= _LEAST_BLOCKS and any(cell.outputs for cell in cells):
            yield written.path, cells


def _cells(written: Written) -> Iterator[Cell]:
    source: Code | None = None
    outputs: list[Output] = []
    number = 0
    for code in (code for section in written.sections for code in section.code if not code.inline):
        if code.language.strip("{}").partition(" ")[0] in _LANGUAGES:
            if source:
                number += 1
                yield Cell(number, source.line, markdown=False, source=source.text, outputs=tuple(outputs))
            source, outputs = code, []
        elif code.language in _PRINTED and source:
            outputs.append(Output(code.text[:_MOST_OUTPUT]))
    if source:
        yield Cell(number + 1, source.line, markdown=False, source=source.text, outputs=tuple(outputs))
