"""The form of the file: documented, and reached from every version before it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from portfolio_audit.history.schema import MIGRATIONS, migrate, version_of

PAGE = Path(__file__).parents[2] / "docs" / "history.md"


def test_the_documentation_shows_every_statement() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [statement for step in MIGRATIONS for statement in step if f"{statement};" not in page] == []


def test_a_file_is_brought_to_the_newest_version_once(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "history.sqlite", isolation_level=None)) as connection:
        assert version_of(connection) == 0
        for _ in range(2):
            migrate(connection)
            assert version_of(connection) == len(MIGRATIONS)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_the_file_explains_itself(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "history.sqlite", isolation_level=None)) as connection:
        migrate(connection)
        kept = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
        assert "stays the same when the finding moves" in kept["findings"]
        for view in ("repositories", "criteria", "unmet"):
            assert connection.execute(f"SELECT * FROM {view}").fetchall() == []  # noqa: S608
