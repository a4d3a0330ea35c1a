"""A recorded snapshot: everything that was read of a repository in one file (docs/snapshot-format.md)."""

# os.path answers no for what is no path or may not be looked at, where Path raises:
# ruff: noqa: PTH113

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import orjson
from pydantic import BaseModel, ValidationError

from portfolio_audit.errors import NoCommits, NotARepository, NotFound
from portfolio_audit.model.snapshot import Limits, Selection, Snapshot, TreeEntry, Unavailable
from portfolio_audit.sources.recorded_form import FORMAT, VERSION, SnapshotForm, from_form, to_form
from portfolio_audit.sources.texts import amount, read_texts

SUFFIX = ".snapshot.json"
MAX_BYTES = 128 * 1024 * 1024
NOT_RECORDED = Unavailable("was not read when the snapshot was recorded")


def accepts(target: str) -> bool:
    """Whether this is a file with the name of a recorded snapshot."""
    return target.endswith(SUFFIX) and os.path.isfile(target)


def collect(target: str, *, ref: str | None, select: Selection, limits: Limits) -> Snapshot:
    """Read a recorded snapshot again, as if it were the repository."""
    snapshot = load(_bytes(target), target=target)
    if ref is not None and not str(snapshot.commit).startswith(ref):
        raise NoCommits(target, f"it was recorded at {_recorded_at(snapshot)}, so '{ref}' cannot be read.")

    def text(entry: TreeEntry) -> str | Unavailable:
        return snapshot.texts.get(entry.path, NOT_RECORDED)

    return replace(snapshot, texts=read_texts(snapshot.tree, select, limits, text))


def dump(snapshot: Snapshot) -> bytes:
    """Give a snapshot as the content of a file; the same snapshot gives the same bytes."""
    return orjson.dumps(to_form(snapshot), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def load(data: bytes, *, target: str = "the recorded snapshot") -> Snapshot:
    """Give back the snapshot that :func:`dump` wrote.

    Raises NotARepository, naming ``target``, for anything else.
    """
    if len(data) > MAX_BYTES:
        raise NotARepository(target, f"it is {amount(len(data))}, over the limit of {amount(MAX_BYTES)}.")
    try:
        return from_form(SnapshotForm.model_validate_json(data))
    except ValidationError as error:
        raise NotARepository(target, _why_not(data, error)) from error


class _Header(BaseModel):
    format: str = ""
    version: int = 0


def _why_not(data: bytes, error: ValidationError) -> str:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    if first["type"] == "json_invalid":
        return f"it is not JSON ({first['msg']})."
    try:
        header = _Header.model_validate_json(data)
    except ValidationError:
        header = _Header()
    if header.format != FORMAT:
        return f'it is not a recorded snapshot, for want of "format": "{FORMAT}".'
    if header.version > VERSION:
        return f"it was recorded in format {header.version}, and this version reads {VERSION}; upgrade portfolio-audit."
    place = " > ".join(str(step) for step in first["loc"])
    return f"it has not the form of a recorded snapshot: {first['msg']} (at {place})."


def _bytes(target: str) -> bytes:
    try:
        with Path(target).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise NotFound(target, f"the file cannot be opened ({error.strerror}).") from error


def _recorded_at(snapshot: Snapshot) -> str:
    return "no commit" if isinstance(snapshot.commit, Unavailable) else snapshot.commit[:12]
