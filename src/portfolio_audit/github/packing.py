"""The bytes in which things are kept, and reading them back without trusting them."""

from __future__ import annotations

import zlib

import orjson

from portfolio_audit.model.snapshot import EntryKind, TreeEntry

MOST_BYTES = 32 * 1024 * 1024
"""What is longer is neither kept nor read back."""
_KINDS = {kind.value: kind for kind in EntryKind}


def pack(body: bytes) -> bytes:
    """Make bytes smaller, quickly; the form has a checksum."""
    return zlib.compress(body, 1)


def unpack(packed: bytes) -> bytes | None:
    """The bytes again, None if they are damaged or too many."""
    stream = zlib.decompressobj()
    try:
        body = stream.decompress(packed, MOST_BYTES + 1)
    except (zlib.error, TypeError):
        return None
    return body if stream.eof and len(body) <= MOST_BYTES else None


def pack_tree(members: tuple[TreeEntry, ...]) -> bytes:
    """The entries of a tree in the form in which they are kept."""
    return pack(orjson.dumps([(m.path, m.size, m.kind.value, m.blob_id) for m in members]))


def unpack_tree(packed: bytes) -> tuple[TreeEntry, ...] | None:
    """The entries of a tree again, None if these are none."""
    body = unpack(packed)
    try:
        rows = orjson.loads(body or b"")
        return tuple(_entry(row) for row in rows) if isinstance(rows, list) else None
    except ValueError:
        return None


def _entry(row: object) -> TreeEntry:
    match row:
        case [str(path), int(size), str(kind), str(blob_id)] if size >= 0 and kind in _KINDS:
            return TreeEntry(path, size, _KINDS[kind], blob_id)
        case _:
            raise ValueError(row)
