"""TOML, and reaching into it without trust."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.errors import ParseError
from portfolio_audit.parsing.toml import Table, parse_toml, string, strings, table

NESTED: Table = {"tool": {"ruff": {"lint": ["E"]}, "name": "x"}, "list": [{"a": 1}]}


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("", {}),
        ("[tool.ruff]\nlint = ['E']\n", {"tool": {"ruff": {"lint": ["E"]}}}),
        ("a.b = 1\n# c = 2\n", {"a": {"b": 1}}),
        ("[[x]]\n[[x]]\ny = 'é'\n", {"x": [{}, {"y": "é"}]}),
    ],
)
def test_tables(text: str, document: Table) -> None:
    assert parse_toml(text) == document


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[project", "is not valid TOML (Expected ']' at the end of a table declaration (at end of document))"),
        ("a = 1\na = 2\n", "is not valid TOML (Cannot overwrite a value (at line 2, column 6))"),
        ("a = " + "[" * 5_000, "is nested too deeply"),
        ("a." * 6_000 + "a = 1", "has a line of more than 10,000 characters"),
        (
            "a = 2020-13-45\n",
            "is not valid TOML (Expected newline or end of document after a statement (at line 1, column 9))",
        ),
    ],
)
def test_what_is_none_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(ParseError) as refused:
        parse_toml(text)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ((), NESTED),
        (("tool", "ruff"), {"lint": ["E"]}),
        (("tool", "name"), {}),
        (("tool", "name", "further"), {}),
        (("list", "a"), {}),
        (("missing", "tool"), {}),
    ],
)
def test_nested_tables_are_reached_or_empty(keys: tuple[str, ...], found: Table) -> None:
    assert table(NESTED, *keys) == found


@pytest.mark.parametrize(
    ("value", "listed", "single"),
    [(["a", 1, None, "b"], ["a", "b"], ""), ("a", [], "a"), (None, [], ""), ({"a": 1}, [], ""), (True, [], "")],
)
def test_values_of_another_type_are_none(value: object, listed: list[str], single: str) -> None:
    assert (strings(value), string(value)) == (listed, single)


@given(st.text(max_size=60) | st.text(alphabet="a.=[]{}'\"\n1,#", max_size=60))
def test_any_text_is_a_table_or_refused(text: str) -> None:
    try:
        assert isinstance(parse_toml(text), dict)
    except ParseError as error:
        assert error.reason.startswith("is not valid TOML")
