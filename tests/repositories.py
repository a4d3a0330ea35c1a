"""Repositories of every form, made from the same inline files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import pygit2
from pygit2.enums import FileMode

from portfolio_audit import sources
from portfolio_audit.model.snapshot import EntryKind, Limits, Selection, Snapshot, TreeEntry
from portfolio_audit.sources import recorded

Files = Mapping[str, bytes]
AUTHOR = pygit2.Signature("Ada", "ada@example.org", 1_700_000_000, 60)
MODES = {".sh": FileMode.BLOB_EXECUTABLE, ".link": FileMode.LINK}


def everything(tree: tuple[TreeEntry, ...]) -> Iterable[str]:
    return [entry.path for entry in tree]


def read(target: Path | str, *, ref: str | None = None, select: Selection = everything, **limits: int) -> Snapshot:
    return sources.collect(str(target), ref=ref, select=select, limits=Limits(**limits))


def commit(repository: pygit2.Repository, files: Files, *, at: int = 0, message: str = "Work") -> pygit2.Oid:
    """Commit files to HEAD: ``*.sh`` is executable, ``*.link`` a link."""
    index = pygit2.Index()
    for path, content in files.items():
        mode = MODES.get(Path(path).suffix, FileMode.BLOB)
        index.add(pygit2.IndexEntry(path, repository.create_blob(content), mode))
    return commit_tree(repository, index.write_tree(repository), at=at, message=message)


def commit_tree(repository: pygit2.Repository, tree: pygit2.Oid, *, at: int = 0, message: str = "Work") -> pygit2.Oid:
    signature = pygit2.Signature(AUTHOR.name, AUTHOR.email, AUTHOR.time + at, 60)
    parents = [] if repository.head_is_unborn else [repository.head.target]
    return repository.create_commit("HEAD", signature, signature, message, tree, parents)


def write(folder: Path, files: Files) -> Path:
    """Write files to a plain folder, with the same meaning of suffixes."""
    for path, content in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.suffix == ".link":
            place.symlink_to(os.fsdecode(content))
        else:
            place.write_bytes(content)
            place.chmod(0o755 if place.suffix == ".sh" else 0o644)
    return folder


def loose_object(repository: pygit2.Repository, oid: pygit2.Oid | str) -> Path:
    """The file that holds an object."""
    return Path(repository.path, "objects", str(oid)[:2], str(oid)[2:])


def blob_of(snapshot: Snapshot, path: str) -> str:
    return next(entry.blob_id for entry in snapshot.tree if entry.path == path)


def _bare(place: Path, files: Files) -> Path:
    commit(pygit2.init_repository(str(place), bare=True, initial_head="main"), files)
    return place


def _work_tree(place: Path, files: Files) -> Path:
    commit(pygit2.init_repository(str(place), initial_head="main"), files)
    return place


def _git_folder(place: Path, files: Files) -> Path:
    return _work_tree(place, files) / ".git"


def _folder(place: Path, files: Files) -> Path:
    place.mkdir()
    return write(place, files)


def _recorded(place: Path, files: Files) -> Path:
    file = place.with_suffix(".snapshot.json")
    file.write_bytes(recorded.dump(read(_folder(place, files))))
    return file


FORMS = {"bare": _bare, "work tree": _work_tree, "git folder": _git_folder, "folder": _folder, "recorded": _recorded}


def kinds(snapshot: Snapshot) -> dict[str, EntryKind]:
    return {entry.path: entry.kind for entry in snapshot.tree}
