"""Bytes to text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.sources.decoding import BINARY, decode


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
        (b"\xef\xbb\xbfa", "a"),
        ("a\u00e9".encode("utf-16"), "a\u00e9"),
        (b"\xfe\xff\0a", "a"),
        ("a".encode("utf-32"), "a"),
        (b"na\xefve \x93quote\x94", "na\u00efve \u201cquote\u201d"),
        (b"\x81\xe9", "\x81\u00e9"),
        (b"\x1b[31mred", "\x1b[31mred"),
    ],
)
def test_text_in_any_usual_encoding(data: bytes, text: str) -> None:
    assert decode(data) == text


@pytest.mark.parametrize(
    "data",
    [
        b"a\0b",
        b"\xff\xfea",
        b"\xff\xfe\0\xd8",
        b"\xef\xbb\xbf\xff",
        b"\xff\xd8\xff\xe0\x01\x02",
        "a\0".encode("utf-16"),
    ],
)
def test_binary(data: bytes) -> None:
    assert decode(data) == BINARY


@given(st.text(st.characters(exclude_characters="\0\r\ufeff", exclude_categories=["Cs"])))
def test_utf8_is_kept(text: str) -> None:
    assert decode(text.encode()) == decode(text.encode("utf-8-sig")) == text


@given(st.binary())
def test_any_bytes_give_text_that_can_be_stored(data: bytes) -> None:
    text = decode(data)
    assert text == BINARY or (isinstance(text, str) and "\r" not in text and text.encode("utf-8") is not None)
