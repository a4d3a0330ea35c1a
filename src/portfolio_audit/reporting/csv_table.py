"""CSV (RFC 4180), one row a result; no cell is ever a formula."""

from __future__ import annotations

import csv
import io

from portfolio_audit.reporting.rows import result_rows
from portfolio_audit.reporting.wire.report import Report

_FORMULA = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""What spreadsheets take for a formula at the beginning of a cell, also where it is full-width or behind spaces.

Source: https://owasp.org/www-community/attacks/CSV_Injection
"""


def render(report: Report) -> str:
    """A header, then a row for every result."""
    page = io.StringIO(newline="")
    writer = csv.writer(page)
    cells = _Cells()
    for number, row in enumerate(result_rows(report)):
        if not number:
            writer.writerow(row)
        writer.writerow([cells[value] if isinstance(value, (str, bool)) else value for value in row.values()])
    return page.getvalue()


class _Cells(dict[str | bool, str]):
    """Texts as they stand in cells, each made once: with an apostrophe before what a spreadsheet would calculate."""

    def __missing__(self, value: str | bool) -> str:  # noqa: FBT001  # a key
        cell = str(value).lower() if isinstance(value, bool) else f"'{value}" if _is_formula(value) else value
        self[value] = cell
        return cell


def _is_formula(text: str) -> bool:
    return text.lstrip(" ")[:1] in _FORMULA
