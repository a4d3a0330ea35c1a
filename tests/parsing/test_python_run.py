"""What would stop code when it is run from its first line to its last."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.parsing.python_run import PythonRun, Undefined, parse_run


def undefined(code: str) -> list[str]:
    return [found.name for found in parse_run(code).undefined]


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("x = 1\nprint(x)", []),
        ("print(x)\nx = 1", ["x"]),
        ("def f():\n    return later\nlater = 1\nf()", []),
        ("def f():\n    return never", ["never"]),
        ("x = 1\ndel x\nprint(x)", ["x"]),
        ("try:\n    x\nexcept NameError:\n    x = 1", []),
        ("from numpy import *\nprint(ones(3))", []),
        ("print(b)\nprint(a)\nprint(b)", ["b", "a"]),
        ("display(1)\nget_ipython()", []),
    ],
)
def test_names_used_before_their_definition(code: str, names: list[str]) -> None:
    assert undefined(code) == names


def test_the_first_line_of_each_name_is_told() -> None:
    assert parse_run("\nprint(x)\nprint(x)").undefined == (Undefined("x", 2),)


@pytest.mark.parametrize("code", ["print 'old'", "x = (" * 10_000, "x = 1\n" * 100_000, "\x00"])
def test_what_is_no_python_or_too_long_is_not_followed(code: str) -> None:
    assert parse_run(code) == PythonRun()


@given(st.text(max_size=200))
def test_any_text_is_read_without_failing(text: str) -> None:
    assert isinstance(parse_run(text), PythonRun)
