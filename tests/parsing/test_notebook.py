"""Notebooks to cells, outputs and lines, whatever the file holds."""

from __future__ import annotations

import json

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.errors import ParseError
from portfolio_audit.parsing.notebook import MOST_OUTPUT, Cell, Notebook, Output, parse_notebook

CODE = {"cell_type": "code", "source": ["x = 1\n", "x"], "execution_count": 3, "metadata": {}, "outputs": []}


def notebook(*cells: object, **metadata: object) -> str:
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}, indent=1)


def outputs(*raw: object) -> tuple[Output, ...]:
    return parse_notebook(notebook({**CODE, "outputs": raw})).cells[0].outputs


def test_cells_know_their_number_line_and_source() -> None:
    text = notebook({"cell_type": "markdown", "source": "# Churn"}, CODE)
    assert parse_notebook(text).cells == (
        Cell(1, 4, markdown=True, source="# Churn"),
        Cell(2, 8, markdown=False, source="x = 1\nx", execution_count=3),
    )


def test_a_cell_type_inside_a_string_does_not_shift_lines() -> None:
    tricky = {"cell_type": "markdown", "source": 'see "cell_type": "code"'}
    assert [c.line for c in parse_notebook(notebook(tricky, CODE)).cells] == [4, 8]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({"output_type": "stream", "text": ["a\n", "b"]}, Output("a\nb")),
        ({"output_type": "execute_result", "data": {"text/plain": "0.91"}}, Output("0.91")),
        (
            {"output_type": "display_data", "data": {"image/png": "AAAA", "text/plain": "<Figure>"}},
            Output("<Figure>", image=True),
        ),
        (
            {"output_type": "display_data", "data": {"text/html": "<table>", "text/plain": "a b"}},
            Output("a b", table=True),
        ),
        ({"output_type": "error", "ename": "KeyError", "evalue": "'x'"}, Output(error="KeyError: 'x'")),
        ("nonsense", Output()),
    ],
)
def test_outputs(raw: object, expected: Output) -> None:
    assert outputs(raw) == (expected,)


def test_outputs_of_a_cell_are_bounded_together() -> None:
    shown = outputs(*[{"output_type": "stream", "text": "x" * 3_000}] * 3)
    assert [len(o.text) for o in shown] == [3_000, MOST_OUTPUT - 3_000, 0]


@pytest.mark.parametrize(
    ("metadata", "language"),
    [
        ({}, "python"),
        ({"kernelspec": {"name": "python3"}}, "python"),
        ({"kernelspec": {"name": "ir", "language": "R"}}, "r"),
        ({"language_info": {"name": "julia", "version": "1.9"}}, "julia"),
        ({"kernelspec": "broken"}, "python"),
    ],
)
def test_language(metadata: dict[str, object], language: str) -> None:
    assert parse_notebook(notebook(CODE, **metadata)).language == language


def test_the_python_version_is_kept() -> None:
    assert (
        parse_notebook(notebook(CODE, language_info={"name": "python", "version": "3.11.4"})).python_version == "3.11.4"
    )


def test_version_3_is_upgraded() -> None:
    old = nbformat.v3.new_notebook(
        worksheets=[nbformat.v3.new_worksheet(cells=[nbformat.v3.new_code_cell(input="1 + 1")])]
    )
    read = parse_notebook(nbformat.v3.writes_json(old))
    assert [(c.markdown, c.source) for c in read.cells] == [(False, "1 + 1")]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("{", "not valid JSON"),
        ("[]", "no object"),
        ("{}", "no list of cells"),
        ('{"cells": 3}', "no list of cells"),
        ('{"cells": [3]}', "a cell is no object"),
        ('{"nbformat": 3, "worksheets": 5}', "cannot be upgraded"),
        ("[" * 100_000, "not valid JSON"),
    ],
)
def test_what_is_no_notebook_says_why(text: str, reason: str) -> None:
    with pytest.raises(ParseError, match=reason):
        parse_notebook(text)


def test_empty_cells_are_no_code() -> None:
    assert parse_notebook(notebook({**CODE, "source": " \n"}, CODE)).code[0].number == 2


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(
    st.fixed_dictionaries(
        {"cells": st.lists(st.fixed_dictionaries({"cell_type": JSON, "source": JSON, "outputs": JSON}) | JSON)},
        optional={"metadata": JSON},
    )
)
def test_any_shape_is_read_or_refused(content: object) -> None:
    try:
        assert isinstance(parse_notebook(json.dumps(content)), Notebook)
    except ParseError as error:
        assert error.reason


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (
            {
                "text/plain": "<pandas.io.formats.style.Styler at 0x7f>",
                "text/html": "<style>td {}</style><table><tr><th>model</th>\n<th>auc</th></tr>"
                "<tr><td>a &amp; b</td><td>0.9</td></tr></table>",
            },
            "model   auc\na & b  0.9",
        ),
        ({"application/json": {"auc": 0.9}}, '{"auc":0.9}'),
        ({"text/plain": "0.9", "text/html": "<b>0.9</b>"}, "0.9"),
        ({"text/plain": "<Figure size 640x480 with 1 Axes>", "image/png": "aGk="}, "<Figure size 640x480 with 1 Axes>"),
    ],
)
def test_what_an_output_shows(data: dict[str, object], text: str) -> None:
    content = {
        "cells": [{"cell_type": "code", "source": "x", "outputs": [{"output_type": "display_data", "data": data}]}]
    }

    assert parse_notebook(json.dumps(content)).cells[0].outputs[0].text == text
