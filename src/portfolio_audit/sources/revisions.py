"""Opening git repositories and finding the commit that a revision names."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path

import pygit2
from pygit2.enums import RepositoryOpenFlag

from portfolio_audit.errors import NoCommits, NotARepository
from portfolio_audit.model.names import readable
from portfolio_audit.sources.guarding import refuse_endless
from portfolio_audit.sources.loose_objects import object_database

UNREADABLE = (pygit2.GitError, zlib.error, KeyError, ValueError, OSError, MemoryError)
"""What libgit2 raises for objects and references that are absent or damaged."""

_SHOWN = 5
_WINDOW = 8 * 1024 * 1024
_MAPPED = 64 * 1024 * 1024


@contextmanager
def open_repository(target: str) -> Iterator[pygit2.Repository]:
    """Open the repository exactly here, whoever owns it: nothing is run and nothing is written."""
    refuse_endless(target)
    pygit2.settings.owner_validation = False
    pygit2.settings.mwindow_size = _WINDOW
    pygit2.settings.mwindow_mapped_limit = _MAPPED
    try:
        repository = pygit2.Repository(target, RepositoryOpenFlag.NO_SEARCH)
        repository.set_odb(object_database(repository))
    except UNREADABLE as error:
        raise NotARepository(target, _why_not(target, str(error))) from error
    try:
        yield repository
    finally:
        repository.free()  # else its files stay open and mapped until the garbage collector comes by


def _why_not(target: str, message: str) -> str:
    if not any(Path(target, sign).exists() for sign in (".git", "HEAD", "objects", "refs")):
        return "is no git repository."
    if "object format" in message:
        return "the repository uses an object format (SHA-256) that cannot be read yet."
    return "its git directory is damaged or incomplete."


def resolve(repository: pygit2.Repository, ref: str | None, target: str) -> pygit2.Commit:
    """Give the commit that a branch, tag, id or expression names; None is the one checked out.

    A branch known only from the remote is found by its short name.
    """
    if ref is None:
        return _head(repository, target)
    for candidate in (ref, f"origin/{ref}"):
        try:
            return repository.revparse_single(candidate).peel(pygit2.Commit)
        except UNREADABLE:
            if _is_reference(repository, candidate):
                raise NoCommits(target, f"'{ref}' names no commit that is in this copy of the repository.") from None
    raise NoCommits(target, f"there is no revision '{ref}'.", advice=_advice(repository, ref))


def _head(repository: pygit2.Repository, target: str) -> pygit2.Commit:
    try:
        if not repository.head_is_unborn:
            return repository.head.peel(pygit2.Commit)
    except UNREADABLE as error:
        reason = "the commit that is checked out is damaged or not in this copy of the repository."
        raise NoCommits(target, reason, advice=_advice(repository)) from error
    branches = revision_names(repository)
    reason = "the branch that is checked out has no commits." if branches else "the repository has no commits yet."
    raise NoCommits(target, reason, advice=_advice(repository))


def _is_reference(repository: pygit2.Repository, name: str) -> bool:
    try:
        return bool(name and repository.lookup_reference_dwim(name))
    except UNREADABLE:
        return False


def revision_names(repository: pygit2.Repository, *folders: bytes) -> list[str]:
    """The names of branches and tags, or of what is in the folders of references, sorted."""
    folders = folders or (b"refs/heads/", b"refs/tags/", b"refs/remotes/")
    try:
        references = repository.raw_listall_references()
    except UNREADABLE:
        return []
    return sorted(readable(r.removeprefix(f)) for r in references for f in folders if r.startswith(f))


def _advice(repository: pygit2.Repository, wanted: str = "") -> str:
    names = revision_names(repository)
    if not names:
        return ""
    close = get_close_matches(wanted, names, n=1)
    if close:
        return f"Did you mean '{close[0]}'?"
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"It has {', '.join(names[:_SHOWN])}{more}."
