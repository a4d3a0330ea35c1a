"""Whatever is wrong with the file, the audit goes on, and is told once."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from portfolio_audit.github import database as module
from portfolio_audit.github.cache_folder import create_private
from portfolio_audit.github.database import Database
from portfolio_audit.github.schema import APPLICATION, Migrations, prepare

FIRST: Migrations = (("CREATE TABLE kept (word TEXT)",),)
SECOND: Migrations = (*FIRST, ("ALTER TABLE kept ADD COLUMN length INTEGER", "UPDATE kept SET length = length(word)"))


class Opened(Database):
    """A database of words that remembers what the user was told."""

    def __init__(self, file: Path | None, migrations: Migrations = FIRST) -> None:
        self.told: list[str] = []
        super().__init__(file, lambda connection: prepare(connection, migrations), self.told.append)

    def words(self) -> list[str]:
        return self.read(lambda c: [row[0] for row in c.execute("SELECT word FROM kept")], [])

    def add(self, word: str) -> bool:
        return self.write(lambda c: bool(c.execute("INSERT INTO kept (word) VALUES (?)", (word,))), otherwise=False)


def made(file: Path, *statements: str) -> Path:
    """A file as another program makes it."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
    return file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "store.sqlite3"


def test_what_was_written_is_read_by_the_next(file: Path) -> None:
    first = Opened(file)
    assert first.add("a")
    second = Opened(file)
    assert (second.words(), first.told, second.told) == (["a"], [], [])
    first.close()
    assert (first.words(), first.add("b"), second.words()) == ([], False, ["a"])
    second.close()


def test_a_transaction_that_fails_leaves_nothing(file: Path) -> None:
    with closing(Opened(file)) as opened:
        with pytest.raises(ZeroDivisionError):
            opened.write(lambda c: c.execute("INSERT INTO kept VALUES ('a')") and 1 / 0, None)
        assert opened.words() == []


def test_misuse_is_not_taken_for_damage(file: Path) -> None:
    with closing(Opened(file)) as opened, pytest.raises(sqlite3.ProgrammingError):
        opened.read(lambda c: c.execute("SELECT ?").fetchall(), None)


def test_nobody_else_may_read_any_of_it(file: Path) -> None:
    old = os.umask(0)
    try:
        with closing(Opened(file)) as opened:
            opened.add("a")
            modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (file.parent, *file.parent.iterdir())}
    finally:
        os.umask(old)
    assert modes == {"cache": 0o700, file.name: 0o600, f"{file.name}-wal": 0o600, f"{file.name}-shm": 0o600}


def garbage(file: Path) -> None:
    file.write_bytes(b"no database " * 900)


def foreign(file: Path) -> None:
    made(file, "CREATE TABLE mine (word TEXT)")


def foreign_version(file: Path) -> None:
    made(file, "PRAGMA user_version = 9")


@pytest.mark.parametrize("spoil", [garbage, foreign, foreign_version])
def test_what_is_not_ours_or_damaged_is_set_aside(file: Path, spoil: Callable[[Path], None]) -> None:
    file.parent.mkdir()
    spoil(file)
    before = file.read_bytes()
    with closing(Opened(file)) as opened:
        assert opened.add("a")
        assert opened.words() == ["a"]
        assert len(opened.told) == 1
        assert "was damaged: it is now called store.sqlite3.damaged-1" in opened.told[0]
    assert file.with_name("store.sqlite3.damaged-1").read_bytes() == before


def test_a_file_with_our_mark_but_other_tables_is_set_aside(file: Path) -> None:
    file.parent.mkdir()
    made(file, f"PRAGMA application_id = {APPLICATION}", "CREATE TABLE kept (word TEXT)")
    with closing(Opened(file)) as opened:
        assert (opened.add("a"), opened.words(), len(opened.told)) == (True, ["a"], 1)


def test_damage_that_shows_later_is_noticed_then(file: Path) -> None:
    with closing(Opened(file)) as opened:
        opened.add("a")
    whole = file.read_bytes()
    with closing(Opened(file)) as opened:
        file.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
        assert opened.words() == []
        assert opened.add("b")
        assert opened.words() == ["b"]
        assert len(opened.told) == 1


