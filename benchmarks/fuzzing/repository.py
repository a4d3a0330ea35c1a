"""Bytes to a small repository and back, in a form that stays meaningful when bytes change.

Files are separated by the byte 1E; each is a name, a line end and the content. A name of one byte stands for one of
the names that the target under test asks for, so that mutations find them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from portfolio_audit.model.names import readable
from portfolio_audit.model.snapshot import Snapshot, TreeEntry
from portfolio_audit.sources.decoding import decode

SEPARATOR = b"\x1e"
MOST_FILES = 40
Files = Mapping[str, bytes]


def pack(files: Files) -> bytes:
    """The bytes that :func:`unpack` turns into these files."""
    return SEPARATOR.join(name.encode() + b"\n" + content for name, content in files.items())


def unpack(data: bytes, names: Sequence[str]) -> dict[str, bytes]:
    """The files in the bytes; of two with the same name the first."""
    files: dict[str, bytes] = {}
    for part in data.split(SEPARATOR)[:MOST_FILES]:
        name, _, content = part.partition(b"\n")
        path = names[name[0] % len(names)] if len(name) == 1 else readable(name).strip("/")
        if path and "\0" not in path:
            files.setdefault(path, content)
    return files


def snapshot_of(files: Files) -> Snapshot:
    """A snapshot of the files, decoded as every source does."""
    return Snapshot(
        "example",
        owner="ada",
        tree=tuple(TreeEntry(path, len(content)) for path, content in sorted(files.items())),
        texts={path: decode(content) for path, content in files.items()},
    )
