"""The text that stands where something was seen, by which it is known again after it moved."""

from __future__ import annotations

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.model.location import Location

_LONGEST = 400
_CELL_KEY = '"cell_type"'


class Nearby:
    """Gives the line of a location as words with one space between them, so that indenting changes nothing.

    Where a notebook's cell begins, that is the first line of its source. Empty for a whole file and for what was not
    read.
    """

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._lines: dict[str, list[str]] = {}

    def text(self, at: Location) -> str:
        """The words of the line."""
        lines = self._of(at.path) if at.line else []
        line = lines[at.line - 1] if at.line <= len(lines) and lines else ""
        if at.cell and _CELL_KEY in line[:_LONGEST]:
            line = self._first_of_cell(at)
        return " ".join(line[:_LONGEST].split())

    def _of(self, path: str) -> list[str]:
        if path not in self._lines:
            text = self._documents.snapshot.texts.get(path)
            self._lines[path] = text.split("\n") if isinstance(text, str) else []
        return self._lines[path]

    def _first_of_cell(self, at: Location) -> str:
        notebook = self._documents.notebook(at.path)
        cells = notebook.cells[at.cell - 1 : at.cell] if notebook else ()
        return next((line for cell in cells for line in cell.source.split("\n") if line.strip()), "")
