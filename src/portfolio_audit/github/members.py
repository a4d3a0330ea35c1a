"""What an archive holds, gathered member by member: the tree, and the content of the files that are wanted.

Archives name a submodule only by its folder, which is empty: git keeps no other empty folders.
"""

from __future__ import annotations

import re
import tarfile
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha1

from portfolio_audit.errors import ArchiveError
from portfolio_audit.github.attributes import is_attributes
from portfolio_audit.github.tar import Header
from portfolio_audit.model.names import readable
from portfolio_audit.model.snapshot import EntryKind, TreeEntry

_MIB = 1024 * 1024
_COMMIT = re.compile(rb"[0-9a-f]{40}|[0-9a-f]{64}")
_SPECIAL = frozenset({b"", b".", b".."})
_MOST_GAPS = 10
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """How much of one archive is read; sizes in bytes.

    ``listed_bytes`` is for all paths together. ``ratio`` is how many times its size an archive may unpack to, looked at
    from ``unsuspected`` bytes on.
    """

    archive_bytes: int = 256 * _MIB
    unpacked_bytes: int = 2048 * _MIB
    kept_bytes: int = 48 * _MIB
    path_bytes: int = 4096
    listed_bytes: int = 32 * _MIB
    entries: int = 100_000
    ratio: int = 100
    unsuspected: int = 64 * _MIB


class Members:
    """Takes what a tar file holds; ``full`` once no more is taken, ``gaps`` say why something is missing."""

    def __init__(self, wanted: Callable[[str], bool], limit_of: Callable[[str], int], limits: ArchiveLimits) -> None:
        self.commit = ""
        self.gaps: list[str] = []
        self.contents: dict[str, bytes] = {}
        self.full = False
        self._wanted = wanted
        self._limit_of = limit_of
        self._limits = limits
        self._room = limits.kept_bytes
        self._top = b""
        self._count = 0
        self._listed = 0
        self._entries: dict[str, TreeEntry] = {}
        self._folders: dict[bytes, str] = {}
        self._occupied: set[bytes] = set()
        self._path = ""
        self._size = 0
        self._kind: EntryKind | None = None
        self._hash = sha1(usedforsecurity=False)
        self._kept: list[bytes] | None = None

    def stop(self, why: str) -> None:
        """Take no more, for a reason that the user will read."""
        self.full = True
        self.gaps.append(why)

    def tree(self) -> tuple[TreeEntry, ...]:
        """Every path, sorted; folders in which nothing stands are submodules."""
        empty = {path for raw, path in self._folders.items() if raw not in self._occupied} - self._entries.keys()
        if self.full and self._folders:
            empty.discard(next(reversed(self._folders.values())))  # what stands in it may not have come yet
        submodules = [TreeEntry(path, kind=EntryKind.SUBMODULE) for path in empty]
        return tuple(sorted([*self._entries.values(), *submodules], key=lambda entry: entry.path))

    def comment(self, text: bytes) -> None:
        """Take the commit, which git writes as a comment on the whole archive."""
        if _COMMIT.fullmatch(text) and not self.commit:
            self.commit = text.decode("ascii")

    def begin(self, header: Header) -> None:
        """Take the header of a member, and decide whether its content is kept."""
        self._kind = self._kept = None
        self._count_in(header)
        if self.full:
            return
        raw = self._below_top(header)
        path = readable(raw)
        if raw and self._belongs(raw, path, header):
            self._open(path, header)

    def content(self, data: memoryview) -> None:
        """Take a piece of a file."""
        if self._kind is not None:
            self._hash.update(data)
        if self._kept is not None:
            self._kept.append(bytes(data))

    def end(self) -> None:
        """Enter the file that is complete."""
        if self._kind is not None:
            self._entries[self._path] = TreeEntry(self._path, self._size, self._kind, self._hash.hexdigest())
        if self._kept is not None:
            self.contents[self._path] = b"".join(self._kept)
            self._room -= self._size

    def _count_in(self, header: Header) -> None:
        self._count += 1
        self._listed += len(header.name)
        if self.full:
            return
        if self._count > self._limits.entries:
            self.stop(f"the archive holds more than {self._limits.entries:,} files and folders")
        elif self._listed > self._limits.listed_bytes:
            self.stop(f"the paths in the archive take over {self._limits.listed_bytes // _MIB:,} MiB")

    def _below_top(self, header: Header) -> bytes:
        """The path without the folder that all of them are in; empty for that folder itself."""
        name = header.name.rstrip(b"/") if header.kind == tarfile.DIRTYPE else header.name
        top, slash, rest = name.partition(b"/")
        if b"\0" in name or not _SPECIAL.isdisjoint(name.split(b"/")):
            raise ArchiveError("a path in the archive leads outside its folder")
        self._top = self._top or top
        if top != self._top or not (slash or header.kind == tarfile.DIRTYPE):
            raise ArchiveError("the archive holds files outside its folder")
        return rest

    def _belongs(self, raw: bytes, path: str, header: Header) -> bool:
        """Whether this is an entry of the tree; folders and what cannot be entered are only noted."""
        self._occupied.add(raw.rpartition(b"/")[0])
        if len(raw) > self._limits.path_bytes:
            self._note(f"a path is over {self._limits.path_bytes:,} bytes long")
        elif header.kind == tarfile.DIRTYPE:
            self._folders.setdefault(raw, path)
        elif header.kind not in (tarfile.REGTYPE, tarfile.SYMTYPE):
            self._note(f"'{path[:_SHOWN]}' is neither file, folder nor symbolic link")
        else:
            return path not in self._entries  # of two with one name, the first
        return False

    def _open(self, path: str, header: Header) -> None:
        link = header.kind == tarfile.SYMTYPE
        self._path, self._size = path, len(header.target) if link else header.size
        self._hash = sha1(b"blob %d\0" % self._size, usedforsecurity=False)
        if link:
            self._kind = EntryKind.SYMLINK
            self._hash.update(header.target)
            return
        self._kind = EntryKind.EXECUTABLE if header.executable else EntryKind.FILE
        wanted = self._wanted(path) or is_attributes(path)
        if wanted and self._size <= min(self._room, self._limit_of(path)):
            self._kept = []

    def _note(self, gap: str) -> None:
        if len(self.gaps) < _MOST_GAPS and gap not in self.gaps:
            self.gaps.append(gap)
