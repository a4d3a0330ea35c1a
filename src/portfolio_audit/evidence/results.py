"""Results: numbers in the write-up and in committed outputs, and whether they stand beside a comparison."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.numbers import Measured, is_number, measured, names_of, own_results, value_of
from portfolio_audit.evidence.wording import phrases, sentences
from portfolio_audit.evidence.writeups import WANTS as WRITTEN
from portfolio_audit.evidence.writeups import Written, writeups
from portfolio_audit.model.fact import Fact, FactSpec, FactType
from portfolio_audit.parsing.notebook import Cell
from portfolio_audit.parsing.prose import Table

WANTS = (
    *WRITTEN,
    "*metric*.json",
    "*score*.json",
    "*result*.json",
    "*evaluation*.json",
    "*metric*.csv",
    "*result*.csv",
)
_NOTEBOOKS = ("*.ipynb",)
_TEXTS = ("*.md", "*.markdown", "*.rst", "README*", "*.qmd", "*.rmd")
FACTS = (
    FactSpec("results.metric", FactType.NAMES, "Quality measures that have a value somewhere."),
    FactSpec("results.reported", FactType.FLAG, "A result with its number in a README or report.", reads=_TEXTS),
    FactSpec(
        "results.narrated", FactType.FLAG, "A result with its number in the prose of a notebook.", reads=_NOTEBOOKS
    ),
    FactSpec("results.computed", FactType.FLAG, "A result with its number in a notebook's output or a results file."),
    FactSpec(
        "results.comparison",
        FactType.FLAG,
        "Results beside a baseline or another model, in a README or report.",
        reads=_TEXTS,
    ),
    FactSpec("results.comparison_computed", FactType.FLAG, "The same in a notebook.", reads=_NOTEBOOKS),
    FactSpec("results.suspicious", FactType.NAMES, "Numbers too good to be true: a question to expect, not a result."),
)

_FILES = ("*metric*.json", "*score*.json", "*result*.json", "*evaluation*.json", "*metric*.csv", "*result*.csv")
_MOST_CELLS = 400
_TOO_GOOD = 0.999
_MODELS = re.compile(
    r"\b(?:regression|forest|boost\w*|xgb\w*|lgbm|lightgbm|catboost|svm|svc|knn|k-?nn|neighbors?|tree|bayes|lstm|gru|cnn|resnet\w*|efficientnet\w*|mobilenet\w*|vgg\w*|bert\w*|gpt\S*|llama\S*|"
    r"mistral\S*|prophet|s?arima\w*|ridge|lasso|elastic|mlp|perceptron|neural|transformer\w*|bm25|vector|hybrid|tf-?idf|k-?means|dbscan|unet|yolo\w*|inception\w*|xception|baseline|dummy|naive|ensemble|stacking)\b",
    re.IGNORECASE,
)


def extract(documents: Documents) -> Iterator[Fact]:
    """Give every result that can be seen."""
    for written in writeups(documents):
        yield from _in_text(documents, written)
    for path, notebook in documents.notebooks():
        yield from _in_outputs(documents, Written(path, (), notebook=notebook), notebook.code[:_MOST_CELLS])
    yield from _in_files(documents)


def _in_text(documents: Documents, written: Written) -> Iterator[Fact]:
    kind = "results.narrated" if written.notebook else "results.reported"
    comparison = "results.comparison_computed" if written.notebook else "results.comparison"
    baseline = phrases(documents.vocabulary.words.get("baseline", ()))
    for section in written.sections:
        for sentence in sentences(section.prose, least_words=2):
            found = own_results(sentence.text, documents.vocabulary)
            yield from _found(found, kind, written, sentence.line)
            if found and (baseline.search(sentence.text) or _distinct_models(sentence.text)):
                yield Fact(comparison, at=written.at(sentence.line, "a result beside another"))
        for table in section.tables:
            yield from _in_table(documents, table, kind, comparison, written)


def _in_table(documents: Documents, table: Table, kind: str, comparison: str, written: Written) -> Iterator[Fact]:
    """A table with a measure in its header or first column and numbers beside it."""
    names = names_of(documents.vocabulary.metrics)
    columns = [n for n, title in enumerate(table.header[:30]) if names.search(title)]
    by_column = [row for row in table.rows[:100] if any(n < len(row) and is_number(row[n]) for n in columns)]
    by_row = [row for row in table.rows[:100] if row and names.search(row[0]) and any(is_number(c) for c in row[1:])]
    if not by_column and not by_row:
        return
    title = table.header[columns[0]] if columns else by_row[0][0]
    yield Fact(
        "results.metric", names.search(title)[0].lower() if names.search(title) else title, written.at(table.line)
    )  # type: ignore[index]
    yield Fact(kind, at=written.at(table.line, "a table of results"))
    several = len(by_column) > 1 or any(sum(is_number(c) for c in row[1:]) > 1 for row in by_row)
    if several:
        yield Fact(comparison, at=written.at(table.line, "several results side by side"))
    yield from _suspicious(documents, table, columns, written)


def _suspicious(documents: Documents, table: Table, columns: list[int], written: Written) -> Iterator[Fact]:
    bounded = {"accuracy", "precision", "recall", "f1", "auc", "r2"}
    for n in columns:
        named = [m for m in documents.vocabulary.metrics if m.name in bounded and m.name in table.header[n].lower()]
        values = [value_of(row[n]) for row in table.rows[:100] if n < len(row) and is_number(row[n])]
        if named and any(v is not None and _TOO_GOOD <= v <= 1 for v in values):
            yield Fact("results.suspicious", named[0].name, written.at(table.line, f"{named[0].name} of nearly 1"))


def _found(found: Iterable[Measured], kind: str, written: Written, line: int) -> Iterator[Fact]:
    for one in found:
        yield Fact("results.metric", one.metric.name, written.at(line, f"{one.metric.name} {one.value:g}"))
        yield Fact(kind, at=written.at(line, f"{one.metric.name} {one.value:g}"))
        if one.metric.higher_is_better and _TOO_GOOD <= one.value <= 1:
            yield Fact("results.suspicious", one.metric.name, written.at(line, f"{one.metric.name} of {one.value:g}"))


def _in_outputs(documents: Documents, written: Written, cells: Iterable[Cell]) -> Iterator[Fact]:
    """Numbers beside measures in what code printed; a model's name in the same cell or output makes it comparable."""
    models: set[str] = set()
    for cell in cells:
        text = "\n".join(output.text for output in cell.outputs)
        found = list(measured(text, documents.vocabulary)) if text else []
        if not found and not _is_score(cell, text):
            continue
        models |= _models(cell.source) | _models(text)
        yield from _found(found[:1], "results.computed", written, cell.line)
        if not found:
            yield Fact("results.computed", at=written.at(cell.line, "the output of a score"))
        if len(models) > 1:
            yield Fact("results.comparison_computed", at=written.at(cell.line, "several models scored"))


_SCORE_CALL = re.compile(
    r"(?:\w*_score|\.score|\.evaluate|mean_(?:absolute|squared)\w*_error|classification_report)\s*\("
)
_BARE_NUMBER = re.compile(r"(?<![\w.])0?\.\d{2,}(?![\w.])")


def _is_score(cell: Cell, text: str) -> bool:
    return bool(_SCORE_CALL.search(cell.source[:5_000]) and _BARE_NUMBER.search(text[:2_000]))


def _distinct_models(text: str) -> bool:
    return len(_models(text)) > 1


def _models(text: str) -> set[str]:
    return {found.lower() for found in _MODELS.findall(text[:5_000])}


def _in_files(documents: Documents) -> Iterator[Fact]:
    for path in documents.matching(*_FILES)[:40]:
        text = documents.text(path)
        found = list(measured(text[:20_000].replace("_", " "), documents.vocabulary)) if text else []
        if found:
            line = text[: found[0].start].count("\n") + 1 if text else 1
            written = Written(path, ())
            yield from _found(found[:1], "results.computed", written, line)
