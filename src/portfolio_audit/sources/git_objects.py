"""Trees and blobs of a git repository, bounded before they are loaded."""

from __future__ import annotations

import stat
from collections import deque
from collections.abc import Iterator

import pygit2
from pygit2.enums import ObjectType

from portfolio_audit.model.location import Location
from portfolio_audit.model.names import readable
from portfolio_audit.model.snapshot import EntryKind, TreeEntry, Unavailable
from portfolio_audit.sources.decoding import decode
from portfolio_audit.sources.gaps import DEEPEST, cut_short, not_listed
from portfolio_audit.sources.revisions import UNREADABLE

ABSENT = Unavailable("is not in this copy of the repository")
DAMAGED = Unavailable("is damaged in this copy of the repository")
_BIGGEST_FOLDER = 32 * 1024 * 1024
_KINDS = {stat.S_IFLNK: EntryKind.SYMLINK, 0o160000: EntryKind.SUBMODULE}


class GitObjects:
    """The objects of one repository, read on demand; ``gaps`` tells where a listing is not complete."""

    def __init__(self, repository: pygit2.Repository) -> None:
        self.gaps: list[Location] = []
        self._repository = repository
        self._odb = repository.odb

    def list(self, root: pygit2.Oid, limit: int) -> tuple[TreeEntry, ...]:
        """Give the files below a tree sorted by path, or, if there are too many, those nearest the root."""
        entries: list[TreeEntry] = []
        folders = deque([(b"", root)])
        while folders:
            folder, tree = folders.popleft()
            for path, item in self._children(folder, tree):
                if len(entries) + len(folders) >= limit:
                    self.gaps.append(cut_short(limit))
                    return _sorted(entries)
                if stat.S_ISDIR(item.filemode):
                    folders.append((path, item.id))
                else:
                    entries.append(self._entry(path, item))
        return _sorted(entries)

    def text(self, entry: TreeEntry) -> str | Unavailable:
        """Give the text of a file that was listed."""
        try:
            kind, data = self._odb.read(pygit2.Oid(hex=entry.blob_id))
        except KeyError:
            return ABSENT
        except UNREADABLE:
            return DAMAGED
        return decode(data) if kind == ObjectType.BLOB else DAMAGED

    def _children(self, folder: bytes, tree: pygit2.Oid) -> Iterator[tuple[bytes, pygit2.Object]]:
        prefix = folder + b"/" if folder else b""
        if len(prefix) > DEEPEST:
            self.gaps.append(not_listed(readable(folder), "is nested too deeply"))
            return
        try:
            items = self._load(tree)
        except UNREADABLE:
            self.gaps.append(not_listed(readable(folder), "is damaged or not in this copy of the repository"))
            return
        for item in items:
            yield prefix + (item.raw_name or b""), item

    def _load(self, tree: pygit2.Oid) -> pygit2.Tree:
        kind, size = self._odb.read_header(tree)
        if kind != ObjectType.TREE or size > _BIGGEST_FOLDER:
            raise ValueError(tree)
        return self._repository[tree].peel(pygit2.Tree)

    def _entry(self, path: bytes, item: pygit2.Object) -> TreeEntry:
        kind = _KINDS.get(stat.S_IFMT(item.filemode), EntryKind.FILE)
        if kind is EntryKind.FILE and item.filemode & stat.S_IXUSR:
            kind = EntryKind.EXECUTABLE
        size = 0 if kind is EntryKind.SUBMODULE else self._size(item.id)
        return TreeEntry(readable(path), size, kind, str(item.id))

    def _size(self, blob: pygit2.Oid) -> int:
        try:
            return int(self._odb.read_header(blob)[1])
        except UNREADABLE:
            return 0


def _sorted(entries: list[TreeEntry]) -> tuple[TreeEntry, ...]:
    return tuple(sorted(entries, key=lambda entry: entry.path))
