"""Making a SQLite file ours, or finding that it is not; in small steps, so that two processes may do it at once."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

Migrations = Sequence[Sequence[str]]
"""The statements that bring an empty file to version 1, those that bring that to version 2, and so on."""

APPLICATION = 0x70614175
"""What marks a SQLite file as ours."""
_TRIES = 50
_PAUSE = 0.1
_WAL_BYTES = 16 * 1024 * 1024


class Newer(Exception):
    """A later version of this program has made the file; ``version`` is the one that we know."""

    def __init__(self, version: int) -> None:
        self.version = version
        super().__init__(version)


class Foreign(sqlite3.DatabaseError):
    """The file was made by another program."""


def prepare(connection: sqlite3.Connection, migrations: Migrations) -> None:
    """Bring a file to the newest version; raises Newer, Foreign, or what SQLite raises."""
    version = _version(connection, migrations)
    if version == 0:
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    if version < len(migrations):
        _write_ahead(connection)
        with transaction(connection):
            for step in migrations[_version(connection, migrations) :]:  # another process may have been here
                for statement in step:
                    connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
            connection.execute(f"PRAGMA user_version = {len(migrations)}")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(f"PRAGMA journal_size_limit = {_WAL_BYTES}")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Keep everything that is written within, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            with suppress(sqlite3.DatabaseError):
                connection.execute("ROLLBACK")


def number(connection: sqlite3.Connection, query: str) -> int:
    """The number that a query gives."""
    value = connection.execute(query).fetchone()[0]
    return value if isinstance(value, int) else 0


def _version(connection: sqlite3.Connection, migrations: Migrations) -> int:
    version = number(connection, "PRAGMA user_version")
    empty = not number(connection, "SELECT count(*) FROM sqlite_master")
    if number(connection, "PRAGMA application_id") != APPLICATION:
        if version or not empty:
            raise Foreign
    elif version > len(migrations):
        raise Newer(len(migrations))
    return version


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch to write-ahead logging, for which SQLite asks at once and does not wait."""
    for _ in range(_TRIES):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            time.sleep(_PAUSE)
        else:
            return
