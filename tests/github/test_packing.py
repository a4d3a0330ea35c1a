"""What is packed is unpacked as it was, and nothing else is."""

from __future__ import annotations

import zlib

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.github.packing import MOST_BYTES, pack, pack_tree, unpack, unpack_tree
from portfolio_audit.model.snapshot import EntryKind, TreeEntry

TREES = st.lists(
    st.builds(
        TreeEntry,
        path=st.text(st.characters(exclude_categories=["Cs"])),
        size=st.integers(0, 2**62),
        kind=st.sampled_from(EntryKind),
        blob_id=st.sampled_from(["", "a" * 40]),
    ),
    max_size=5,
).map(tuple)


@given(TREES)
def test_a_tree_is_unpacked_as_it_was(tree: tuple[TreeEntry, ...]) -> None:
    assert unpack_tree(pack_tree(tree)) == tree


@given(st.binary())
def test_bytes_are_unpacked_as_they_were(body: bytes) -> None:
    assert unpack(pack(body)) == body


@given(st.binary())
def test_other_bytes_are_nothing(body: bytes) -> None:
    assert unpack(body) is None
    assert unpack(pack(body)[:-1]) is None


def test_a_bomb_is_not_unpacked() -> None:
    assert unpack(zlib.compress(bytes(MOST_BYTES + 1))) is None


@pytest.mark.parametrize(
    "rows",
    [
        {},
        None,
        [1],
        [["a"]],
        [["a", 1, "file", "b", "c"]],
        [["a", -1, "file", "b"]],
        [["a", "1", "file", "b"]],
        [["a", 1.5, "file", "b"]],
        [["a", 1, "folder", "b"]],
        [["a", 1, [], "b"]],
        [[1, 1, "file", "b"]],
        [["a", 1, "file", None]],
    ],
)
def test_what_is_no_tree_is_none(rows: object) -> None:
    assert unpack_tree(pack(orjson.dumps(rows))) is None


def test_what_is_no_json_is_no_tree() -> None:
    assert unpack_tree(pack(b"[")) is None
