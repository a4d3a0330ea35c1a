"""Damaged loose objects, some of which libgit2 itself never returns from."""

from __future__ import annotations

import zlib
from pathlib import Path

import pygit2
import pytest

from portfolio_audit.errors import NoCommits
from portfolio_audit.sources.loose_objects import object_database
from repositories import commit, loose_object, read

WHOLE = zlib.compress(b"blob 4\0text")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"x",
        b"x\x9cspoilt",
        WHOLE[:-8],
        zlib.compress(b"text"),
        zlib.compress(b"blob 2\0text"),
        zlib.compress(b"blob 9\0text"),
        zlib.compress(b"blob 99999999999999\0text"),
        zlib.compress(b"blob 4\0" + bytes(1_000_000)),
        zlib.compress(b"blob -4\0text"),
    ],
)
def test_a_damaged_object_is_told(repository: pygit2.Repository, content: bytes) -> None:
    oid = repository.create_blob(b"text")
    file = loose_object(repository, oid)
    file.chmod(0o644)
    file.write_bytes(content)
    with pytest.raises((zlib.error, ValueError)):
        object_database(repository).read(oid)


def test_an_object_is_read_and_measured(repository: pygit2.Repository) -> None:
    oid = repository.create_blob(b"text" * 5_000)
    database = object_database(repository)
    assert database.read(oid) == (pygit2.enums.ObjectType.BLOB, b"text" * 5_000)
    assert database.read_header(oid) == (pygit2.enums.ObjectType.BLOB, 20_000)
    assert oid in database
    assert pygit2.Oid(hex="ab" * 20) not in database


def test_an_ambiguous_abbreviation_is_refused(repository: pygit2.Repository) -> None:
    newest = str(commit(repository, {"a.txt": b"1"}))
    twin = loose_object(repository, newest[:-1] + ("1" if newest[-1] == "0" else "0"))
    twin.write_bytes(WHOLE)
    with pytest.raises(NoCommits, match="there is no revision"):
        read(repository.workdir, ref=newest[:8])
    assert read(repository.workdir, ref=newest).commit == newest


def test_objects_of_another_repository_are_borrowed(repository: pygit2.Repository, tmp_path: Path) -> None:
    newest = commit(repository, {"a.txt": b"1"})
    borrower = pygit2.init_repository(str(tmp_path / "borrower"), bare=True)
    Path(borrower.path, "objects/info/alternates").write_text(f"# from\n{repository.path}objects\n")
    borrower.references.create("refs/heads/main", newest)
    assert read(borrower.path, ref="main").texts == {"a.txt": "1"}


def test_repositories_that_borrow_from_each_other_end(repository: pygit2.Repository) -> None:
    commit(repository, {"a.txt": b"1"})
    Path(repository.path, "objects/info").mkdir(exist_ok=True)
    Path(repository.path, "objects/info/alternates").write_text("../objects\n/nowhere\n\n")
    assert read(repository.workdir).texts == {"a.txt": "1"}
