"""The ids that git would give to folders, computed from the ids of what is in them.

They tell whether an archive is the whole commit, which nothing in the archive does: one that leaves out files may leave
out the ``.gitattributes`` that says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha1

from portfolio_audit.model.snapshot import EntryKind, TreeEntry

_MODES = {EntryKind.FILE: b"100644", EntryKind.EXECUTABLE: b"100755", EntryKind.SYMLINK: b"120000"}
_FOLDER = b"40000"
_MOST_BYTES = 32 * 1024 * 1024
_OWN_BYTES = 64
_Entries = dict[str, tuple[bytes, str]]


def root_ids(members: Iterable[TreeEntry]) -> dict[str, str]:
    """The id of each file and folder at the root, where it is known.

    It is not for submodules, nor for folders with one; if the folders are too many it is for none.
    """
    folders = _folders(members)
    for folder in sorted(folders, key=lambda path: -path.count("/")):
        if folder:
            above, _, name = folder.rpartition("/")
            folders[above][name] = _FOLDER, _tree_id(folders[folder])
    return {name: known for name, (_, known) in sorted(folders.get("", {}).items()) if known}


def _folders(members: Iterable[TreeEntry]) -> dict[str, _Entries]:
    """What is in each folder, other folders left out; nothing if there are too many."""
    folders: dict[str, _Entries] = {"": {}}
    room = _MOST_BYTES
    for member in members:
        folder, _, name = member.path.rpartition("/")
        path = folder
        while path not in folders and room > 0:
            room -= _OWN_BYTES + len(path)
            folders[path] = {}
            path = path.rpartition("/")[0]
        if room <= 0:
            return {}
        folders[folder][name] = _MODES.get(member.kind, b""), member.blob_id
    return folders


def _tree_id(entries: _Entries) -> str:
    if not all(known for _, known in entries.values()):
        return ""
    rows = sorted(
        (name.encode() + b"/" * (mode == _FOLDER), name, mode, known) for name, (mode, known) in entries.items()
    )
    tree = b"".join(b"%s %s\0%s" % (mode, name.encode(), bytes.fromhex(known)) for _, name, mode, known in rows)
    return sha1(b"tree %d\0%s" % (len(tree), tree), usedforsecurity=False).hexdigest()
