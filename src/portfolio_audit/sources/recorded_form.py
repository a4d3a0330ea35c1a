"""The form of a recorded snapshot on disk, apart from the types inside; a change of form is a new version."""

from __future__ import annotations

from datetime import UTC
from typing import Literal, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Commit, EntryKind, History, Metadata, Snapshot, TreeEntry, Unavailable

FORMAT = "portfolio-audit-snapshot"
VERSION = 1

Value = TypeVar("Value")
Json = str | bool | int | list["Json"] | dict[str, "Json"]


class _Form(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


class UnavailableForm(_Form):
    """Stands where a value could not be had."""

    unavailable: str


class EntryForm(_Form):
    """One path of the tree."""

    path: str
    size: int = Field(default=0, ge=0, lt=1 << 63)
    kind: EntryKind = EntryKind.FILE
    blob_id: str = ""


class CommitForm(_Form):
    """One commit of the history."""

    id: str
    at: AwareDatetime
    author: str
    summary: str


class HistoryForm(_Form):
    """Commits, newest first, and tags."""

    commits: list[CommitForm]
    tags: list[str]
    truncated: bool


class MetadataForm(_Form):
    """What the host knows beside the files."""

    description: str | UnavailableForm
    homepage: str | UnavailableForm
    topics: list[str] | UnavailableForm
    fork: bool | UnavailableForm
    archived: bool | UnavailableForm
    template: bool | UnavailableForm
    pinned: bool | UnavailableForm
    history: HistoryForm | UnavailableForm


class GapForm(_Form):
    """A place where the tree is not complete."""

    path: str
    reason: str


class SnapshotForm(_Form):
    """The whole file."""

    format: Literal["portfolio-audit-snapshot"]
    version: Literal[1]
    name: str
    owner: str
    commit: str | UnavailableForm
    web_url: str
    metadata: MetadataForm
    gaps: list[GapForm]
    tree: list[EntryForm]
    texts: dict[str, str | UnavailableForm]


def to_form(snapshot: Snapshot) -> dict[str, Json]:
    """Give a snapshot as the JSON value of the file."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "name": snapshot.name,
        "owner": snapshot.owner,
        "commit": _written(snapshot.commit),
        "web_url": snapshot.web_url,
        "metadata": _metadata(snapshot.metadata),
        "gaps": [{"path": gap.path, "reason": gap.note} for gap in snapshot.gaps],
        "tree": [_entry(entry) for entry in snapshot.tree],
        "texts": {path: _written(text) for path, text in snapshot.texts.items()},
    }


def _written(value: Json | Unavailable) -> Json:
    return {"unavailable": value.reason} if isinstance(value, Unavailable) else value


def _metadata(metadata: Metadata) -> Json:
    topics, history = metadata.topics, metadata.history
    return {
        "description": _written(metadata.description),
        "homepage": _written(metadata.homepage),
        "topics": _written(topics) if isinstance(topics, Unavailable) else list(topics),
        "fork": _written(metadata.fork),
        "archived": _written(metadata.archived),
        "template": _written(metadata.template),
        "pinned": _written(metadata.pinned),
        "history": _written(history) if isinstance(history, Unavailable) else _history(history),
    }


def _history(history: History) -> Json:
    return {
        "commits": [
            {"id": c.id, "at": c.at.astimezone(UTC).isoformat(), "author": c.author, "summary": c.summary}
            for c in history.commits
        ],
        "tags": list(history.tags),
        "truncated": history.truncated,
    }


def _entry(entry: TreeEntry) -> Json:
    return {"path": entry.path, "size": entry.size, "kind": entry.kind.value, "blob_id": entry.blob_id}


def from_form(form: SnapshotForm) -> Snapshot:
    """Give the snapshot that a file holds."""
    return Snapshot(
        name=form.name,
        owner=form.owner,
        commit=_read(form.commit),
        web_url=form.web_url,
        metadata=_read_metadata(form.metadata),
        tree=tuple(TreeEntry(e.path, e.size, e.kind, e.blob_id) for e in form.tree),
        texts={path: _read(text) for path, text in form.texts.items()},
        gaps=tuple(Location(gap.path, note=gap.reason) for gap in form.gaps),
    )


def _read(value: Value | UnavailableForm) -> Value | Unavailable:
    return Unavailable(value.unavailable) if isinstance(value, UnavailableForm) else value


def _read_metadata(form: MetadataForm) -> Metadata:
    topics, history = _read(form.topics), _read(form.history)
    return Metadata(
        description=_read(form.description),
        homepage=_read(form.homepage),
        topics=topics if isinstance(topics, Unavailable) else tuple(topics),
        fork=_read(form.fork),
        archived=_read(form.archived),
        template=_read(form.template),
        pinned=_read(form.pinned),
        history=history if isinstance(history, Unavailable) else _read_history(history),
    )


def _read_history(form: HistoryForm) -> History:
    commits = tuple(Commit(c.id, c.at.astimezone(UTC), c.author, c.summary) for c in form.commits)
    return History(commits, tuple(form.tags), form.truncated)
