"""The Python of notebooks: magics out, one broken cell harms no other, and every line keeps its place."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.errors import ParseError
from portfolio_audit.parsing.notebook_code import Broken, NotebookCode, Place, parse_notebook_code, python_of


def notebook(*cells: str, language: str = "python", indent: int | None = 1) -> str:
    made: list[dict[str, object]] = [
        {
            "cell_type": "code",
            "execution_count": None,
            "metadata": {},
            "outputs": [],
            "source": c.splitlines(keepends=True),
        }
        for c in cells
    ]
    content = {"cells": made, "metadata": {"language_info": {"name": language}}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(content, indent=indent)


def line_of(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), start=1) if part in line)


@pytest.mark.parametrize(
    ("cell", "python"),
    [
        ("x = 1", "x = 1"),
        ("%matplotlib inline\nx = 1", "\nx = 1"),
        ("!pip install a \\\n  b\nx = 1", "\n\nx = 1"),
        ("%time model.fit(x)", "model.fit(x)"),
        ("files = !ls\nx", "files = None\nx"),
        ("if x:\n    !ls", "if x:\n    pass"),
        ("model.fit?", ""),
        ("%%time\nf()", "\nf()"),
        ("%%bash\nrm -r x", ""),
        ("%%writefile train.py\nf()", "\nf()"),
        ("%%writefile notes.txt\nhello you", ""),
        ("x = (7\n% 2)", "x = (7\n% 2)"),
    ],
)
def test_the_python_of_a_cell(cell: str, python: str) -> None:
    assert python_of(cell).rstrip("\n ") == python.rstrip("\n ")


def test_names_imported_in_one_cell_are_known_in_the_next() -> None:
    code = parse_notebook_code(notebook("import numpy as np", "np.random.seed(1)"))
    assert [call.name for call in code.module.calls] == ["numpy.random.seed"]


def test_a_broken_cell_is_told_and_left_out() -> None:
    text = notebook("import a", "import b\nfor x in\n", "c()")
    code = parse_notebook_code(text)
    assert [found.module for found in code.module.imports] == ["a", "b"]
    assert [call.name for call in code.module.calls] == ["c"]
    assert code.broken == (Broken(2, line_of(text, "for x in"), "invalid syntax"),)


def test_each_line_keeps_its_place() -> None:
    text = notebook("x = 1\ny = 2", "fit()")
    code = parse_notebook_code(text)
    assert code.place(code.module.calls[0].line) == Place(2, line_of(text, "fit()"))
    assert code.place(2) == Place(1, line_of(text, "y = 2"))
    assert code.place(99) == Place(0, 0)


def test_a_notebook_on_one_line() -> None:
    code = parse_notebook_code(notebook("x = 1\nfit()", indent=None))
    assert code.place(code.module.calls[0].line) == Place(1, 1)


def test_another_language_gives_nothing() -> None:
    assert parse_notebook_code(notebook("library(x)", language="R")) == NotebookCode(
        parse_notebook_code('{"cells": []}').module
    )


def test_what_is_no_notebook() -> None:
    with pytest.raises(ParseError):
        parse_notebook_code("[]")


@given(st.lists(st.text(max_size=60), max_size=4))
def test_any_cells_give_a_module_with_a_place_for_each_line(cells: list[str]) -> None:
    code = parse_notebook_code(notebook(*cells))
    assert not code.module.broken
    assert all(code.place(call.line).cell for call in code.module.calls)


def test_a_cell_that_ast_would_choke_on_is_broken() -> None:
    code = parse_notebook_code(notebook("import " + "a." * 20_000 + "b", "f()"))
    assert [(b.cell, b.reason) for b in code.broken] == [(1, "has a name of more than 100 parts")]
    assert [call.name for call in code.module.calls] == ["f"]
