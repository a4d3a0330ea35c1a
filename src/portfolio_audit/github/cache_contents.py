"""What is in the cache folder, and taking it out."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from portfolio_audit.github.cache_folder import HTTP, STORE, set_aside_before
from portfolio_audit.github.database import Database, Notify, Prepare
from portfolio_audit.github.entries import Summary, prepare_store, remove, shrink, summary
from portfolio_audit.github.http_cache import http_summary, prepare_http, remove_http


@dataclass(frozen=True, slots=True)
class _Way:
    """How a file is opened, counted, cleared, and made smaller."""

    prepare: Prepare
    summary: Callable[[sqlite3.Connection], Summary]
    remove: Callable[[sqlite3.Connection, float], None]
    shrink: Callable[[sqlite3.Connection], object]


_WAYS = {
    STORE: _Way(prepare_store, summary, remove, shrink),
    HTTP: _Way(prepare_http, http_summary, remove_http, lambda connection: connection.execute("VACUUM")),
}


@dataclass(frozen=True, slots=True)
class Contents:
    """One file of the cache: its size in bytes with what waits beside it to be written to it, and what is in it."""

    file: Path
    size: int
    summary: Summary


def cache_contents(folder: Path, notify: Notify) -> list[Contents]:
    """Every file of the cache, those that were set aside last."""
    contents = []
    for way, database in _databases(folder, notify):
        held = database.read(way.summary, Summary({}))
        if database.file and database.is_open:
            contents.append(Contents(database.file, _size(database.file), held))
    return contents + [Contents(file, _size(file), Summary({})) for file in set_aside_before(folder)]


def clear_cache(folder: Path, notify: Notify, *, before: float = math.inf) -> None:
    """Remove what was last of use before a time (in seconds), and every file that was set aside before it."""
    for way, database in _databases(folder, notify):
        _clear(way, database, before)
    for file in set_aside_before(folder):
        if file.stat().st_mtime < before:
            file.unlink()


def _clear(way: _Way, database: Database, before: float) -> None:
    database.write(lambda connection: way.remove(connection, before), None)
    database.read(way.shrink, None)


def _databases(folder: Path, notify: Notify) -> Iterator[tuple[_Way, Database]]:
    """The files that there are, each open until the next."""
    for name, way in _WAYS.items():
        if (folder / name).exists():
            with closing(Database(folder / name, way.prepare, notify)) as database:
                yield way, database


def _size(file: Path) -> int:
    parts = (file.with_name(file.name + beside) for beside in ("", "-wal"))
    return sum(part.stat().st_size for part in parts if part.exists())
