"""Tables as they are printed to the output of a cell or a log: pandas frames, classification reports, piped tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_audit.parsing.prose import Table

_GAP = re.compile(r"\s{2,}|\t|\s*\|\s*")
_RULE = re.compile(r"[\s|+=:\-\u2500-\u257f]*")
_NUMBER = re.compile(r"[-+]?\d[\d.,]*(?:e[-+]?\d+)?\s?%?|nan", re.IGNORECASE)
_MOST_LINES = 200
_LONGEST_LINE = 1_000
_MOST_TABLES = 5
_LEAST_COLUMNS = 2


def parse_printed(text: str) -> tuple[Table, ...]:
    """Every table in a printed text; the line of each counts from 1, and a column of row names has the title ''."""
    lines = [line[:_LONGEST_LINE] for line in text.split("\n")[:_MOST_LINES]]
    return tuple(_tables([(n, _cells(line)) for n, line in enumerate(lines, start=1) if not _is_rule(line)]))


def _tables(lines: list[tuple[int, list[str]]]) -> Iterator[Table]:
    found = position = 0
    while position < len(lines) and found < _MOST_TABLES:
        line, header = lines[position]
        rows = list(_rows(header, lines[position + 1 :])) if _can_head(header) else []
        if rows:
            named = len(rows[0]) == len(header)
            yield Table(tuple(header) if named else ("", *header), tuple(map(tuple, rows)), line)
            found += 1
        position += len(rows) + 1


def _rows(header: list[str], lines: list[tuple[int, list[str]]]) -> Iterator[list[str]]:
    """The lines below a header that have as many cells, or one more for the name of the row."""
    width = 0
    for _, cells in lines:
        if not width and 0 <= len(cells) - len(header) <= 1:
            width = len(cells)
        if len(cells) != width or not any(map(_NUMBER.fullmatch, cells[1:])):
            break
        yield cells


def _can_head(cells: list[str]) -> bool:
    return len(cells) >= _LEAST_COLUMNS - 1 and not any(map(_NUMBER.fullmatch, cells)) and all(cells)


def _cells(line: str) -> list[str]:
    return [cell for cell in _GAP.split(line.strip().strip("|").strip().rstrip("\\").rstrip()) if cell]


def _is_rule(line: str) -> bool:
    return _RULE.fullmatch(line) is not None and bool(line.strip())
