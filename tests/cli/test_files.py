"""Reports in files are whole or not there."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO

import pytest

from portfolio_audit.cli import writing
from portfolio_audit.cli.writing import write_file, write_files
from portfolio_audit.errors import ReportError


def test_a_file_is_replaced_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text("old")
    write_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("place", ["missing/report.json", "."])
def test_a_place_that_takes_no_file_is_told(tmp_path: Path, place: str) -> None:
    with pytest.raises(ReportError, match="cannot be written"):
        write_file(tmp_path / place, b"new")
    assert list(tmp_path.iterdir()) == []


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "report.json"
    path.write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(ReportError, match="No space left on device"):
        write_file(path, b"new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_disk_that_is_full_at_the_second_file_leaves_the_first_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "a.json", tmp_path / "b.md"
    first.write_text("old")
    opened = os.fdopen

    def nearly_full(handle: int, mode: str) -> IO[bytes]:
        file = opened(handle, mode)
        if len(list(tmp_path.iterdir())) > 2:
            file.write = lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device"))
        return file

    monkeypatch.setattr(writing.os, "fdopen", nearly_full)
    with pytest.raises(ReportError, match=r"b\.md: cannot be written \(No space left on device\)"):
        write_files([(first, b"new"), (second, b"new")])
    assert first.read_text() == "old"
    assert list(tmp_path.iterdir()) == [first]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target.json", tmp_path / "link.json"
    target.write_text("old")
    link.symlink_to(target)
    write_file(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_what_is_no_ordinary_file_is_not_replaced(tmp_path: Path) -> None:
    link = tmp_path / "nothing"
    link.symlink_to(os.devnull)
    write_file(link, b"new")
    assert Path(os.devnull).is_char_device()
