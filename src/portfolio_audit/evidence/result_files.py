"""Results in files that a run wrote: metrics as JSON, YAML, CSV or text, and logs."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.numbers import Measured, measured
from portfolio_audit.evidence.score_tables import ScoreTable, first_of_models
from portfolio_audit.evidence.scored import models_in
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.printed_table import parse_printed
from portfolio_audit.parsing.prose import Table

FILES = (
    *(f"*{word}*.{end}" for word in ("metric", "score", "result", "evaluation") for end in ("json", "csv", "txt")),
    "*metric*.y?ml",
    "*classification_report*.txt",
    "*.log",
)
_MOST_FILES = 40
_MOST_TEXT = 4_000
_MOST_COLUMNS = 20_000
_MOST_ROWS = 100
_MARKS = re.compile(r"[{}_]")


@dataclass(frozen=True, slots=True)
class ResultFile:
    """A file with results: the first one of them, or else only a column of a measure."""

    at: Location
    found: tuple[Measured, ...]
    compared: bool


def result_files(documents: Documents) -> Iterator[ResultFile]:
    """Every file that shows a result."""
    for path in documents.matching(*FILES)[:_MOST_FILES]:
        text = documents.text(path) or ""
        read = _in_columns if path.lower().endswith(".csv") else _in_text
        found = read(documents, path, text)
        if found:
            yield found


def _in_text(documents: Documents, path: str, text: str) -> ResultFile | None:
    """The end of a file is read, where a run says how well it went, and else its beginning."""
    for start in sorted({max(len(text) - _MOST_TEXT, 0), 0}, reverse=True):
        shown = text[start : start + _MOST_TEXT]
        above = text.count("\n", 0, start)
        plain = _MARKS.sub(" ", shown)
        found = tuple(m for m in measured(plain, documents.vocabulary) if not m.training)
        table = first_of_models(parse_printed(shown), documents.vocabulary)
        several = len(found) > 1 and len(models_in(plain, documents.vocabulary)) > 1
        if found:
            line = above + text.count("\n", start, start + found[0].start) + 1
            return ResultFile(Location(path, line), found, several or (table is not None and table.compares))
        if table:
            return ResultFile(Location(path, above + table.table.line, note="a table of scores"), (), table.compares)
    return None


def _in_columns(documents: Documents, path: str, text: str) -> ResultFile | None:
    header, *rows = islice(csv.reader(text[:_MOST_COLUMNS].splitlines()), _MOST_ROWS) if text.strip() else [[]]
    table = ScoreTable(Table(tuple(header), tuple(map(tuple, rows)), 1), documents.vocabulary)
    if table.scored:
        return ResultFile(Location(path, 1, note="a column of a measure"), (), table.of_models and table.compares)
    return _in_text(documents, path, text)
