"""The file of the HTTP cache, which hishel fills: sound and private before it is opened, counted, and cleared."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from portfolio_audit.github.cache_folder import HTTP
from portfolio_audit.github.database import Database, Notify
from portfolio_audit.github.entries import Summary, size
from portfolio_audit.github.schema import Foreign

_EXPECTED = frozenset({"id", "cache_key", "data", "last_accessed_at"})
_CHECKED_BYTES = 64 * 1024 * 1024


def http_file(folder: Path | None, notify: Notify) -> Path | None:
    """The file to keep replies in, None if there is no folder or it cannot be used."""
    database = Database(folder / HTTP if folder else None, prepare_http, notify)
    try:
        return database.file if database.is_open else None
    finally:
        database.close()


def prepare_http(connection: sqlite3.Connection) -> None:
    """Make sure that a file is empty or hishel's, and not damaged, since hishel would go on with it for ever."""
    columns = {row[1] for row in connection.execute("PRAGMA table_info(entries)")}
    if columns and not columns >= _EXPECTED:
        raise Foreign
    if size(connection) < _CHECKED_BYTES and connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise Foreign


def http_summary(connection: sqlite3.Connection) -> Summary:
    """How many replies are kept."""
    if not _is_begun(connection):
        return Summary({})
    query = "SELECT count(*), min(last_accessed_at), max(last_accessed_at) FROM entries"
    count, oldest, newest = connection.execute(query).fetchone()
    return Summary({"replies": count} if count else {}, oldest, newest)


def remove_http(connection: sqlite3.Connection, before: float) -> None:
    """Remove the replies that were last of use before a time."""
    if _is_begun(connection):
        old = "SELECT id FROM entries WHERE last_accessed_at < ?"
        connection.execute(f"DELETE FROM streams WHERE entry_id IN ({old})", (before,))  # noqa: S608  # no input in it
        connection.execute("DELETE FROM entries WHERE last_accessed_at < ?", (before,))


def _is_begun(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("PRAGMA table_info(entries)").fetchone())