def test_damage_can_make_a_file_read_only(file: Path) -> None:
    with closing(Opened(file)) as opened:
        opened.add("a")
    whole = file.read_bytes()
    file.write_bytes(whole[:18] + b"\x09" + whole[19:])  # what SQLite must understand to write to the file
    with closing(Opened(file)) as opened:
        assert not opened.add("b")
        assert (opened.add("c"), opened.words(), len(opened.told)) == (True, ["c"], 1)


def test_damage_that_cannot_be_told_is_damage(file: Path) -> None:
    with closing(Opened(file)) as opened:
        opened.add("a")
    file.write_bytes(file.read_bytes().replace(b"CREATE TABLE kept (word", b"CREATE \xff\xfeABLE kept (word"))
    with closing(Opened(file)) as opened:
        assert (opened.add("b"), opened.words(), len(opened.told)) == (True, ["b"], 1)


def test_a_table_that_is_gone_is_damage(file: Path) -> None:
    with closing(Opened(file)) as opened:
        made(file, "DROP TABLE kept")
        assert (opened.words(), opened.add("a"), opened.words()) == ([], True, ["a"])


def test_what_another_process_has_begun_anew_is_taken(file: Path) -> None:
    with closing(Opened(file)) as one:
        garbage(file)
        file.rename(file.with_name("away"))
        with closing(Opened(file)) as other:
            other.add("a")
            assert one.words() == []
            assert one.told == []
            assert one.words() == ["a"]


def test_few_damaged_files_are_kept(file: Path) -> None:
    file.parent.mkdir()
    for _ in range(5):
        garbage(file)
        Opened(file).close()
    assert sorted(path.name for path in file.parent.glob("*damaged*")) == [
        f"store.sqlite3.damaged-{number}" for number in (1, 2, 3)
    ]


def test_an_older_file_is_brought_up_to_date(file: Path) -> None:
    with closing(Opened(file)) as older:
        older.add("four")
    with closing(Opened(file, SECOND)) as newer:
        assert newer.read(lambda c: c.execute("SELECT word, length FROM kept").fetchall(), []) == [("four", 4)]
        assert newer.told == []


def test_a_newer_file_is_left_alone(file: Path) -> None:
    Opened(file, SECOND).close()
    before = file.read_bytes()
    with closing(Opened(file)) as older:
        older.add("a")
        assert older.file == file.with_name("store-v1.sqlite3")
        assert older.told == []
    with closing(Opened(file)) as again:
        assert again.words() == ["a"]
    assert file.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    opened = Opened(tmp_path / "file" / "store.sqlite3")
    assert (opened.is_open, opened.add("a"), opened.words()) == (False, False, [])
    assert [told.endswith("Nothing is kept for the next audit.") for told in opened.told] == [True]


@pytest.mark.parametrize("special", [Path.mkdir, os.mkfifo])
def test_what_is_no_file_is_told(tmp_path: Path, special: Callable[[Path], None]) -> None:
    special(tmp_path / "store.sqlite3")
    opened = Opened(tmp_path / "store.sqlite3")
    assert (opened.is_open, len(opened.told)) == (False, 1)


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "store.sqlite3").symlink_to(tmp_path / "elsewhere")
    assert not Opened(tmp_path / "store.sqlite3").is_open
    assert not (tmp_path / "elsewhere").exists()


def test_on_a_full_disk_what_is_there_can_be_read(file: Path) -> None:
    with closing(Opened(file)) as opened:
        opened.add("a")
        opened.read(lambda c: c.execute("PRAGMA max_page_count = 1"), None)
        assert [opened.add("b" * 99_999), opened.add("c")] == [False, False]
        assert opened.words() == ["a"]
        assert opened.told == [f"The cache {file} takes no more: the disk is full."]


def test_while_another_process_writes_nothing_is_kept_this_once(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 0.01)
    with closing(Opened(file)) as opened, closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert not opened.add("a")
        other.execute("ROLLBACK")
        assert (opened.add("b"), opened.words(), opened.told) == (True, ["b"], [])


def test_a_folder_with_other_files_keeps_its_mode(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    (folder / "notes.txt").touch()
    create_private(folder / "store.sqlite3")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o755
    (folder / "notes.txt").unlink()
    (folder / "store.sqlite3").chmod(0o644)
    create_private(folder / "store.sqlite3")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "store.sqlite3").stat().st_mode) == 0o600
