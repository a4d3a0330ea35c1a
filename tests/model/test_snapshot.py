"""Snapshots: names, and how much is read."""

from __future__ import annotations

import pytest

from portfolio_audit.model.snapshot import NOT_FROM_FILES, Limits, Metadata, Snapshot


@pytest.mark.parametrize(("owner", "name"), [("ada", "ada/tides"), ("", "tides")])
def test_the_full_name_has_the_owner_if_known(owner: str, name: str) -> None:
    assert Snapshot("tides", owner).full_name == name


def test_what_files_cannot_tell_is_unavailable() -> None:
    metadata = Metadata()
    assert {metadata.description, metadata.topics, metadata.fork, metadata.history} == {NOT_FROM_FILES}


@pytest.mark.parametrize(
    ("path", "limit"), [("a.py", 10), ("a.ipynb", 20), ("A.IPYNB", 20), ("a.ipynb.txt", 10), ("ipynb", 10)]
)
def test_notebooks_may_be_larger(path: str, limit: int) -> None:
    assert Limits(text_bytes=10, notebook_bytes=20).of(path) == limit
