"""Notebooks: were they run, from top to bottom and without errors, and do they tell a story?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.model.fact import Fact, FactSpec, FactType
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.notebook import Cell, Notebook

WANTS = ("*.ipynb",)
FACTS = (
    FactSpec("notebooks.count", FactType.NUMBER, "Notebooks with code in them.", reads=WANTS),
    FactSpec(
        "notebooks.executed_share", FactType.NUMBER, "Share of the notebooks that were run.", "share", reads=WANTS
    ),
    FactSpec("notebooks.executed", FactType.FLAG, "A notebook that was run.", reads=WANTS),
    FactSpec("notebooks.unexecuted", FactType.FLAG, "A notebook that was not run, or only in part.", reads=WANTS),
    FactSpec("notebooks.in_order", FactType.FLAG, "A notebook that was run from top to bottom.", reads=WANTS),
    FactSpec("notebooks.out_of_order", FactType.FLAG, "A cell that was run before one above it.", reads=WANTS),
    FactSpec("notebooks.error", FactType.FLAG, "A cell whose output is an error.", reads=WANTS),
    FactSpec("notebooks.plots", FactType.FLAG, "A notebook with pictures in its outputs.", reads=WANTS),
    FactSpec("notebooks.narrated", FactType.FLAG, "A notebook that explains what it does and finds.", reads=WANTS),
    FactSpec("notebooks.narrated_share", FactType.NUMBER, "Share of the notebooks that do.", "share", reads=WANTS),
)

_RUN_SHARE = 0.8
_MOST_ERRORS = 3
_NARRATION_WORDS = 100
_NARRATION_CELLS = 4
_CODE_CELLS_PER_NARRATION = 8
_CELL_WORDS = 8
_LEFT_OUT = re.compile(r"^\s*(?:#{1,6}\s.*|!\[.*|\|.*)$|<[^>]{1,300}>|https?://\S+", re.MULTILINE)
_WORD = re.compile(r"[^\W\d_]{2,}")
_CJK = re.compile(r"[\u3040-\u9fff]")


def extract(documents: Documents) -> Iterator[Fact]:
    """Give how each notebook was run and told, then their counts."""
    found = [(path, notebook) for path, notebook in documents.notebooks() if _runnable(notebook)]
    facts = [fact for path, notebook in found for fact in _about(path, notebook)]
    yield from facts
    if found:
        yield Fact("notebooks.count", len(found))
        for share, flag in (("executed_share", "executed"), ("narrated_share", "narrated")):
            seen = sum(fact.id == f"notebooks.{flag}" for fact in facts)
            yield Fact(f"notebooks.{share}", seen / len(found))


def _about(path: str, notebook: Notebook) -> Iterator[Fact]:
    cells = _runnable(notebook)
    ran = [cell for cell in cells if cell.execution_count is not None or cell.outputs]
    executed = len(ran) >= _RUN_SHARE * len(cells)
    note = f"{len(ran)} of {len(cells)} code cells were run"
    yield Fact(f"notebooks.{'executed' if executed else 'unexecuted'}", at=Location(path, note=note))
    yield from _order(path, ran, executed=executed)
    yield from _outputs(path, cells)
    told = _narration(notebook)
    if len(told) >= max(_NARRATION_CELLS, len(cells) / _CODE_CELLS_PER_NARRATION) and sum(told) >= _NARRATION_WORDS:
        yield Fact("notebooks.narrated", at=Location(path, note=f"{sum(told)} words in {len(told)} cells"))


def _order(path: str, ran: Sequence[Cell], *, executed: bool) -> Iterator[Fact]:
    """Where the counts of the cells first go back; a notebook without counts shows no order at all."""
    counted = [(cell, cell.execution_count) for cell in ran if cell.execution_count]
    for (_, before), (cell, count) in pairwise(counted):
        if count <= before:
            note = f"run as number {count}, below a cell run as number {before}"
            yield Fact("notebooks.out_of_order", at=Location(path, cell.line, cell.number, note))
            return
    if executed and counted:
        yield Fact("notebooks.in_order", at=Location(path, note="counts go up from cell to cell"))


def _outputs(path: str, cells: Sequence[Cell]) -> Iterator[Fact]:
    errors = [(cell, output.error) for cell in cells for output in cell.outputs if output.error]
    for cell, error in errors[:_MOST_ERRORS]:
        yield Fact("notebooks.error", at=Location(path, cell.line, cell.number, error[:120]))
    pictured = [cell for cell in cells if any(output.image for output in cell.outputs)]
    if pictured:
        first = pictured[0]
        note = f"{len(pictured)} cells show a picture"
        yield Fact("notebooks.plots", at=Location(path, first.line, first.number, note))


def _runnable(notebook: Notebook) -> list[Cell]:
    """Code cells with more than comments in them: Jupyter counts no empty cell, and readers do not miss them."""
    return [cell for cell in notebook.code if any(not line.startswith("#") for line in _lines(cell.source))]


def _lines(source: str) -> Iterator[str]:
    return (stripped for line in source.splitlines() if (stripped := line.strip()))


def _narration(notebook: Notebook) -> list[int]:
    """The words of each cell that says something: headings, tables, pictures and addresses are no narration."""
    told = (_LEFT_OUT.sub(" ", cell.source[:20_000]) for cell in notebook.cells if cell.markdown)
    counts = (len(_WORD.findall(text)) + len(_CJK.findall(text)) // 2 for text in told)
    return [count for count in counts if count >= _CELL_WORDS]
