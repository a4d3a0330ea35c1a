"""The one table of the store: what is kept, of which kind, under which key, for whom, and when it was last of use."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from portfolio_audit.github.schema import Migrations, number, prepare


class Kind(StrEnum):
    """What an entry is."""

    TREE = "tree"
    BLOB = "blob"
    ANSWER = "answer"
    SHEET = "fact sheet"


MIGRATIONS: Migrations = (
    (
        """CREATE TABLE entries (
            entry INTEGER PRIMARY KEY,
            identity TEXT NOT NULL,
            kind TEXT NOT NULL,
            key TEXT NOT NULL,
            used INTEGER NOT NULL,
            bytes INTEGER NOT NULL,
            stored_at TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            body BLOB NOT NULL,
            UNIQUE (identity, kind, key)
        )""",
        "CREATE INDEX entries_by_use ON entries (used, bytes, kind)",
    ),
)
_AT_ONCE = 500
_DAY = 24 * 3600


@dataclass(frozen=True, slots=True)
class Entry:
    """One row; ``stored_at`` and ``fingerprint`` are empty for what never changes."""

    key: str
    body: bytes
    stored_at: str = ""
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """How many things of each kind are in a file, and when they were last of use, in seconds."""

    counts: Mapping[str, int]
    oldest: float | None = None
    newest: float | None = None


class Entries:
    """The entries of one identity; ``now`` is in seconds, and what was used less than a day ago counts as used now."""

    def __init__(self, identity: str, now: int) -> None:
        self._identity = identity
        self._now = now
        self._used: list[int] = []

    @property
    def touched(self) -> bool:
        """Whether something was of use that was not so for a day."""
        return bool(self._used)

    def find(self, connection: sqlite3.Connection, kind: Kind, keys: Sequence[str]) -> list[Entry]:
        """The entries that there are of those asked for."""
        found: list[Entry] = []
        for start in range(0, len(keys), _AT_ONCE):
            asked = keys[start : start + _AT_ONCE]
            rows = connection.execute(
                "SELECT entry, used, key, body, stored_at, fingerprint FROM entries"  # noqa: S608  # only marks are added
                f" WHERE identity = ? AND kind = ? AND key IN ({', '.join('?' * len(asked))})",
                (self._identity, kind.value, *asked),
            )
            for entry, used, *columns in rows:
                if used < self._now - _DAY:
                    self._used.append(entry)
                found.append(Entry(*columns))
        return found

    def keep(self, connection: sqlite3.Connection, kind: Kind, entries: Iterable[Entry]) -> None:
        """Add or replace entries."""
        connection.executemany(
            "INSERT OR REPLACE INTO entries (identity, kind, key, used, bytes, stored_at, fingerprint, body)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (self._identity, kind.value, e.key, self._now, len(e.body), e.stored_at, e.fingerprint, e.body)
                for e in entries
            ),
        )

    def touch(self, connection: sqlite3.Connection) -> None:
        """Note what was of use since the last time."""
        connection.executemany("UPDATE entries SET used = ? WHERE entry = ?", ((self._now, e) for e in self._used))
        self._used = []


def prepare_store(connection: sqlite3.Connection) -> None:
    """Make a new file a store, and an older store a new one."""
    prepare(connection, MIGRATIONS)


def summary(connection: sqlite3.Connection) -> Summary:
    """What is in the store, of every identity."""
    rows = connection.execute("SELECT kind, count(*), min(used), max(used) FROM entries GROUP BY kind").fetchall()
    return Summary(
        {f"{kind}s": count for kind, count, _, _ in rows},
        oldest=min((oldest for *_, oldest, _ in rows), default=None),
        newest=max((newest for *_, newest in rows), default=None),
    )


def remove(connection: sqlite3.Connection, before: float) -> None:
    """Remove what was last of use before a time."""
    connection.execute("DELETE FROM entries WHERE used < ?", (before,))


def size(connection: sqlite3.Connection) -> int:
    """The bytes in use in the file."""
    pages = number(connection, "PRAGMA page_count") - number(connection, "PRAGMA freelist_count")
    return pages * number(connection, "PRAGMA page_size")


def prune(connection: sqlite3.Connection, excess: int) -> None:
    """Remove the entries that were of no use for longest, until so many bytes are free."""
    gone: list[tuple[int]] = []
    for entry, taken in connection.execute("SELECT entry, bytes FROM entries ORDER BY used, bytes"):
        if excess <= 0:
            break
        excess -= taken
        gone.append((entry,))
    connection.executemany("DELETE FROM entries WHERE entry = ?", gone)


def shrink(connection: sqlite3.Connection) -> None:
    """Give free pages back to the file system; not within a transaction."""
    connection.executescript("PRAGMA incremental_vacuum")  # execute() would stop after one page
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
