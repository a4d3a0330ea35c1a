"""What a repository says cannot harm a terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.reporting.escaping import clean


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain words", "plain words"),
        ("two\nlines\tand tabs", "two lines and tabs"),
        ("\x1b[31mred\x07", "�[31mred�"),
        ("abc\u202egnp.exe", "abc�gnp.exe"),
        ("caf\udce9", "caf�"),
        ("[bold]text[/bold]", "[bold]text[/bold]"),
        ("Größe 数据 ✓", "Größe 数据 ✓"),
        ("z" + "\u0301" * 50, "z" + "\u0301" * 3),
        ("", ""),
    ],
)
def test_examples(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_long_text_is_cut_with_a_sign() -> None:
    assert clean("x" * 50, 10) == "x" * 9 + "…"


@given(st.text(), st.integers(1, 60))
def test_nothing_unsafe_is_left(text: str, limit: int) -> None:
    shown = clean(text, limit)
    assert len(shown) <= limit
    assert {unicodedata.category(c) for c in shown} & {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"} == set()


@given(st.text())
def test_what_was_cleaned_stays_as_it_is(text: str) -> None:
    assert clean(clean(text)) == clean(text)
