"""The hidden line by which a comment is found again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.publishing import Marker, Run
from portfolio_audit.publishing.marker import marker_of

SHA = "a" * 40


def test_the_line() -> None:
    assert Marker(SHA, Run(12, 3), "models").mark("Text") == (
        f"<!-- portfolio-audit key=models commit={SHA} run=12.3 -->\nText"
    )


@given(st.text(max_size=80), st.integers(0, 10**15 - 1), st.integers(0, 999_999), st.text())
def test_what_is_written_is_read_again(key: str, run: int, attempt: int, text: str) -> None:
    marker = Marker(SHA, Run(run, attempt), key)
    found = marker_of(marker.mark(text))
    assert found is not None
    assert found.is_same(marker)
    assert (found.commit, found.run) == (SHA, Run(run, attempt))


@pytest.mark.parametrize(
    "comment",
    [
        "",
        f"Text\n<!-- portfolio-audit key= commit={SHA} run=1.1 -->",
        "<!-- portfolio-audit key= commit=x run=1.1 -->",
        f"<!-- portfolio-audit key=a b commit={SHA} run=1.1 -->",
        f"<!-- portfolio-audit key= commit={SHA} run={'9' * 16}.1 -->",
    ],
)
def test_what_is_no_marker(comment: str) -> None:
    assert marker_of(comment) is None


def test_a_key_cannot_end_the_comment() -> None:
    assert Marker(SHA, key="--> <b>").mark("") == f"<!-- portfolio-audit key=b commit={SHA} run=0.0 -->\n"
