"""What was read of repositories, kept for the next audit: trees and blobs, which never change, answers, which may, and
what was seen in them.

All of it is kept under the identity of the token that read it, so that no token sees what another one read. It lies in
the user's cache folder beside the HTTP cache, which has what GitHub can confirm with an ETag.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha1
from pathlib import Path

from portfolio_audit.github.cache_folder import STORE, cache_limit
from portfolio_audit.github.database import Database, Notify
from portfolio_audit.github.entries import Entries, Entry, Kind, prepare_store, prune, shrink, size
from portfolio_audit.github.packing import MOST_BYTES, pack, pack_tree, unpack, unpack_tree
from portfolio_audit.model.snapshot import TreeEntry

_LOOKED_AT = 64 * 1024 * 1024
"""After so many bytes written the size of the file is looked at."""
_LEFT = 0.9


@dataclass(frozen=True, slots=True)
class Answer:
    """What GitHub answered at a time, for a state of things that the fingerprint names."""

    body: bytes
    stored_at: datetime
    fingerprint: str


class Store:
    """What is kept for one identity; whatever is not as it was written counts as not there.

    Any thread may use it. No method raises for what is wrong with the file or the disk.
    """

    def __init__(self, database: Database, identity: str, limit: int) -> None:
        self._database = database
        self._entries = Entries(identity, int(time.time()))
        self._limit = limit
        self._unseen = 0
        self._make_room()  # the last audit may have been killed before it could

    def tree(self, repository: str, commit: str) -> tuple[TreeEntry, ...] | None:
        """Every path of a commit, None if it is not kept."""
        found = self._find(Kind.TREE, [_tree_key(repository, commit)])
        return unpack_tree(found[0].body) if found else None

    def put_tree(self, repository: str, commit: str, members: tuple[TreeEntry, ...]) -> None:
        """Keep every path of a commit."""
        self._keep(Kind.TREE, [Entry(_tree_key(repository, commit), pack_tree(members))])

    def blobs(self, ids: Iterable[str]) -> dict[str, bytes]:
        """Those of the blobs that are kept, by their ids."""
        unpacked = ((entry.key, unpack(entry.body)) for entry in self._find(Kind.BLOB, list(ids)))
        return {key: body for key, body in unpacked if body is not None and _blob_id(body) == key}

    def put_blobs(self, contents: Mapping[str, bytes]) -> None:
        """Keep blobs by their ids."""
        entries = [Entry(key, pack(body)) for key, body in contents.items() if len(body) <= MOST_BYTES]
        self._keep(Kind.BLOB, entries)

    def answer(self, key: str) -> Answer | None:
        """What was answered last, None if that is not kept."""
        for entry in self._find(Kind.ANSWER, [key]):
            body, stored_at = unpack(entry.body), _moment(entry.stored_at)
            if body is not None and stored_at:
                return Answer(body, stored_at, entry.fingerprint)
        return None

    def put_answer(self, key: str, body: bytes, fingerprint: str, at: datetime) -> None:
        """Keep an answer in place of the last one."""
        if len(body) <= MOST_BYTES:
            self._keep(Kind.ANSWER, [Entry(key, pack(body), at.isoformat(), fingerprint)])

    def sheet(self, repository: str) -> tuple[str, bytes] | None:
        """What was seen in a repository last, and in which state of it; None if that is not kept."""
        for entry in self._find(Kind.SHEET, [repository.lower()]):
            body = unpack(entry.body)
            if body is not None:
                return entry.fingerprint, body
        return None

    def put_sheet(self, repository: str, state: str, sheet: bytes) -> None:
        """Keep what was seen in a repository, in place of what was seen last."""
        if len(sheet) <= MOST_BYTES:
            self._keep(Kind.SHEET, [Entry(repository.lower(), pack(sheet), fingerprint=state)])

    def close(self) -> None:
        """Note what was of use, make room, and close the file."""
        if self._entries.touched:
            self._database.write(self._entries.touch, None)
        self._make_room()
        self._database.close()

    def _find(self, kind: Kind, keys: list[str]) -> list[Entry]:
        return self._database.read(lambda connection: self._entries.find(connection, kind, keys), [])

    def _keep(self, kind: Kind, entries: list[Entry]) -> None:
        self._database.write(lambda connection: self._entries.keep(connection, kind, entries), None)
        self._unseen += sum(len(entry.body) for entry in entries)
        if self._unseen > _LOOKED_AT:
            self._make_room()

    def _make_room(self) -> None:
        self._unseen = 0
        excess = self._database.read(size, 0) - self._limit
        if excess > 0:
            excess += int(self._limit * (1 - _LEFT))
            self._database.write(lambda connection: prune(connection, excess), None)
            self._database.read(shrink, None)


@contextmanager
def open_store(folder: Path | None, identity: str, notify: Notify, *, limit: int | None = None) -> Iterator[Store]:
    """Open the store in a folder; without one nothing is kept. ``limit`` is the size of the file in bytes."""
    most = cache_limit(os.environ) if limit is None else limit
    database = Database(folder / STORE if folder else None, prepare_store, notify)
    store = Store(database, identity, most)
    try:
        yield store
    finally:
        store.close()


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None


def _tree_key(repository: str, commit: str) -> str:
    return f"{repository.lower()} {commit}"


def _blob_id(body: bytes) -> str:
    return sha1(b"blob %d\0%s" % (len(body), body), usedforsecurity=False).hexdigest()
