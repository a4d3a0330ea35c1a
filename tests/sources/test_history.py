"""Commits and tags, bounded and in order."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pygit2
import pytest
from pygit2.enums import ObjectType

from portfolio_audit.model.snapshot import Commit, History
from repositories import AUTHOR, commit, commit_tree, loose_object, read


def history(repository: pygit2.Repository, commits: int = 100) -> History:
    found = read(repository.path, commits=commits).metadata.history
    assert isinstance(found, History)
    return found


def test_commits_are_newest_first_with_tags(repository: pygit2.Repository) -> None:
    first = commit(repository, {"a": b"1"}, message="First\n\nBody")
    second = commit(repository, {"a": b"2"}, at=60, message="  \n Second ")
    repository.create_tag("v2", first, ObjectType.COMMIT, AUTHOR, "")
    repository.references.create("refs/tags/v1", first)
    at = datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    assert history(repository) == History(
        (Commit(str(second), at.replace(minute=14), "Ada", "Second"), Commit(str(first), at, "Ada", "First")),
        ("v1", "v2"),
    )


def test_two_lines_of_work_are_ordered_by_time(repository: pygit2.Repository) -> None:
    start = commit(repository, {"a": b"0"}, message="0")
    signatures = [pygit2.Signature("Ada", "a@b", AUTHOR.time + n) for n in range(5)]
    tree = repository[start].peel(pygit2.Commit).tree_id
    tips = [start, start]
    for n in range(1, 4):
        tips[n % 2] = repository.create_commit(None, signatures[n], signatures[n], str(n), tree, [tips[n % 2]])
    repository.create_commit("refs/heads/both", signatures[4], signatures[4], "4", tree, tips)
    repository.set_head("refs/heads/both")
    assert [c.summary for c in history(repository).commits] == ["4", "3", "2", "1", "0"]


def test_a_long_history_is_cut(repository: pygit2.Repository) -> None:
    for n in range(4):
        commit(repository, {"a": str(n).encode()}, at=n, message=str(n))
    cut = history(repository, commits=3)
    assert ([c.summary for c in cut.commits], cut.truncated) == (["3", "2", "1"], True)
    assert not history(repository, commits=4).truncated


def test_a_shallow_clone_is_truncated(repository: pygit2.Repository) -> None:
    parent = commit(repository, {"a": b"1"})
    newest = commit(repository, {"a": b"2"}, at=1)
    Path(repository.path, "shallow").write_text(f"{newest}\n")
    loose_object(repository, parent).unlink()
    found = history(repository)
    assert ([c.id for c in found.commits], found.truncated) == ([str(newest)], True)


def test_a_history_that_breaks_off_is_truncated(repository: pygit2.Repository) -> None:
    parent = commit(repository, {"a": b"1"})
    commit(repository, {"a": b"2"}, at=1)
    loose_object(repository, parent).unlink()
    assert history(repository).truncated


@pytest.mark.parametrize(("seconds", "year"), [("99999999999999", 9999), ("-5", 1970)])
def test_impossible_times_are_bounded(repository: pygit2.Repository, seconds: str, year: int) -> None:
    tree = repository.odb.write(ObjectType.TREE, b"100644 a\0" + repository.create_blob(b"1").raw)
    person = f"\xe9 <a@b> {seconds} +0000".encode("latin-1")
    raw = b"tree %b\nauthor %b\ncommitter %b\n\n" % (str(tree).encode(), person, person)
    repository.references.create("refs/heads/main", repository.odb.write(ObjectType.COMMIT, raw))
    (only,) = history(repository).commits
    assert (only.at.year, only.author, only.summary) == (year, "\\xe9", "")


def test_endless_messages_are_cut(repository: pygit2.Repository) -> None:
    commit_tree(repository, repository.odb.write(ObjectType.TREE, b""), message="x" * 100_000)
    assert [len(c.summary) for c in history(repository).commits] == [200]
