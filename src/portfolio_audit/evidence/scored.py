"""Scores in the outputs of a notebook, and whether several models or settings were scored."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from portfolio_audit.evidence.numbers import Measured, measured, names_of
from portfolio_audit.evidence.wording import phrases
from portfolio_audit.model.vocabulary import Vocabulary
from portfolio_audit.parsing.notebook import Cell

_MOST_CELLS = 400
_MOST_SOURCE = 5_000
_LAST_LINES = 6
_SHORT_OUTPUT = 400
_CALL = re.compile(
    r"(?:\w*_score|\.score|\bevaluate\w*|mean_(?:absolute|squared)\w*_error|classification_report|rmse|mae)\s*\("
)
_USES = re.compile(r"\.(?:fit|predict|train|score|evaluate|compile)\w*\(")
_SHOWS = re.compile(r"(?:print\()?[A-Za-z_][\w.]{0,40}\)?")
_DECIMAL = re.compile(r"(?<![\w.])\d{1,9}\.\d{2,}(?![\w.])")
_WORD = re.compile(r"[A-Za-z]+")
_QUOTED = re.compile(r"([\"']).*?\1")


@dataclass(frozen=True, slots=True)
class Scored:
    """A cell with a score in its output; ``compared`` when another model was scored in it or above it."""

    cell: Cell
    found: tuple[Measured, ...]
    compared: bool


def scored_cells(cells: Iterable[Cell], vocabulary: Vocabulary) -> Iterator[Scored]:
    """Every cell that shows a score; it is that of the models fitted or used since the score before it."""
    models: set[str] = set()
    names: set[frozenset[str]] = set()
    since: list[str] = []
    for cell in list(cells)[:_MOST_CELLS]:
        text = "\n".join(output.text for output in cell.outputs)
        found = tuple(m for m in measured(text, vocabulary) if not m.training) if text else ()
        code = _with_what_it_shows(cell.source, since)
        since.append(cell.source)
        if not found and not _is_score(code, text, vocabulary):
            continue
        models |= models_in(text, vocabulary)
        for source in (cell.source, *filter(_USES.search, since)):
            models |= models_in(source, vocabulary)
        names.add(_names(code, vocabulary))
        since = []
        yield Scored(cell, found, len(models) > 1 or len(names - {frozenset()}) > 1)


def _with_what_it_shows(source: str, since: list[str]) -> str:
    """The code of a cell; one that only shows a name has the code of the cell above, which made it."""
    return f"{since[-1]}\n{source}" if since and _SHOWS.fullmatch(source.strip()) else source


def models_in(text: str, vocabulary: Vocabulary) -> set[str]:
    """The kinds of model a text names."""
    return {found[0].lower() for found in phrases(vocabulary.words.get("model", ())).finditer(text[:_MOST_SOURCE])}


def _is_score(code: str, text: str, vocabulary: Vocabulary) -> bool:
    """Whether a bare number in the output is that of a measure which the code above it names."""
    if not _DECIMAL.search(text[:2_000]):
        return False
    last = "\n".join(_last_lines(code))
    named = len(text) <= _SHORT_OUTPUT and names_of(vocabulary.metrics).search(last)
    return bool(_CALL.search(last) or named)


def _names(code: str, vocabulary: Vocabulary) -> frozenset[str]:
    """What tells one scored thing from another in the code; parts of names such as "test" and "score" do not."""
    metric = names_of(vocabulary.metrics)
    lines = [line for line in _last_lines(code) if _CALL.search(line) or metric.search(line)]
    words = {word.lower() for line in lines for word in _WORD.findall(_QUOTED.sub(" ", line))}
    return frozenset(words - set(vocabulary.words.get("unnamed", ())))


def _last_lines(code: str) -> list[str]:
    lines = (line for line in code[-_MOST_SOURCE:].splitlines() if line.strip())
    return [line for line in lines if not line.lstrip().startswith("#")][-_LAST_LINES:]
