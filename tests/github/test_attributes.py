"""Attributes that make an archive differ from the repository."""

from __future__ import annotations

import pytest

from portfolio_audit.github.attributes import CHANGED, LEFT_OUT, export_attributes


@pytest.mark.parametrize(
    ("text", "given"),
    [
        (b"", set()),
        (b"*.ipynb linguist-vendored\n* text=auto\n", set()),
        (b"tests/ export-ignore\n", {LEFT_OUT}),
        (b"_version.py export-subst\r\n/docs\ttext  export-ignore", {LEFT_OUT, CHANGED}),
        (b"[attr]private export-ignore\n", {LEFT_OUT}),
        (b'"a b" export-ignore\n', {LEFT_OUT}),
        (b"# tests export-ignore\n  # tests export-ignore", set()),
        (b"a -export-ignore\nb !export-subst\nc export-ignore=no", set()),
        (b"export-ignore text\n", set()),
        (b"\xff\0 export-subst", {CHANGED}),
    ],
)
def test_what_a_file_of_attributes_gives(text: bytes, given: set[str]) -> None:
    assert export_attributes({"src/.gitattributes": text}) == given


def test_other_files_give_none() -> None:
    assert (
        export_attributes({"gitattributes": b"a export-ignore", "a.gitattributes": b"a export-ignore"}) == frozenset()
    )
