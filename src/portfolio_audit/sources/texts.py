"""The texts of a snapshot: what was asked for, in the order asked, within the limits."""

from __future__ import annotations

from collections.abc import Callable

from portfolio_audit.model.snapshot import EntryKind, Limits, Selection, TreeEntry, Unavailable

MISSING = Unavailable("is not in the repository")
_UNREAD = {
    EntryKind.SYMLINK: Unavailable("is a symbolic link, which is not followed"),
    EntryKind.SUBMODULE: Unavailable("is a submodule, which is not part of this repository"),
}
_MIB = 1024 * 1024


def read_texts(
    tree: tuple[TreeEntry, ...],
    select: Selection,
    limits: Limits,
    read: Callable[[TreeEntry], str | Unavailable],
) -> dict[str, str | Unavailable]:
    """Read what ``select`` wants of the tree, one file at a time.

    ``read`` is called only for files within the limits, judged by the size in the tree.
    """
    entries = {entry.path: entry for entry in reversed(tree)}  # of two with one name, the first
    left = limits.total_bytes
    texts: dict[str, str | Unavailable] = {}
    for path in select(tree):
        if path in texts:
            continue
        entry = entries.get(path)
        if entry is None:
            texts[path] = MISSING
            continue
        refusal = _refusal(entry, limits, left)
        texts[path] = refusal or read(entry)
        left -= 0 if refusal else entry.size
    return texts


def _refusal(entry: TreeEntry, limits: Limits, left: int) -> Unavailable | None:
    if entry.kind in _UNREAD:
        return _UNREAD[entry.kind]
    if entry.size > limits.of(entry.path):
        return over_limit(entry.size, limits.of(entry.path))
    if entry.size > left:
        return Unavailable(f"is over the limit of {amount(limits.total_bytes)} for one repository")
    return None


def over_limit(size: int, limit: int) -> Unavailable:
    """Say that a file is too big to be read."""
    return Unavailable(f"is {amount(size)}, over the limit of {amount(limit)}")


def amount(size: int) -> str:
    """Give a number of bytes as people write it."""
    return f"{size / _MIB:,.1f}".removesuffix(".0") + " MiB" if size >= _MIB else f"{size:,} bytes"
