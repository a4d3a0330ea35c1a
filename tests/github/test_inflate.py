"""Gzip files in any number of parts, fed in any pieces."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.errors import ArchiveError
from portfolio_audit.github.inflate import PIECE, Inflater


def unpacked(data: bytes, chunk: int = 1 << 16) -> tuple[bytes, bool]:
    inflater = Inflater()
    pieces = [piece for at in range(0, len(data), chunk) for piece in inflater.feed(data[at : at + chunk])]
    return b"".join(pieces), inflater.whole


@given(st.lists(st.binary(max_size=200), min_size=1, max_size=4), st.integers(1, 50))
def test_parts_are_joined(parts: list[bytes], chunk: int) -> None:
    data = b"".join(gzip.compress(part) for part in parts)
    assert unpacked(data, chunk) == (b"".join(parts), True)
    assert not unpacked(data[:-1], chunk)[1]


def test_no_piece_is_long() -> None:
    assert max(map(len, Inflater().feed(gzip.compress(b"\0" * (3 * PIECE))))) == PIECE


@pytest.mark.parametrize("garbage", [b"\0" * 9, b"<html>", b"\x1f"])
def test_what_stands_behind_the_last_part_is_ignored(garbage: bytes) -> None:
    assert unpacked(gzip.compress(b"a") + garbage, 5) == (b"a", True)


@pytest.mark.parametrize("data", [b"<html>", b"PK\x03\x04", b"\x1f\x8c\x08"])
def test_what_is_no_gzip_is_refused(data: bytes) -> None:
    with pytest.raises(ArchiveError, match="no gzip file"):
        unpacked(data, 1)


@pytest.mark.parametrize("place", [2, 3, 12, -6, -2])
def test_a_damaged_one_is_refused(place: int) -> None:
    data = bytearray(gzip.compress(b"some text"))
    data[place] ^= 0xFF
    with pytest.raises(ArchiveError, match="damaged"):
        unpacked(bytes(data))


def test_parts_are_few() -> None:
    with pytest.raises(ArchiveError, match="parts"):
        unpacked(gzip.compress(b"") * 10_001)


def test_nothing_is_not_whole() -> None:
    assert unpacked(b"") == (b"", False)
    assert unpacked(b"\x1f") == (b"", False)
