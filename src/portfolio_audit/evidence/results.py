"""Results: numbers in the write-up and in committed outputs, and whether they stand beside a comparison."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.exported import exported_notebooks
from portfolio_audit.evidence.numbers import Measured, numbers_in, own_results
from portfolio_audit.evidence.passages import Passage, passages
from portfolio_audit.evidence.result_files import FILES, result_files
from portfolio_audit.evidence.score_tables import ScoreTable, first_of_models
from portfolio_audit.evidence.scored import models_in, scored_cells
from portfolio_audit.evidence.wording import phrases
from portfolio_audit.evidence.writeups import DOCUMENTS, Written
from portfolio_audit.evidence.writeups import WANTS as WRITTEN
from portfolio_audit.model.fact import Fact, FactSpec, FactType
from portfolio_audit.model.location import Location
from portfolio_audit.model.vocabulary import Vocabulary
from portfolio_audit.parsing.notebook import Cell
from portfolio_audit.parsing.printed_table import parse_printed
from portfolio_audit.parsing.prose import Prose, Section
from portfolio_audit.parsing.python_source import PythonModule

_NOTEBOOKS = ("*.ipynb",)
_SCRIPTS = ("*.py",)
WANTS = (*WRITTEN, *FILES, *_SCRIPTS)
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

_PRINTED = frozenset({"", "text", "txt", "plaintext", "console", "output", "log", "none"})
_COMMAND = re.compile(r"\s*(?:[$>%#!]|pip|python|docker|make|git|curl|cd|export|├|└|│)")
_MOST_PRINTED = 60
_LONGEST_PRINTED = 200
_SET_APART = re.compile(r"split|fold|cross_val|test|valid|holdout|\beval", re.IGNORECASE)
_EVALUATION = re.compile(
    r"\w+_score|score|mean_\w+_error|\w*_?rmse|\w*_?mape?|mae|mse|r2|classification_report|evaluate\w*|log_loss|hit_rate\w*|mrr\w*"
    r"|\w+_metrics?|compute_\w*metrics?",
    re.IGNORECASE,
)


def extract(documents: Documents) -> Iterator[Fact]:
    """Give every result that can be seen."""
    exported = dict(exported_notebooks(documents))
    for passage in passages(documents):
        if "assessment" not in passage.roles and passage.roles != {"data"}:
            printed = passage.written.notebook is None and passage.written.path not in exported
            yield from _in_passage(documents, passage, tuple(_printed(passage.section)) if printed else ())
    for path, notebook in documents.notebooks():
        yield from _in_outputs(documents, path, notebook.code)
    for path, cells in exported.items():
        yield from _in_outputs(documents, path, cells, numbered=False)
    yield from _in_files(documents)
    yield from _in_scripts(documents)


def _in_passage(documents: Documents, passage: Passage, printed: Sequence[Prose]) -> Iterator[Fact]:
    written, section = passage.written, passage.section
    captions = [Prose(image.alt, image.line) for image in section.images if not image.badge]
    told = [(s, own_results(s.text, documents.vocabulary)) for s in (*passage.sentences, *captions, *printed)]
    kind, beside = _facts_of(written)
    for sentence, found in told:
        yield from _found(found, kind, written.at(sentence.line))
        if found and _beside_a_baseline(sentence.text, documents.vocabulary):
            yield Fact(beside, at=written.at(sentence.line, "a result beside another"))
    yield from _side_by_side(documents, passage, told)
    for table in section.tables:
        yield from _in_table(ScoreTable(table, documents.vocabulary), written)


def _printed(section: Section) -> Iterator[Prose]:
    """The lines of what a program printed, shown in a document: blocks without a language, not of commands."""
    for code in section.code:
        if not code.inline and code.language.lower() in _PRINTED:
            for number, line in enumerate(code.text.split("\n")[:_MOST_PRINTED]):
                if not _COMMAND.match(line):
                    yield Prose(line.replace("_", " ").strip()[:_LONGEST_PRINTED], code.line + number)


def _facts_of(written: Written) -> tuple[str, str]:
    if written.notebook:
        return "results.narrated", "results.comparison_computed"
    return "results.reported", "results.comparison"


def _beside_a_baseline(text: str, vocabulary: Vocabulary) -> bool:
    baseline = phrases(vocabulary.words.get("baseline", ()))
    return baseline.search(text) is not None and numbers_in(text) > 1


def _side_by_side(
    documents: Documents, passage: Passage, told: Iterable[tuple[Prose, list[Measured]]]
) -> Iterator[Fact]:
    """Items or sentences with a number each; one without a model is that of the model or variant named just before."""
    variant = phrases(documents.vocabulary.words.get("variant", ()))
    of_each: dict[str, set[str]] = {}
    latest: set[str] = set()
    for sentence, found in told:
        named = models_in(sentence.text, documents.vocabulary)
        if not named and not found and variant.search(sentence.text):
            named = {sentence.text}
        latest = named or latest
        measures = {one.metric.name for one in found}
        others = set().union(*(of_each[name] for name in of_each.keys() - latest))
        if measures & others or (len(named) > 1 and len(found) > 1):
            at = passage.written.at(sentence.line, "several models, each with its number")
            yield Fact(_facts_of(passage.written)[1], at=at)
            return
        for name in latest:
            of_each.setdefault(name, set()).update(measures)


def _in_table(table: ScoreTable, written: Written) -> Iterator[Fact]:
    """A table with a measure in its header or first column and numbers beside it."""
    if not table.measure:
        return
    kind, beside = _facts_of(written)
    line = table.table.line
    yield Fact("results.metric", table.measure, written.at(line))
    yield Fact(kind, at=written.at(line, "a table of results"))
    if table.compares:
        yield Fact(beside, at=written.at(line, "several results side by side"))
    yield from (Fact("results.suspicious", name, written.at(line, f"{name} of nearly 1")) for name in table.too_good)


def _found(found: Iterable[Measured], kind: str, place: Location) -> Iterator[Fact]:
    """A measure with its value; one that is too good to be true is a question instead of a result."""
    for one in found:
        at = replace(place, note=f"{one.metric.name} {one.value:g}")
        yield Fact("results.metric", one.metric.name, at)
        if one.too_good:
            yield Fact("results.suspicious", one.metric.name, at)
        else:
            yield Fact(kind, at=at)


def _in_outputs(documents: Documents, path: str, cells: Sequence[Cell], *, numbered: bool = True) -> Iterator[Fact]:
    """The scores that the outputs of a notebook show; the cells of an exported one have no numbers to its reader."""
    for scored in scored_cells(cells, documents.vocabulary):
        at = Location(path, scored.cell.line, scored.cell.number if numbered else 0, "the output of a score")
        yield from _found(scored.found[:1], "results.computed", at)
        if not scored.found:
            yield Fact("results.computed", at=at)
        if scored.compared:
            yield Fact("results.comparison_computed", at=replace(at, note="several models or settings scored"))
    for cell in cells:
        printed = (table for output in cell.outputs for table in parse_printed(output.text))
        table = first_of_models(printed, documents.vocabulary)
        if table:
            at = Location(path, cell.line, cell.number if numbered else 0, "a table of scores")
            yield Fact("results.computed", at=at)
            if table.compares:
                yield Fact("results.comparison_computed", at=at)


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
    for file in result_files(documents):
        yield from _found(file.found[:1], "results.computed", file.at)
        if not file.found:
            yield Fact("results.computed", at=file.at)
        if file.compared:
            yield Fact("results.comparison_computed", at=replace(file.at, note="several models or settings scored"))


__all__ = ["FACTS", "WANTS", "extract"]
