"""Strict reading: what is not as documented is an error that names it."""

from __future__ import annotations

from datetime import UTC, datetime

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.errors import SourceError, Unreachable
from portfolio_audit.github.payloads import Payload, decoded

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=12,
)


def test_values_are_given_by_type_and_nulls_as_nothing() -> None:
    item = Payload({"a": "x", "b": True, "c": 3, "d": None, "e": ["p", 1, "q"]}, "ada")
    assert (item.text("a"), item.flag("b"), item.number("c"), item.text("d"), item.texts("e")) == (
        "x",
        True,
        3,
        "",
        ("p", "q"),
    )


@pytest.mark.parametrize("read", [Payload.text, Payload.inner, Payload.moment, lambda p, k: list(p.items(k))])
def test_a_wrong_type_is_an_error(read: object) -> None:
    with pytest.raises(Unreachable, match="cannot be understood"):
        read(Payload({"a": 1}, "ada"), "a")  # type: ignore[operator]


def test_moments_have_a_zone() -> None:
    item = Payload({"z": "2026-01-02T03:04:05Z", "n": "2026-01-02T03:04:05", "bad": "yesterday"}, "ada")
    assert item.moment("z") == item.moment("n") == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    with pytest.raises(Unreachable, match="'bad' is no date"):
        item.moment("bad")


def test_nodes_of_a_connection_leave_out_nulls() -> None:
    item = Payload({"tags": {"nodes": [{"name": "v1"}, None]}}, "ada")
    assert [node.text("name") for node in item.nodes("tags")] == ["v1"]
    assert list(item.nodes("absent")) == []


def test_texts_are_bounded() -> None:
    assert len(Payload({"a": "x" * 100_000}, "ada").text("a")) == 20_000


def test_what_is_no_json_is_told() -> None:
    with pytest.raises(Unreachable, match="is not JSON"):
        decoded(b"<html>", "ada")


@given(JSON)
def test_any_json_is_read_or_refused_in_our_own_words(value: object) -> None:
    try:
        item = Payload(decoded(orjson.dumps(value), "ada"), "ada")
        for key in "abc":
            for read in (item.text, item.flag, item.number, item.moment, item.texts, lambda k: list(item.nodes(k))):
                read(key)
    except SourceError as error:
        assert "cannot be understood" in str(error)
