"""What every source promises: the same files give the same tree and the same texts."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from portfolio_audit.errors import NoCommits
from portfolio_audit.model.snapshot import EntryKind, TreeEntry, Unavailable
from repositories import Files, kinds, read

Make = Callable[[Files], Path]


def test_the_tree_is_sorted_and_typed(make: Make) -> None:
    snapshot = read(make({"src/run.sh": b"#!/bin/sh", "b.py": b"", "a.link": b"b.py", "src/z/deep.md": b"# Deep"}))
    assert [(e.path, e.size, e.kind) for e in snapshot.tree] == [
        ("a.link", 4, EntryKind.SYMLINK),
        ("b.py", 0, EntryKind.FILE),
        ("src/run.sh", 9, EntryKind.EXECUTABLE),
        ("src/z/deep.md", 6, EntryKind.FILE),
    ]
    assert (snapshot.name, snapshot.gaps) == ("example", ())


def test_texts_are_decoded_alike(make: Make) -> None:
    files = {
        "bom.md": b"\xef\xbb\xbf# Title\r\nText\r",
        "freeze.txt": "pandas==2.2\r\n".encode("utf-16"),
        "old.txt": b"caf\xe9",
        "picture.png": b"\x89PNG\0\0",
        "pointer.csv": b"version https://git-lfs.github.com/spec/v1\n",
    }
    assert read(make(files)).texts == {
        "bom.md": "# Title\nText\n",
        "freeze.txt": "pandas==2.2\n",
        "old.txt": "caf\xe9",
        "picture.png": Unavailable("is binary"),
        "pointer.csv": "version https://git-lfs.github.com/spec/v1\n",
    }


def test_only_what_was_asked_for_is_read(make: Make) -> None:
    snapshot = read(make({"a.py": b"a", "b.py": b"b"}), select=lambda _: ["b.py", "b.py", "missing.py"])
    assert snapshot.texts == {"b.py": "b", "missing.py": Unavailable("is not in the repository")}


def test_links_are_not_followed(make: Make, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("token")
    snapshot = read(make({"out.link": b"../secret", "folder.link": b"..", "loop.link": b"loop.link"}))
    assert set(kinds(snapshot).values()) == {EntryKind.SYMLINK}
    assert set(snapshot.texts.values()) == {Unavailable("is a symbolic link, which is not followed")}


def test_files_over_the_limit_are_listed_but_not_read(make: Make) -> None:
    snapshot = read(make({"big.txt": b"x" * 11, "a.ipynb": b"x" * 11, "ok.txt": b"x" * 10}), text_bytes=10)
    assert snapshot.texts == {
        "big.txt": Unavailable("is 11 bytes, over the limit of 10 bytes"),
        "a.ipynb": "x" * 11,
        "ok.txt": "x" * 10,
    }


def test_the_bytes_of_one_repository_are_bounded(make: Make) -> None:
    snapshot = read(make({"a.txt": b"x" * 6, "b.txt": b"x" * 5, "c.txt": b"x" * 4}), total_bytes=10)
    refused = Unavailable("is over the limit of 10 bytes for one repository")
    assert snapshot.texts == {"a.txt": "x" * 6, "b.txt": refused, "c.txt": "x" * 4}


def test_hostile_names_are_kept_as_text(make: Make) -> None:
    names = ["new\nline.py", "esc\x1b[31m.py", "\u202egnp.py", "[bold]x[/].py", "sp ace.py", "-rf.py", "caf\u00e9.py"]
    snapshot = read(make(dict.fromkeys(names, b"1")))
    assert sorted(snapshot.texts) == [entry.path for entry in snapshot.tree] == sorted(names)
    assert set(snapshot.texts.values()) == {"1"}


def test_a_snapshot_can_be_sent_to_another_process(make: Make) -> None:
    snapshot = read(make({"a.py": b"a", "b.png": b"\0"}))
    assert pickle.loads(pickle.dumps(snapshot)) == snapshot  # noqa: S301


def test_nothing_tells_where_it_was_read(make: Make, tmp_path: Path) -> None:
    assert str(tmp_path) not in repr(read(make({"a.py": b"a", "b.png": b"\0"})))


def test_no_file_is_listed_twice_among_ten_thousand(make: Make) -> None:
    files = {f"folder{n % 100}/{n}.txt": b"" for n in range(10_000)}
    snapshot = read(make(files), select=lambda _: [])
    assert snapshot.tree == tuple(TreeEntry(e.path, 0, EntryKind.FILE, e.blob_id) for e in snapshot.tree)
    assert sorted(files) == [entry.path for entry in snapshot.tree]


def test_a_revision_that_is_not_there_is_refused(make: Make) -> None:
    target = make({"a.py": b"a"})
    with pytest.raises(NoCommits, match="nowhere"):
        read(target, ref="nowhere")
