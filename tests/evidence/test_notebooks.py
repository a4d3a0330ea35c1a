"""How notebooks were run, and whether they tell anything."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

from portfolio_audit.evidence import notebooks
from portfolio_audit.model.fact import Evidence
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Unavailable

Files = Mapping[str, str | Unavailable]
See = Callable[[ModuleType, Files], Evidence]
STORY = "The level rises twice a day, and the second flood is the higher one from May to August in every year we have."


def code(source: str, count: int | None = None, *outputs: dict[str, Any]) -> dict[str, Any]:
    return {"cell_type": "code", "source": source, "execution_count": count, "outputs": list(outputs), "metadata": {}}


def told(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "source": source, "metadata": {}}


def book(*cells: dict[str, Any]) -> str:
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1)


def places(evidence: Evidence, fact: str) -> list[Location]:
    return [f.at for f in evidence.known(f"notebooks.{fact}")]


def test_counts_that_go_up_are_in_order(seen: See) -> None:
    evidence = seen(notebooks, {"a.ipynb": book(code("x = 1", 2), code("x", 5))})
    assert places(evidence, "in_order") == [Location("a.ipynb", note="counts go up from cell to cell")]
    assert not evidence.has("notebooks.out_of_order")
    assert evidence.number("notebooks.executed_share") == 1


def test_the_first_count_that_goes_back_is_shown(seen: See) -> None:
    evidence = seen(notebooks, {"a.ipynb": book(code("x", 7), code("y", 3), code("z", 2))})
    (at,) = places(evidence, "out_of_order")
    assert (at.cell, at.note) == (2, "run as number 3, below a cell run as number 7")


def test_the_same_count_twice_is_no_order(seen: See) -> None:
    assert seen(notebooks, {"a.ipynb": book(code("x", 3), code("y", 3))}).has("notebooks.out_of_order")


def test_a_notebook_run_in_part_is_not_executed(seen: See) -> None:
    evidence = seen(notebooks, {"a.ipynb": book(code("x", 1), code("y"), code("z"))})
    assert places(evidence, "unexecuted") == [Location("a.ipynb", note="1 of 3 code cells were run")]
    assert evidence.number("notebooks.executed_share") == 0


def test_empty_and_commented_cells_need_no_run(seen: See) -> None:
    cells = [code("x", 1), code("# later"), code("  \n"), code("# a\n\n# b")]
    assert places(seen(notebooks, {"a.ipynb": book(*cells)}), "executed")[0].note == "1 of 1 code cells were run"


def test_outputs_without_counts_are_executed_in_no_known_order(seen: See) -> None:
    evidence = seen(notebooks, {"a.ipynb": book(code("x", None, {"output_type": "stream", "text": "1"}))})
    assert evidence.has("notebooks.executed")
    assert not evidence.has("notebooks.in_order")


def test_errors_are_shown_with_their_message_three_at_most(seen: See) -> None:
    error = {"output_type": "error", "ename": "KeyError", "evalue": "'level'", "traceback": []}
    evidence = seen(notebooks, {"a.ipynb": book(*[code("x", n, error) for n in range(1, 6)])})
    assert [(at.cell, at.note) for at in places(evidence, "error")] == [(n, "KeyError: 'level'") for n in (1, 2, 3)]


def test_plots_are_seen_once_a_notebook(seen: See) -> None:
    plot = {"output_type": "display_data", "data": {"image/png": "aGk="}, "metadata": {}}
    evidence = seen(notebooks, {"a.ipynb": book(code("x", 1), code("p", 2, plot), code("q", 3, plot))})
    assert [(at.cell, at.note) for at in places(evidence, "plots")] == [(2, "2 cells show a picture")]


def test_narration_is_words_in_several_cells(seen: See) -> None:
    files = {
        "told.ipynb": book(*[told(STORY), code("x", 1)] * 5),
        "headings.ipynb": book(*[told("# " + STORY), code("x", 1)] * 5),
        "once.ipynb": book(told(STORY * 10), code("x", 1)),
    }
    evidence = seen(notebooks, files)
    assert [at.path for at in places(evidence, "narrated")] == ["told.ipynb"]
    assert evidence.number("notebooks.narrated_share") == 1 / 3


def test_notebooks_without_code_are_not_counted(seen: See) -> None:
    evidence = seen(notebooks, {"a.ipynb": book(told(STORY)), "b.ipynb": book(code("x"))})
    assert evidence.number("notebooks.count") == 1


def test_nothing_is_said_where_there_is_none(seen: See) -> None:
    assert seen(notebooks, {"a.py": "x"}).facts == ()
