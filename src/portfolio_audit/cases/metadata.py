"""What a case says the host knows of a repository or a person; what it does not name is unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from portfolio_audit.cases.case import CASES_AT
from portfolio_audit.engine.fields import Fields
from portfolio_audit.model.profile import Profile
from portfolio_audit.model.record import Deployment, Release, Run
from portfolio_audit.model.snapshot import NOT_FROM_FILES, Commit, History, Metadata, Unavailable

Known = TypeVar("Known")

_METADATA = (
    "description", "homepage", "topics", "fork", "parent", "archived", "template", "pinned", "private", "licence",
    "pages", "created_at", "pushed_at", "checks", "history", "releases", "deployments", "environments", "runs",
)  # fmt: skip
_PROFILE = ("login", "name", "bio", "blog", "links", "organizations", "contributions_elsewhere")
_RECENT = CASES_AT - timedelta(days=1)


def read_metadata(fields: Fields) -> Metadata:
    """Read what a repository of a case has under ``metadata``."""
    inner = fields.inner("metadata", _METADATA)
    if inner is None:
        return Metadata()
    return Metadata(
        description=_if_known(inner, "description", inner.written),
        homepage=_if_known(inner, "homepage", inner.written),
        topics=_if_known(inner, "topics", inner.texts),
        fork=_if_known(inner, "fork", inner.flag),
        archived=_if_known(inner, "archived", inner.flag),
        template=_if_known(inner, "template", inner.flag),
        pinned=_if_known(inner, "pinned", inner.flag),
        history=_history(inner),
        parent=_if_known(inner, "parent", inner.written),
        licence=_if_known(inner, "licence", inner.written),
        releases=_each(inner, "releases", ("tag", "at", "name", "prerelease", "assets"), _release),
        deployments=_each(inner, "deployments", ("environment", "at", "state", "url"), _deployment),
        environments=_if_known(inner, "environments", inner.texts),
        checks=_if_known(inner, "checks", inner.written),
        runs=_each(inner, "runs", ("name", "event", "conclusion", "at"), _run),
        pages=_if_known(inner, "pages", inner.flag),
        private=_if_known(inner, "private", inner.flag),
        pushed_at=_if_known(inner, "pushed_at", lambda key: _moment(inner, key)),
        created_at=_if_known(inner, "created_at", lambda key: _moment(inner, key)),
    )


def read_profile(fields: Fields) -> Profile:
    """Read what a case says of the person."""
    inner = fields.inner("profile", _PROFILE)
    if inner is None:
        return Profile()
    return Profile(
        login=inner.text("login", ""),
        bio=_if_known(inner, "bio", inner.written),
        blog=_if_known(inner, "blog", inner.written),
        contributions_elsewhere=_if_known(inner, "contributions_elsewhere", inner.texts),
        name=_if_known(inner, "name", inner.written),
        links=_if_known(inner, "links", inner.texts),
        organizations=_if_known(inner, "organizations", inner.texts),
    )


def read_alive(fields: Fields) -> Mapping[str, bool | Unavailable]:
    """Read which addresses answer: true, false, or the reason why nobody can tell."""
    inner = fields.inner("alive")
    if inner is None:
        return {}
    answers = {url: inner.written(url) for url, _ in inner.nodes()}
    return {url: inner.flag(url) if said in {"true", "false"} else Unavailable(said) for url, said in answers.items()}


def _if_known(fields: Fields, key: str, read: Callable[[str], Known]) -> Known | Unavailable:
    return read(key) if key in fields else NOT_FROM_FILES


def _each(
    fields: Fields, key: str, keys: tuple[str, ...], read: Callable[[Fields], Known]
) -> tuple[Known, ...] | Unavailable:
    if key not in fields:
        return NOT_FROM_FILES
    items = fields.origin.list(fields.required(key), f"'{key}'")
    return tuple(read(fields.origin.mapping(item, f"an item of '{key}'", keys)) for item in items)


def _moment(fields: Fields, key: str) -> datetime:
    """The day at a key, by default the one before the cases play."""
    said = fields.text(key, _RECENT.isoformat())
    try:
        return datetime.fromisoformat(said).replace(tzinfo=UTC)
    except ValueError:
        fields.fail(f"'{key}' must be a day such as 2025-05-31, not '{said[:40]}'.", key)


def _history(metadata: Fields) -> History | Unavailable:
    """Commits by their summaries, newest first, a day apart; and tags."""
    inner = metadata.inner("history", ("commits", "tags"))
    if inner is None:
        return NOT_FROM_FILES
    commits = (
        Commit(f"{place:040x}", CASES_AT - timedelta(days=place), "someone", summary)
        for place, summary in enumerate(inner.texts("commits"), start=1)
    )
    return History(tuple(commits), inner.texts("tags"))


def _release(fields: Fields) -> Release:
    return Release(
        fields.text("tag"),
        _moment(fields, "at"),
        fields.text("name", ""),
        prerelease="prerelease" in fields and fields.flag("prerelease"),
        assets=int(fields.number("assets", least=0)) if "assets" in fields else 0,
    )


def _deployment(fields: Fields) -> Deployment:
    at = _moment(fields, "at")
    return Deployment(fields.text("environment"), at, fields.text("state", ""), fields.text("url", ""))


def _run(fields: Fields) -> Run:
    at = _moment(fields, "at")
    return Run(fields.text("name"), fields.text("event", ""), fields.text("conclusion", ""), at)
