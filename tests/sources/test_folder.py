"""Plain folders, and what can stand in them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from portfolio_audit.errors import NoCommits, NotFound
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import NOT_FROM_FILES, Limits, Metadata, Snapshot, Unavailable
from portfolio_audit.sources import folder
from repositories import everything, read, write

posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX files")
not_root = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")


def test_an_empty_folder_is_an_empty_snapshot(tmp_path: Path) -> None:
    place = tmp_path / "ada+empty"
    place.mkdir()
    assert read(place) == Snapshot("empty", "ada", commit=NOT_FROM_FILES, metadata=Metadata())


def test_a_revision_of_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoCommits, match="a plain folder has no revisions, so 'main' cannot be read"):
        read(tmp_path, ref="main")


def test_what_belongs_to_git_is_left_out(tmp_path: Path) -> None:
    write(tmp_path, {"sub/.git/config": b"[remote]", "sub/a.py": b"1", ".gitignore": b"x"})
    assert list(read(tmp_path).texts) == [".gitignore", "sub/a.py"]


@posix
def test_special_files_are_left_out(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    write(tmp_path, {"a.py": b"1"})
    assert read(tmp_path).texts == {"a.py": "1"}


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_names_that_are_no_text_can_still_be_read(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.py")).write_text("1")
    assert read(tmp_path).texts == {"caf\\xe9.py": "1"}


def test_a_file_that_goes_away_is_unavailable(tmp_path: Path) -> None:
    place = write(tmp_path, {"a.py": b"1", "b.py": b"2"})

    def select(_: object) -> list[str]:
        (place / "a.py").unlink()
        return ["a.py", "b.py"]

    gone = Unavailable("cannot be opened (No such file or directory)")
    assert read(place, select=select).texts == {"a.py": gone, "b.py": "2"}


@posix
def test_a_file_that_turns_into_a_link_is_not_followed(tmp_path: Path) -> None:
    place = write(tmp_path / "in", {"a.py": b"1"})
    write(tmp_path, {"secret": b"token"})

    def select(_: object) -> list[str]:
        (place / "a.py").unlink()
        (place / "a.py").symlink_to("../secret")
        return ["a.py"]

    assert isinstance(read(place, select=select).texts["a.py"], Unavailable)


def test_a_file_that_grows_is_not_read_past_the_limit(tmp_path: Path) -> None:
    place = write(tmp_path, {"a.py": b"1"})

    def select(_: object) -> list[str]:
        (place / "a.py").write_bytes(b"1" * 100)
        return ["a.py"]

    grown = Unavailable("is 11 bytes, over the limit of 10 bytes")
    assert read(place, select=select, text_bytes=10).texts == {"a.py": grown}


@posix
@not_root
def test_what_may_not_be_read_is_told(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": b"1", "closed/b.py": b"2"})
    (tmp_path / "a.py").chmod(0)
    (tmp_path / "closed").chmod(0)
    snapshot = read(tmp_path)
    (tmp_path / "closed").chmod(0o755)
    note = "cannot be opened (Permission denied), so its files are not listed"
    assert snapshot.texts == {"a.py": Unavailable("cannot be opened (Permission denied)")}
    assert snapshot.gaps == (Location("closed", note=note),)


def test_files_beyond_the_limit_are_left_out_from_the_deepest(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": b"", "z.txt": b"", "deep/b.txt": b"", "deep/c/d.txt": b""})
    snapshot = read(tmp_path, entries=3)
    assert [entry.path for entry in snapshot.tree] == ["a.txt", "deep/b.txt", "z.txt"]
    assert snapshot.gaps == (Location("", note="has more than 3 files and folders, so only the first are listed"),)


def test_a_folder_that_went_away_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="the folder cannot be opened"):
        folder.collect(str(tmp_path / "gone"), ref=None, select=everything, limits=Limits())
