"""The form of a recorded snapshot on disk, apart from the types inside; a change of form is a new version."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import EntryKind, Snapshot, TreeEntry
from portfolio_audit.sources.recorded_metadata import Json, read, read_metadata, written, written_metadata
from portfolio_audit.sources.recorded_values import Form, MetadataForm, UnavailableForm

FORMAT = "portfolio-audit-snapshot"
VERSION = 2
"""The version that is written; version 1, which lacks what came with 2, is still read."""


class EntryForm(Form):
    """One path of the tree."""

    path: str
    size: int = Field(default=0, ge=0, lt=1 << 63)
    kind: EntryKind = EntryKind.FILE
    blob_id: str = ""


class GapForm(Form):
    """A place where the tree is not complete."""

    path: str
    reason: str


class SnapshotForm(Form):
    """The whole file."""

    format: Literal["portfolio-audit-snapshot"]
    version: Literal[1, 2]
    name: str
    owner: str
    commit: str | UnavailableForm
    web_url: str
    metadata: MetadataForm
    gaps: list[GapForm]
    tree: list[EntryForm]
    texts: dict[str, str | UnavailableForm]
    alive: dict[str, bool | UnavailableForm] = Field(default_factory=dict)


def to_form(snapshot: Snapshot) -> dict[str, Json]:
    """Give a snapshot as the JSON value of the file."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "name": snapshot.name,
        "owner": snapshot.owner,
        "commit": written(snapshot.commit),
        "web_url": snapshot.web_url,
        "metadata": written_metadata(snapshot.metadata),
        "gaps": [{"path": gap.path, "reason": gap.note} for gap in snapshot.gaps],
        "tree": [_entry(entry) for entry in snapshot.tree],
        "texts": {path: written(text) for path, text in snapshot.texts.items()},
        "alive": {url: written(answers) for url, answers in snapshot.alive.items()},
    }


def _entry(entry: TreeEntry) -> Json:
    return {"path": entry.path, "size": entry.size, "kind": entry.kind.value, "blob_id": entry.blob_id}


def from_form(form: SnapshotForm) -> Snapshot:
    """Give the snapshot that a file holds."""
    return Snapshot(
        name=form.name,
        owner=form.owner,
        commit=read(form.commit),
        web_url=form.web_url,
        metadata=read_metadata(form.metadata),
        tree=tuple(TreeEntry(e.path, e.size, e.kind, e.blob_id) for e in form.tree),
        texts={path: read(text) for path, text in form.texts.items()},
        gaps=tuple(Location(gap.path, note=gap.reason) for gap in form.gaps),
        alive={url: read(answers) for url, answers in form.alive.items()},
    )
