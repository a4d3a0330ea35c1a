"""A recorded snapshot's ``metadata``, to and from the form it has in the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import TypeVar

from portfolio_audit.model.record import Deployment, Release, Run
from portfolio_audit.model.snapshot import Commit, History, Metadata, Unavailable
from portfolio_audit.sources.recorded_values import (
    DeploymentForm,
    HistoryForm,
    MetadataForm,
    ReleaseForm,
    RunForm,
    UnavailableForm,
)

Value = TypeVar("Value")
Read = TypeVar("Read")
Json = str | bool | int | None | list["Json"] | dict[str, "Json"]


def written(value: Json | Unavailable) -> Json:
    """Give a value, or the reason why there is none, as JSON."""
    return {"unavailable": value.reason} if isinstance(value, Unavailable) else value


def written_metadata(metadata: Metadata) -> Json:
    """Give the metadata as JSON."""
    history = metadata.history
    return {
        "description": written(metadata.description),
        "homepage": written(metadata.homepage),
        "topics": _written_each(metadata.topics, written),
        "fork": written(metadata.fork),
        "archived": written(metadata.archived),
        "template": written(metadata.template),
        "pinned": written(metadata.pinned),
        "history": written(history) if isinstance(history, Unavailable) else _history(history),
        "parent": written(metadata.parent),
        "licence": written(metadata.licence),
        "releases": _written_each(metadata.releases, _release),
        "deployments": _written_each(metadata.deployments, _deployment),
        "environments": _written_each(metadata.environments, written),
        "checks": written(metadata.checks),
        "runs": _written_each(metadata.runs, _run),
        "pages": written(metadata.pages),
        "private": written(metadata.private),
        "pushed_at": _moment(metadata.pushed_at),
        "created_at": _moment(metadata.created_at),
    }


def _written_each(values: Iterable[Value] | Unavailable, write: Callable[[Value], Json]) -> Json:
    return written(values) if isinstance(values, Unavailable) else [write(value) for value in values]


def _moment(at: datetime | Unavailable) -> Json:
    return written(at) if isinstance(at, Unavailable) else at.astimezone(UTC).isoformat()


def _history(history: History) -> Json:
    return {
        "commits": [
            {"id": c.id, "at": _moment(c.at), "author": c.author, "summary": c.summary} for c in history.commits
        ],
        "tags": list(history.tags),
        "truncated": history.truncated,
    }


def _release(one: Release) -> Json:
    at = _moment(one.at)
    return {"tag": one.tag, "at": at, "name": one.name, "prerelease": one.prerelease, "assets": one.assets}


def _deployment(one: Deployment) -> Json:
    return {"environment": one.environment, "at": _moment(one.at), "state": one.state, "url": one.url}


def _run(one: Run) -> Json:
    at = _moment(one.at) if one.at else None
    return {"name": one.name, "event": one.event, "conclusion": one.conclusion, "at": at}


def read(value: Value | UnavailableForm) -> Value | Unavailable:
    """Give what stands in the file, or why there is nothing."""
    return Unavailable(value.unavailable) if isinstance(value, UnavailableForm) else value


def read_metadata(form: MetadataForm) -> Metadata:
    """Give the metadata that a file holds."""
    history = read(form.history)
    return Metadata(
        description=read(form.description),
        homepage=read(form.homepage),
        topics=_read_each(form.topics, str),
        fork=read(form.fork),
        archived=read(form.archived),
        template=read(form.template),
        pinned=read(form.pinned),
        history=history if isinstance(history, Unavailable) else _read_history(history),
        parent=read(form.parent),
        licence=read(form.licence),
        releases=_read_each(form.releases, _read_release),
        deployments=_read_each(form.deployments, _read_deployment),
        environments=_read_each(form.environments, str),
        checks=read(form.checks),
        runs=_read_each(form.runs, _read_run),
        pages=read(form.pages),
        private=read(form.private),
        pushed_at=read(form.pushed_at),
        created_at=read(form.created_at),
    )


def _read_each(values: list[Value] | UnavailableForm, make: Callable[[Value], Read]) -> tuple[Read, ...] | Unavailable:
    return read(values) if isinstance(values, UnavailableForm) else tuple(make(value) for value in values)


def _read_history(form: HistoryForm) -> History:
    commits = tuple(Commit(c.id, c.at, c.author, c.summary) for c in form.commits)
    return History(commits, tuple(form.tags), form.truncated)


def _read_release(form: ReleaseForm) -> Release:
    return Release(form.tag, form.at, form.name, form.prerelease, form.assets)


def _read_deployment(form: DeploymentForm) -> Deployment:
    return Deployment(form.environment, form.at, form.state, form.url)


def _read_run(form: RunForm) -> Run:
    return Run(form.name, form.event, form.conclusion, form.at)
