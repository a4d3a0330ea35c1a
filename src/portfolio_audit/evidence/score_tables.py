"""Tables of scores: a measure in the header or first column with numbers, and whether several things are compared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from portfolio_audit.evidence.numbers import BOUNDED, TOO_GOOD, is_number, names_of, value_of
from portfolio_audit.evidence.scored import models_in
from portfolio_audit.model.vocabulary import Vocabulary
from portfolio_audit.parsing.prose import Table

_MOST_ROWS = 100
_MOST_COLUMNS = 30
_SPLIT = re.compile(
    r"\s*(?:train\w*|test\w*|val\w*|split|set|data|score|fold ?\d*|class ?\d*|accuracy|macro avg|weighted avg"
    r"|\d+)[\s:]*",
    re.IGNORECASE,
)
_RUNS = re.compile(
    r"\b(?:models?|algorithms?|classifiers?|regressors?|estimators?|methods?|approach(?:es)?|experiments?|params?"
    r"|mean test score|retriever|configuration)\b",
    re.IGNORECASE,
)
_BY_CLASS = ("precision", "recall", "support")


@dataclass(frozen=True)
class ScoreTable:
    """A table, read for the measures in it."""

    table: Table
    vocabulary: Vocabulary

    @cached_property
    def columns(self) -> list[int]:
        """The columns that a measure heads."""
        names = names_of(self.vocabulary.metrics)
        titles = self.table.header[:_MOST_COLUMNS]
        return [n for n, title in enumerate(titles) if names.search(title.replace("_", " "))]

    @cached_property
    def scored(self) -> list[tuple[str, ...]]:
        """The rows with a number in one of those columns."""
        rows = self.table.rows[:_MOST_ROWS]
        return [row for row in rows if any(n < len(row) and is_number(row[n]) for n in self.columns)]

    @cached_property
    def measures(self) -> list[tuple[str, ...]]:
        """The rows that a measure begins and numbers follow."""
        names = names_of(self.vocabulary.metrics)
        rows = self.table.rows[:_MOST_ROWS]
        return [row for row in rows if row and names.search(row[0]) and any(map(is_number, row[1:]))]

    @property
    def measure(self) -> str:
        """The name of the first measure; empty if the table shows none."""
        title = self.table.header[self.columns[0]] if self.scored else self.measures[0][0] if self.measures else ""
        found = names_of(self.vocabulary.metrics).search(title.replace("_", " "))
        return found[0].lower() if found else ""

    @property
    def compares(self) -> bool:
        """Whether several things are scored that are no mere splits or classes of the data."""
        if self._is_by_class:
            return False
        beside = not self.scored and self._measures_side_by_side()
        return _several([_label(row) for row in self.scored]) or beside

    @property
    def of_models(self) -> bool:
        """Whether it tells scores of models: a frame of data may have a column called R2 or score as well."""
        if self._is_by_class or not self.scored:
            return False
        labels = " | ".join(cell for row in self.scored for cell in row if not is_number(cell))
        headed = _RUNS.search(" | ".join(self.table.header).replace("_", " "))
        return bool(headed) or len(models_in(labels, self.vocabulary)) > 1

    @property
    def too_good(self) -> tuple[str, ...]:
        """Measures that reach nearly 1 outside the data of training."""
        return tuple(name for name, values in self._bounded() if any(TOO_GOOD <= value <= 1 for value in values))

    def _bounded(self) -> list[tuple[str, list[float]]]:
        found = []
        for n in self.columns:
            title = self.table.header[n].lower()
            cells = [row[n] for row in self.scored if n < len(row) and is_number(row[n])]
            named = next((m.name for m in self.vocabulary.metrics if m.name in BOUNDED and m.name in title), "")
            if named and "train" not in title:
                found.append((named, [value for value in map(value_of, cells) if value is not None]))
        return found

    @property
    def _is_by_class(self) -> bool:
        headed = " ".join(self.table.header).lower()
        return all(word in headed for word in _BY_CLASS)

    def _measures_side_by_side(self) -> bool:
        headed = [title for title in self.table.header[1:] if title and not _SPLIT.fullmatch(title)]
        return len(headed) > 1 and any(sum(map(is_number, row[1:])) > 1 for row in self.measures)


def _label(row: tuple[str, ...]) -> str:
    """What a row is about: its first cell with words, as frames number their rows."""
    return next((cell for cell in row if not is_number(cell)), row[0])


def _several(labels: Sequence[str]) -> bool:
    return len({label for label in labels if label and not _SPLIT.fullmatch(label)}) > 1


def first_of_models(tables: Iterable[Table], vocabulary: Vocabulary) -> ScoreTable | None:
    """The first of some tables that tells scores of models."""
    return next((t for t in (ScoreTable(table, vocabulary) for table in tables) if t.of_models), None)
