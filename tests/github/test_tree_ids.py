"""The ids of folders are those that git gives them."""

from __future__ import annotations

from tempfile import TemporaryDirectory

import pygit2
from hypothesis import given, settings
from hypothesis import strategies as st

import repositories
from portfolio_audit.github.tree_ids import root_ids
from portfolio_audit.model.snapshot import EntryKind, TreeEntry

BLOB = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
PARTS = st.sampled_from(["a", "a.b", "a-b", "a0", "b.sh", "c.link", "\u00fc"])
PATHS = st.lists(st.lists(PARTS, min_size=1, max_size=3).map("/".join), max_size=8, unique=True)


def without_files_as_folders(paths: list[str]) -> list[str]:
    return [path for path in paths if not any(other.startswith(f"{path}/") for other in paths)]


@given(PATHS.map(without_files_as_folders))
@settings(deadline=None, max_examples=30)
def test_the_ids_are_those_of_git(paths: list[str]) -> None:
    with TemporaryDirectory() as folder:
        repository = pygit2.init_repository(folder, initial_head="main")
        repositories.commit(repository, {path: path.encode() for path in paths})
        root = repository.head.peel(pygit2.Tree)
        assert root_ids(repositories.read(folder).tree) == {item.name: str(item.id) for item in root}


def test_what_holds_a_submodule_has_no_known_id() -> None:
    members = [
        TreeEntry("a", blob_id=BLOB),
        TreeEntry("lib/sub", kind=EntryKind.SUBMODULE),
        TreeEntry("sub", kind=EntryKind.SUBMODULE),
    ]
    assert root_ids(members) == {"a": BLOB}


def test_nothing_has_no_ids() -> None:
    assert root_ids([]) == {}


def test_folders_beyond_measure_are_not_told() -> None:
    members = [TreeEntry("/".join(f"{number}" for _ in range(1000)) + "/x", blob_id=BLOB) for number in range(100)]
    assert root_ids(members) == {}
