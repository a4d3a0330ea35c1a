"""Every trouble with a history file is explained, and the file left as it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from history.conftest import on
from portfolio_audit.errors import HistoryError
from portfolio_audit.history import HistoryFile
from portfolio_audit.history.schema import APPLICATION, MIGRATIONS

Spoil = Callable[[Path], object]


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute("PRAGMA user_version = 99")


def foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE diary (day TEXT)")


def torn(path: Path) -> None:
    HistoryFile(path).record(on(20))
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))


TROUBLES: dict[str, Spoil] = {
    f"was written by a newer portfolio-audit: it has form 99, and this one knows {len(MIGRATIONS)}": newer,
    "is a SQLite file of another program": foreign,
    "is damaged, or no history. It was left as it is": lambda path: path.write_bytes(b"no database at all " * 99),
    "is damaged, or no history": torn,
}


@pytest.fixture(params=TROUBLES)
def spoilt(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, HistoryFile]:
    """What is said, and a file that is not what it should be."""
    path = tmp_path / "history.sqlite"
    TROUBLES[request.param](path)
    return request.param, HistoryFile(path)


def test_a_file_that_cannot_be_used_is_explained_and_left_alone(spoilt: tuple[str, HistoryFile]) -> None:
    said, file = spoilt
    before = file.path.read_bytes()
    for work in (file.runs, lambda: file.record(on(21))):
        with pytest.raises(HistoryError) as error:
            work()
        assert str(error.value).startswith(f"{file.path}: {said}")
    assert file.path.read_bytes() == before


def test_where_there_is_none_nothing_is_made_by_looking(file: HistoryFile) -> None:
    with pytest.raises(HistoryError, match=r"there is no history yet\. Audit with --record"):
        file.runs()
    assert not file.path.parent.exists()


def test_an_empty_file_holds_nothing_and_can_be_begun(file: HistoryFile) -> None:
    file.path.parent.mkdir()
    file.path.touch()
    with pytest.raises(HistoryError, match="holds nothing yet"):
        file.runs()
    assert file.record(on(20)).number == 1


def test_a_folder_in_the_way_is_explained(tmp_path: Path) -> None:
    with pytest.raises(HistoryError, match=r"cannot be opened"):
        HistoryFile(tmp_path).record(on(20))


def test_a_file_where_a_folder_should_be_is_explained(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file", encoding="utf-8")
    with pytest.raises(HistoryError, match=r"cannot be opened \("):
        HistoryFile(tmp_path / "kept" / "history.sqlite").record(on(20))


def test_what_fails_half_way_is_not_kept(file: HistoryFile) -> None:
    file.record(on(20))
    broken = on(22, tool=None)
    with pytest.raises(AttributeError):
        file.record_all([on(21), broken], "backfill")
    assert [run.at[8:10] for run in file.runs()] == ["20"]


def test_a_locked_file_is_explained(file: HistoryFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portfolio_audit.history.file._PATIENCE", 0.01)
    file.record(on(20))
    with closing(sqlite3.connect(file.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(HistoryError, match="is locked by another process"):
            file.record(on(21))
        assert len(file.runs()) == 1


def test_nothing_is_left_beside_the_file(file: HistoryFile) -> None:
    file.record(on(20))
    assert [path.name for path in file.path.parent.iterdir()] == [file.path.name]
