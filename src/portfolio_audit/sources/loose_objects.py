"""Reading loose git objects, in place of libgit2's own reader.

libgit2 1.9 never returns from a truncated loose object, and writes out of bounds for one whose size is wrong
(https://github.com/libgit2/libgit2/issues/7342 and 7177). Packs are left to it.
"""

from __future__ import annotations

import os
import re
import zlib
from pathlib import Path

import pygit2
from pygit2.enums import ObjectType

_TYPES = {b"blob": ObjectType.BLOB, b"tree": ObjectType.TREE, b"commit": ObjectType.COMMIT, b"tag": ObjectType.TAG}
_HEADER = re.compile(rb"(blob|tree|commit|tag) (\d{1,12})\0")
_HEADER_BYTES = 32
_LARGEST = 256 * 1024 * 1024
_FOLDERS = 10
_NAME = 38
_MISSING = (FileNotFoundError, NotADirectoryError)


def object_database(repository: pygit2.Repository) -> pygit2.Odb:
    """A database of the repository's objects, and of those it borrows, that damaged ones cannot harm."""
    database = pygit2.Odb()
    for folder in _object_folders(Path(repository.path)):
        database.add_backend(pygit2.OdbBackendPack(str(folder)), 2)
        database.add_backend(LooseObjects(folder), 1)
    return database


def _object_folders(git_folder: Path) -> list[Path]:
    common = git_folder / (_lines(git_folder / "commondir") or ["."])[0]  # of a linked work tree
    folders = [common / "objects"]
    for folder in folders:
        if len(folders) >= _FOLDERS:
            break
        folders += [folder / line for line in _lines(folder / "info" / "alternates") if line and line[0] != "#"]
    return [folder for folder in folders[:_FOLDERS] if folder.is_dir()]


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return []


class LooseObjects(pygit2.OdbBackend):
    """The objects that stand in files of their own below a folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def read_cb(self, oid: pygit2.Oid) -> tuple[int, bytes]:
        """Type and content of an object; zlib.error or ValueError if it is damaged."""
        raw = self._bytes(oid)
        kind, size, start = _header(raw)
        whole = zlib.decompressobj().decompress(raw, start + min(size, _LARGEST) + 1)
        if len(whole) != start + size:
            raise ValueError(oid)
        return kind, whole[start:]

    def read_header_cb(self, oid: pygit2.Oid) -> tuple[int, int]:
        """Type and size of an object, without reading it."""
        kind, size, _ = _header(self._bytes(oid, 4096))
        return kind, size

    def exists_cb(self, oid: pygit2.Oid) -> bool:
        """Whether the object is here."""
        return self._path(oid).is_file()

    def read_prefix_cb(self, prefix: str) -> tuple[int, bytes, pygit2.Oid]:
        """Type, content and id of the object whose id begins so."""
        oid = self.exists_prefix_cb(prefix)
        return *self.read_cb(oid), oid

    def exists_prefix_cb(self, prefix: str) -> pygit2.Oid:
        """The id of the only object whose id begins so."""
        start, rest = str(prefix)[:2], str(prefix)[2:]
        try:
            names = [f.name for f in (self._folder / start).iterdir() if f.name.startswith(rest)]
        except _MISSING:
            names = []
        found = [name for name in names if len(name) == _NAME]
        if len(found) > 1:
            raise ValueError(prefix)
        if not found:
            raise KeyError(prefix)
        return pygit2.Oid(hex=start + found[0])

    def refresh_cb(self) -> None:
        """Look again; nothing is kept, so nothing is to do."""

    def _bytes(self, oid: pygit2.Oid, most: int = _LARGEST) -> bytes:
        try:
            descriptor = os.open(self._path(oid), os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))  # a pipe gives nothing
            with open(descriptor, "rb") as file:  # noqa: PTH123  # it is open already
                return file.read(most)
        except _MISSING as error:
            raise KeyError(oid) from error

    def _path(self, oid: pygit2.Oid) -> Path:
        name = str(oid)
        return self._folder / name[:2] / name[2:]


def _header(raw: bytes) -> tuple[int, int, int]:
    header = _HEADER.match(zlib.decompressobj().decompress(raw, _HEADER_BYTES))
    if not header:
        raise ValueError
    return _TYPES[header[1]], int(header[2]), header.end()
