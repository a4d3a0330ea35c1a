"""Results: numbers in the write-up and in committed outputs, and whether they stand beside a comparison."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.numbers import Measured, is_number, measured, names_of, numbers_in, own_results, value_of
from portfolio_audit.evidence.roles import with_roles
from portfolio_audit.evidence.scored import models_in, scored_cells
from portfolio_audit.evidence.wording import phrases, sentences
from portfolio_audit.evidence.writeups import DOCUMENTS, Written, writeups
from portfolio_audit.evidence.writeups import WANTS as WRITTEN
from portfolio_audit.model.fact import Fact, FactSpec, FactType
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.notebook import Notebook
from portfolio_audit.parsing.prose import Section, Table
from portfolio_audit.parsing.python_source import PythonModule

_FILES = ("*metric*.json", "*score*.json", "*result*.json", "*evaluation*.json", "*metric*.csv", "*result*.csv")
_NOTEBOOKS = ("*.ipynb",)
_SCRIPTS = ("*.py",)
WANTS = (*WRITTEN, *_FILES, *_SCRIPTS)
FACTS = (
    FactSpec("results.metric", FactType.NAMES, "Quality measures that have a value somewhere."),
    FactSpec("results.reported", FactType.FLAG, "A result with its number in a README or report.", reads=DOCUMENTS),
    FactSpec("results.narrated", FactType.FLAG, "A result told in the words of a notebook.", reads=_NOTEBOOKS),
    FactSpec("results.computed", FactType.FLAG, "A result in a notebook's output or a file.", reads=_NOTEBOOKS),
    FactSpec("results.evaluated", FactType.FLAG, "A script that computes a score.", reads=_SCRIPTS),
    FactSpec("results.comparison", FactType.FLAG, "Results side by side in a README or report.", reads=DOCUMENTS),
    FactSpec("results.comparison_computed", FactType.FLAG, "Results side by side in a notebook.", reads=_NOTEBOOKS),
    FactSpec("results.suspicious", FactType.NAMES, "Numbers too good to be true: a question to expect, not a result."),
)

_SET_APART = re.compile(r"split|fold|cross_val|test|valid|holdout|\beval", re.IGNORECASE)
_BOUNDED = frozenset({"accuracy", "auc", "r2", "f1"})
_TOO_GOOD = 0.999
_MOST_ROWS = 100
_MOST_COLUMNS = 30
_MOST_FILES = 40
_SPLIT = re.compile(
    r"\s*(?:train\w*|test\w*|val\w*|split|set|data|score|fold ?\d*|class ?\d*|macro avg|weighted avg|\d+)[\s:]*",
    re.IGNORECASE,
)


_EVALUATION = re.compile(
    r"\w+_score|score|mean_\w+_error|\w*_?rmse|\w*_?mape?|mae|mse|r2|classification_report|evaluate\w*|log_loss|hit_rate\w*|mrr\w*"
    r"|\w+_metrics?|compute_\w*metrics?",
    re.IGNORECASE,
)


def extract(documents: Documents) -> Iterator[Fact]:
    """Give every result that can be seen."""
    for written in writeups(documents):
        for section, roles in with_roles(written, documents.vocabulary):
            if "assessment" not in roles:
                yield from _in_section(documents, written, section)
    for path, notebook in documents.notebooks():
        yield from _in_outputs(documents, path, notebook)
    yield from _in_files(documents)
    yield from _in_scripts(documents)


def _in_section(documents: Documents, written: Written, section: Section) -> Iterator[Fact]:
    kind, beside = _facts_of(written)
    baseline = phrases(documents.vocabulary.words.get("baseline", ()))
    for sentence in sentences(section.prose, least_words=2):
        found = own_results(sentence.text, documents.vocabulary)
        yield from _found(found, kind, written.at(sentence.line))
        several = len(models_in(sentence.text, documents.vocabulary)) > 1 and len(found) > 1
        if found and (several or (baseline.search(sentence.text) and numbers_in(sentence.text) > 1)):
            yield Fact(beside, at=written.at(sentence.line, "a result beside another"))
    yield from _in_list(documents, written, section)
    for table in section.tables:
        yield from _in_table(documents, table, written)


def _facts_of(written: Written) -> tuple[str, str]:
    if written.notebook:
        return "results.narrated", "results.comparison_computed"
    return "results.reported", "results.comparison"


def _in_list(documents: Documents, written: Written, section: Section) -> Iterator[Fact]:
    """Items or sentences one below the other, each with a model of its own and a number."""
    vocabulary = documents.vocabulary
    scored = [
        p for p in section.prose if not p.quoted and own_results(p.text, vocabulary) and models_in(p.text, vocabulary)
    ]
    named = {frozenset(models_in(p.text, vocabulary)) for p in scored}
    if len(named) > 1:
        yield Fact(_facts_of(written)[1], at=written.at(scored[0].line, f"{len(named)} models, each with its number"))


def _in_table(documents: Documents, table: Table, written: Written) -> Iterator[Fact]:
    """A table with a measure in its header or first column and numbers beside it."""
    names = names_of(documents.vocabulary.metrics)
    columns = [n for n, title in enumerate(table.header[:_MOST_COLUMNS]) if names.search(title)]
    by_column = [row for row in table.rows[:_MOST_ROWS] if _numbered(row, columns)]
    by_row = [row for row in table.rows[:_MOST_ROWS] if row and names.search(row[0]) and any(map(is_number, row[1:]))]
    if not by_column and not by_row:
        return
    kind, beside = _facts_of(written)
    title = table.header[columns[0]] if by_column else by_row[0][0]
    shown = names.search(title)
    yield Fact("results.metric", shown[0].lower() if shown else title, written.at(table.line))
    yield Fact(kind, at=written.at(table.line, "a table of results"))
    if _several([row[0] for row in by_column if row]) or (not by_column and _side_by_side(table, by_row)):
        yield Fact(beside, at=written.at(table.line, "several results side by side"))
    yield from _suspicious(documents, table, columns, written)


def _numbered(row: tuple[str, ...], columns: list[int]) -> bool:
    return any(n < len(row) and is_number(row[n]) for n in columns)


def _several(labels: Iterable[str]) -> bool:
    """Whether several things are named that are no mere split of the data."""
    return len({label for label in labels if label and not _SPLIT.fullmatch(label)}) > 1


def _side_by_side(table: Table, by_row: list[tuple[str, ...]]) -> bool:
    headed = [title for title in table.header[1:] if title and not _SPLIT.fullmatch(title)]
    return len(headed) > 1 and any(sum(map(is_number, row[1:])) > 1 for row in by_row)


def _suspicious(documents: Documents, table: Table, columns: list[int], written: Written) -> Iterator[Fact]:
    for n in columns:
        title = table.header[n].lower()
        named = [m for m in documents.vocabulary.metrics if m.name in _BOUNDED and m.name in title]
        values = [value_of(row[n]) for row in table.rows[:_MOST_ROWS] if n < len(row) and is_number(row[n])]
        if named and "train" not in title and any(v is not None and _TOO_GOOD <= v <= 1 for v in values):
            yield Fact("results.suspicious", named[0].name, written.at(table.line, f"{named[0].name} of nearly 1"))


def _found(found: Iterable[Measured], kind: str, place: Location) -> Iterator[Fact]:
    for one in found:
        at = replace(place, note=f"{one.metric.name} {one.value:g}")
        yield Fact("results.metric", one.metric.name, at)
        yield Fact(kind, at=at)
        if one.metric.name in _BOUNDED and _TOO_GOOD <= one.value <= 1:
            yield Fact("results.suspicious", one.metric.name, at)


def _in_outputs(documents: Documents, path: str, notebook: Notebook) -> Iterator[Fact]:
    for scored in scored_cells(notebook.code, documents.vocabulary):
        at = Location(path, scored.cell.line, scored.cell.number, "the output of a score")
        yield from _found(scored.found[:1], "results.computed", at)
        if not scored.found:
            yield Fact("results.computed", at=at)
        if scored.compared:
            yield Fact("results.comparison_computed", at=replace(at, note="several models or settings scored"))


def _in_scripts(documents: Documents) -> Iterator[Fact]:
    for path, module in documents.modules():
        call = next((c for c in module.calls if _EVALUATION.fullmatch(c.method)), None)
        if call is not None and not _scores_what_it_fits(module):
            yield Fact("results.evaluated", at=Location(path, call.line, note=f"calls {call.name}"))


def _scores_what_it_fits(module: PythonModule) -> bool:
    """Whether a file fits a model, scores it, and nowhere sets data apart for that."""
    fits = any(call.method in {"fit", "train"} for call in module.calls)
    named = (*(call.name for call in module.calls), *(text.value for text in module.texts))
    return fits and not any(_SET_APART.search(name[:200]) for name in named)


def _in_files(documents: Documents) -> Iterator[Fact]:
    for path in documents.matching(*_FILES)[:_MOST_FILES]:
        text = documents.text(path) or ""
        found = list(measured(text[:20_000].replace("_", " "), documents.vocabulary))
        if found:
            line = text.count("\n", 0, found[0].start) + 1
            yield from _found(found[:1], "results.computed", Location(path, line))
        elif path.lower().endswith(".csv") and _has_measure_column(documents, text):
            yield Fact("results.computed", at=Location(path, 1, note="a column of a measure"))


def _has_measure_column(documents: Documents, text: str) -> bool:
    header, _, rest = text[:20_000].partition("\n")
    names = names_of(documents.vocabulary.metrics)
    columns = [n for n, title in enumerate(header.split(",")) if names.search(title.replace("_", " "))]
    first = rest.partition("\n")[0].split(",")
    return any(n < len(first) and is_number(first[n].strip('"')) for n in columns)


__all__ = ["FACTS", "WANTS", "extract"]
