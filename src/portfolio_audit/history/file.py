"""The history file: opened for reading or writing, with every trouble explained and nothing ever overwritten."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from portfolio_audit.comparing.sides import Side
from portfolio_audit.errors import HistoryError
from portfolio_audit.history import reading, recording
from portfolio_audit.history.reading import Run
from portfolio_audit.history.schema import migrate, version_of
from portfolio_audit.reporting.wire.report import Report

_PATIENCE = 10.0
_REASONS = {
    sqlite3.SQLITE_PERM: "may not be written to.",
    sqlite3.SQLITE_READONLY: "may not be written to.",
    sqlite3.SQLITE_BUSY: "is locked by another process.",
    sqlite3.SQLITE_LOCKED: "is locked by another process.",
    sqlite3.SQLITE_FULL: "cannot be written: the disk is full.",
    sqlite3.SQLITE_IOERR: "cannot be read or written: the disk does not work.",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened: its folder is not there, or may not be written to.",
}
_DAMAGED = "is damaged, or no history. It was left as it is: move it away, or name another file with --history."


@dataclass(frozen=True, slots=True)
class HistoryFile:
    """The history in a file, which need not be there yet."""

    path: Path

    def record(self, report: Report, way: str = "audit") -> Run:
        """Keep an audit, making the file if need be; the same moment of the same subject replaces what was kept.

        Raises HistoryError; then nothing was written.
        """
        return self.record_all([report], way)[0]

    def record_all(self, reports: list[Report], way: str) -> list[Run]:
        """Keep several audits, all or none."""
        with self._opened(write=True) as connection, connection:
            connection.execute("BEGIN IMMEDIATE")
            return [recording.record(connection, report, way) for report in reports]

    def runs(self, subject: str = "") -> list[Run]:
        """The runs that are kept, oldest first: of one subject, or all."""
        with self._opened() as connection:
            return reading.runs(connection, subject)

    def curves(self) -> dict[str, list[Run]]:
        """What each repository reached in each run, oldest first, by its full name."""
        with self._opened() as connection:
            found: dict[str, list[Run]] = {}
            for run in reading.runs_of_repositories(connection):
                found.setdefault(run.subject, []).append(run)
            return found

    def side(self, run: Run) -> Side:
        """What was kept of a run, as a side of a comparison."""
        with self._opened() as connection:
            return reading.side(connection, run)

    @contextmanager
    def _opened(self, *, write: bool = False) -> Iterator[sqlite3.Connection]:
        try:
            with closing(self._connection(write=write)) as connection:
                yield connection
        except HistoryError as error:
            raise HistoryError(f"{self.path}: {error}") from None
        except UnicodeDecodeError:
            raise HistoryError(f"{self.path}: {_DAMAGED}") from None
        except sqlite3.DatabaseError as error:
            raise HistoryError(f"{self.path}: {_why(error)}") from error
        except OSError as error:
            raise HistoryError(f"{self.path}: cannot be opened ({error.strerror}).") from error

    def _connection(self, *, write: bool) -> sqlite3.Connection:
        if not write and not self.path.exists():
            raise HistoryError(
                "there is no history yet. Audit with --record, or see 'portfolio-audit history backfill --help'."
            )
        if write:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        connection = self._connected("rwc" if write else "ro")
        with ExitStack() as on_error:
            on_error.callback(connection.close)
            (migrate if write else _ensure_kept)(connection)
            on_error.pop_all()
        return connection

    def _connected(self, mode: str) -> sqlite3.Connection:
        """A file in a folder that may not be written to has no room for SQLite's own: then it is read as it is."""
        if mode == "ro" and not os.access(self.path.parent, os.W_OK):
            mode = "ro&immutable=1"
        address = f"{self.path.resolve().as_uri()}?mode={mode}"
        connection = sqlite3.connect(address, uri=True, timeout=_PATIENCE, isolation_level=None)
        connection.execute("PRAGMA synchronous = NORMAL")
        return connection


def _ensure_kept(connection: sqlite3.Connection) -> None:
    if version_of(connection) == 0:
        raise HistoryError("holds nothing yet.")


def _why(error: sqlite3.DatabaseError) -> str:
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    return _REASONS.get(code & 0xFF, _DAMAGED)
