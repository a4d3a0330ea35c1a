"""Text on the page is one bounded line in which nothing hides."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.dashboard.visible import visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("  two\n lines\t", "two lines"),
        ("\u202eevil\u202c", "\\u202eevil\\u202c"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("\x1b[31mred", "\\u001b[31mred"),
        ("naïve 日本", "naïve 日本"),
        ("a" + "\u0301" * 9, "a" + "\u0301" * 3),
        ("\ud800", "\\ud800"),
    ],
)
def test_what_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_a_long_line_is_cut() -> None:
    assert visible("x" * 1_000_000, 10) == "xxxxxxxxx…"


@given(st.text(max_size=400), st.integers(1, 80))
def test_every_text_is_one_bounded_line_that_can_be_seen(text: str, limit: int) -> None:
    shown = visible(text, limit)
    assert len(shown) <= limit
    assert not {unicodedata.category(character) for character in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
