"""A plain folder of files, read where it stands; links are listed but never followed."""

# os.path answers no for what is no path or may not be looked at, where Path raises:
# ruff: noqa: PTH112, PTH118, PTH123

from __future__ import annotations

import os
import stat
from collections import deque
from collections.abc import Iterator

from portfolio_audit.errors import NoCommits, NotFound
from portfolio_audit.model.location import Location
from portfolio_audit.model.names import readable
from portfolio_audit.model.snapshot import EntryKind, Limits, Selection, Snapshot, TreeEntry, Unavailable
from portfolio_audit.sources.decoding import decode
from portfolio_audit.sources.gaps import DEEPEST, cut_short, not_listed
from portfolio_audit.sources.naming import name_of
from portfolio_audit.sources.texts import over_limit, read_texts

_GUARDED = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def accepts(target: str) -> bool:
    """Whether this is a folder."""
    return os.path.isdir(target)


def collect(target: str, *, ref: str | None, select: Selection, limits: Limits) -> Snapshot:
    """Read the files of a folder as they are now."""
    if ref is not None:
        raise NoCommits(target, f"a plain folder has no revisions, so '{ref}' cannot be read.", advice="Leave it out.")
    files = _Files(target, limits)
    tree = files.list()
    naming = name_of(target)
    return Snapshot(
        name=naming.name,
        owner=naming.owner,
        tree=tree,
        texts=read_texts(tree, select, limits, files.text),
        gaps=tuple(files.gaps),
    )


class _Files:
    """The files below a folder; paths are shown as text, and found again as the system has them."""

    def __init__(self, root: str, limits: Limits) -> None:
        self.gaps: list[Location] = []
        self._root = root
        self._limits = limits
        self._places: dict[str, str] = {}

    def list(self) -> tuple[TreeEntry, ...]:
        """Give the entries sorted by path, or, if there are too many, those nearest the root."""
        entries: list[TreeEntry] = []
        folders = deque([""])
        while folders:
            for path, item in self._children(folders.popleft()):
                if len(entries) + len(folders) >= self._limits.entries:
                    self.gaps.append(cut_short(self._limits.entries))
                    folders.clear()
                    break
                if item.is_dir(follow_symlinks=False):
                    folders.append(path)
                else:
                    entries += self._entry(path, item)
        return tuple(sorted(entries, key=lambda entry: entry.path))

    def text(self, entry: TreeEntry) -> str | Unavailable:
        """Give the text of a file that was listed, reading no more than the limit even if it has grown."""
        limit = self._limits.of(entry.path)
        try:
            descriptor = os.open(self._places[entry.path], _GUARDED)
            with open(descriptor, "rb") as file:
                data = file.read(limit + 1)
        except OSError as error:
            return Unavailable(f"cannot be opened ({error.strerror or type(error).__name__})")
        return decode(data) if len(data) <= limit else over_limit(len(data), limit)

    def _children(self, folder: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
        if len(folder) > DEEPEST:
            self.gaps.append(not_listed(_shown(folder), "is nested too deeply"))
            return
        try:
            with os.scandir(os.path.join(self._root, folder)) as found:
                items = sorted(found, key=lambda item: item.name)
        except OSError as error:
            if not folder:
                raise NotFound(self._root, f"the folder cannot be opened ({error.strerror}).") from error
            self.gaps.append(not_listed(_shown(folder), f"cannot be opened ({error.strerror})"))
            return
        for item in items:
            if item.name != ".git":
                yield (f"{folder}/{item.name}" if folder else item.name), item

    def _entry(self, path: str, item: os.DirEntry[str]) -> Iterator[TreeEntry]:
        try:
            status = item.stat(follow_symlinks=False)
        except OSError:
            return  # it went away while we looked
        kind = _kind(status.st_mode)
        if kind:
            shown = _shown(path)
            self._places.setdefault(shown, item.path)
            yield TreeEntry(shown, status.st_size, kind)


def _kind(mode: int) -> EntryKind | None:
    if stat.S_ISLNK(mode):
        return EntryKind.SYMLINK
    if not stat.S_ISREG(mode):
        return None
    return EntryKind.EXECUTABLE if mode & stat.S_IXUSR else EntryKind.FILE


def _shown(path: str) -> str:
    return readable(os.fsencode(path))
