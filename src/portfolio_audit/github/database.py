"""A SQLite file that may be damaged, foreign, made by a newer version, on a full disk, or used by others meanwhile.

None of that ends an audit: what cannot be used is set aside or left alone, and at the worst nothing is kept.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from threading import RLock
from typing import TypeVar

from portfolio_audit.github.cache_folder import create_private, set_aside
from portfolio_audit.github.schema import Newer, transaction

Result = TypeVar("Result")
Notify = Callable[[str], None]
Prepare = Callable[[sqlite3.Connection], None]
"""Makes sure that a file is what it should be, or raises what SQLite raises, or Newer."""

TROUBLE = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What reading a file raises; the second where the name of a damaged table stands in a message."""
_PATIENCE = 5.0
_ENVIRONMENT = {
    sqlite3.SQLITE_PERM: "it may not be written to",
    sqlite3.SQLITE_BUSY: "another process has locked it",
    sqlite3.SQLITE_LOCKED: "it is locked",
    sqlite3.SQLITE_NOMEM: "there is no memory left",
    sqlite3.SQLITE_READONLY: "it may not be written to",
    sqlite3.SQLITE_IOERR: "the disk does not work",
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened",
    sqlite3.SQLITE_PROTOCOL: "it is locked",
}
"""What says nothing of the file itself; every other error means that it is not what we wrote."""
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_NO_MORE = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY})


class Database:
    """One connection for several threads; without a file nothing is found and nothing is kept.

    ``notify`` is told what the user should know, once.
    """

    def __init__(self, file: Path | None, prepare: Prepare, notify: Notify) -> None:
        self.file = file
        self._prepare = prepare
        self._notify = notify
        self._lock = RLock()
        self._inode = 0
        self._connection: sqlite3.Connection | None = None
        self._takes_more = True
        if file:
            self._open(file)

    @property
    def is_open(self) -> bool:
        """Whether there is a file that can be read."""
        return self._connection is not None

    def read(self, work: Callable[[sqlite3.Connection], Result], otherwise: Result) -> Result:
        """Do something with the connection, or give ``otherwise`` where that is not possible."""
        with self._lock:
            if self._connection is None:
                return otherwise
            try:
                return work(self._connection)
            except TROUBLE as error:
                self._cope(error)
                return otherwise

    def write(self, work: Callable[[sqlite3.Connection], Result], otherwise: Result) -> Result:
        """Do something in one transaction, wholly or not at all."""

        def in_transaction(connection: sqlite3.Connection) -> Result:
            with transaction(connection):
                return work(connection)

        return self.read(in_transaction, otherwise) if self._takes_more else otherwise

    def close(self) -> None:
        """Close the file; nothing is found and nothing is kept from then on."""
        with self._lock:
            if self._connection:
                self._connection.close()
            self._connection = None

    def _cope(self, error: Exception) -> None:
        code = _code(error)
        if code in _BUSY:
            return  # others write just now: this once nothing is found or kept
        if code not in _ENVIRONMENT or self._is_replaced() or (code == sqlite3.SQLITE_READONLY and self._may_write()):
            self._renew()
        elif code in _NO_MORE:
            self._takes_more = False
            self._notify(f"The cache {self.file} takes no more: {_ENVIRONMENT[code]}.")
        else:
            self._give_up(_ENVIRONMENT[code])

    def _give_up(self, reason: str) -> None:
        self.close()
        self._notify(f"The cache {self.file} is not used: {reason}. Nothing is kept for the next audit.")

    def _renew(self) -> None:
        """Set the file aside and begin a new one, unless another process has just done so."""
        self.close()
        file = self.file
        if file is None:
            return
        try:
            if not self._is_replaced():
                aside = set_aside(file)
                self._notify(f"The cache {file} was damaged: it is now called {aside.name}, and a new one is begun.")
            self._connection = self._connected(file)
        except Newer:
            self._give_up("a newer version has just begun it")
        except OSError as error:
            self._give_up(error.strerror or str(error))
        except TROUBLE as error:
            self._give_up(_ENVIRONMENT.get(_code(error), "it is damaged"))

    def _is_replaced(self) -> bool:
        """Whether another process has set the file aside, or removed it."""
        try:
            return self.file is not None and self.file.stat().st_ino != self._inode
        except OSError:
            return True

    def _may_write(self) -> bool:
        """Whether nothing but the file itself keeps us from writing to it."""
        return self.file is not None and all(os.access(path, os.W_OK) for path in (self.file, self.file.parent))

    def _open(self, file: Path) -> None:
        try:
            self._connection = self._connected(file)
        except Newer as newer:
            self.file = file.with_name(f"{file.stem}-v{newer.version}{file.suffix}")
            self._open(self.file)
        except OSError as error:
            self._give_up(error.strerror or str(error))
        except TROUBLE as error:
            if _code(error) in _ENVIRONMENT:
                self._give_up(_ENVIRONMENT[_code(error)])
            else:
                self._renew()

    def _connected(self, file: Path) -> sqlite3.Connection:
        create_private(file)
        self._inode = file.stat().st_ino
        connection = sqlite3.connect(file, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
        with ExitStack() as on_error:
            on_error.callback(connection.close)
            self._prepare(connection)
            on_error.pop_all()
        return connection


def _code(error: Exception) -> int:
    """The primary code of an error; one without is ours if we misused the connection, and else the file's."""
    if isinstance(error, sqlite3.ProgrammingError):
        raise error
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    return code & 0xFF
