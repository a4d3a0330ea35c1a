"""Git objects as git would make them: blobs and trees with their true ids, commits too unless an id is wished for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha1

FILE, EXECUTABLE, SYMLINK, SUBMODULE, FOLDER = "100644", "100755", "120000", "160000", "040000"


@dataclass(frozen=True, slots=True)
class Executable:
    """A file that may be run."""

    content: bytes | str


@dataclass(frozen=True, slots=True)
class Symlink:
    """A link to another path."""

    target: str


@dataclass(frozen=True, slots=True)
class Submodule:
    """Another repository at one of its commits."""

    commit: str
    url: str = ""


Content = bytes | str | Executable | Symlink | Submodule


@dataclass(frozen=True, slots=True)
class Entry:
    """One name in a tree; ``path`` leads from the root."""

    path: str
    mode: str
    oid: str
    size: int = 0

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def kind(self) -> str:
        """``blob``, ``tree`` or ``commit``."""
        return {FOLDER: "tree", SUBMODULE: "commit"}.get(self.mode, "blob")


@dataclass(frozen=True)
class Objects:
    """The trees and blobs of some files."""

    files: Mapping[str, Content] = field(default_factory=dict)

    @cached_property
    def blobs(self) -> dict[str, bytes]:
        """The content of every blob by its id."""
        contents = (content_of(c) for c in self.files.values() if not isinstance(c, Submodule))
        return {object_id("blob", content): content for content in contents}

    @cached_property
    def trees(self) -> dict[str, tuple[Entry, ...]]:
        """The entries of every tree by the path of its folder; the root's is empty."""
        folders: dict[str, dict[str, Entry]] = {"": {}}
        for path, content in self.files.items():
            parent = path.rpartition("/")[0]
            for folder in ancestors(parent):
                folders.setdefault(folder, {})
            folders[parent][path] = entry_of(path, content)
        for folder in sorted(folders, key=lambda f: -f.count("/") - bool(f)):
            if folder:
                parent = folder.rpartition("/")[0]
                folders[parent][folder] = Entry(folder, FOLDER, tree_id(folders[folder].values()))
        return {folder: tuple(in_git_order(entries.values())) for folder, entries in folders.items()}

    @cached_property
    def root(self) -> str:
        """The id of the whole tree."""
        return tree_id(self.trees[""])

    @cached_property
    def folders(self) -> dict[str, str]:
        """The path of a folder by the id of its tree."""
        ids = {e.oid: e.path for entries in self.trees.values() for e in entries if e.kind == "tree"}
        return {**ids, self.root: ""}

    def walk(self, folder: str = "") -> Iterator[Entry]:
        """Every entry below a folder, each tree before what is in it."""
        for entry in self.trees[folder]:
            yield entry
            if entry.kind == "tree":
                yield from self.walk(entry.path)

    def find(self, path: str) -> Entry | None:
        """The entry at a path, the root too."""
        if not path:
            return Entry("", FOLDER, self.root)
        entries = self.trees.get(path.rpartition("/")[0], ())
        return next((entry for entry in entries if entry.path == path), None)


def object_id(kind: str, content: bytes) -> str:
    return sha1(b"%s %d\0%s" % (kind.encode(), len(content), content)).hexdigest()  # noqa: S324


def content_of(content: Content) -> bytes:
    """The bytes of what is no submodule; a link's are its target."""
    if isinstance(content, Executable):
        return content_of(content.content)
    if isinstance(content, Symlink):
        return content.target.encode()
    assert not isinstance(content, Submodule)
    return content.encode() if isinstance(content, str) else content


def mode_of(content: Content) -> str:
    modes: dict[type, str] = {Executable: EXECUTABLE, Symlink: SYMLINK, Submodule: SUBMODULE}
    return modes.get(type(content), FILE)


def entry_of(path: str, content: Content) -> Entry:
    if isinstance(content, Submodule):
        return Entry(path, SUBMODULE, content.commit)
    data = content_of(content)
    return Entry(path, mode_of(content), object_id("blob", data), len(data))


def ancestors(folder: str) -> Iterator[str]:
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]


def in_git_order(entries: Iterable[Entry]) -> list[Entry]:
    """Entries as git sorts them: a folder's name counts as if it ended in a slash."""
    return sorted(entries, key=lambda e: e.path.encode() + b"/" * (e.mode == FOLDER))


def tree_id(entries: Iterable[Entry]) -> str:
    lines = [f"{e.mode.lstrip('0')} {e.name}".encode() + b"\0" + bytes.fromhex(e.oid) for e in in_git_order(entries)]
    return object_id("tree", b"".join(lines))
