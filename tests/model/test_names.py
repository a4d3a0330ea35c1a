"""Names of any bytes as text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.model.names import readable


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_utf8_is_kept(name: str) -> None:
    assert readable(name.encode()) == name


@given(st.binary())
def test_any_name_can_be_stored(name: bytes) -> None:
    assert readable(name).encode().decode() == readable(name)


def test_other_bytes_are_spelled_out() -> None:
    assert readable(b"caf\xe9.txt") == "caf\\xe9.txt"
