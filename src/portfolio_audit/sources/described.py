"""What ``metadata.yaml`` says of one repository, or of the person."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from portfolio_audit.model.profile import Profile
from portfolio_audit.model.record import Deployment, Release, Run
from portfolio_audit.model.snapshot import NOT_FROM_FILES, Commit, History, Metadata, Unavailable
from portfolio_audit.sources.sidecar import Section

Value = TypeVar("Value")

PROFILE = ("login", "name", "bio", "blog", "links", "organizations", "contributions_elsewhere")
REPOSITORY = (
    "description", "homepage", "topics", "fork", "parent", "archived", "template", "pinned", "private", "licence",
    "pages", "created_at", "pushed_at", "checks", "history", "releases", "deployments", "environments", "runs",
)  # fmt: skip
_HISTORY = ("commits", "tags", "truncated")
_COMMIT = ("id", "at", "author", "summary")
_RELEASE = ("tag", "at", "name", "prerelease", "assets")
_DEPLOYMENT = ("environment", "at", "state", "url")
_RUN = ("name", "event", "conclusion", "at")
_CHECKS = ("success", "failure", "error", "pending", "")
_STATES = ("success", "inactive", "failure", "error", "in_progress", "queued", "pending", "")


def profile(said: Section | None) -> Profile:
    """Read what is said of the person."""
    if said is None:
        return Profile()
    return Profile(
        login=said.text("login") or "",
        name=_or_unknown(said.text("name")),
        bio=_or_unknown(said.text("bio")),
        blog=_or_unknown(said.text("blog")),
        links=_or_unknown(said.texts("links")),
        organizations=_or_unknown(said.texts("organizations")),
        contributions_elsewhere=_or_unknown(said.texts("contributions_elsewhere")),
    )


def metadata(said: Section) -> Metadata:
    """Read what is said of a repository."""
    return Metadata(
        description=_or_unknown(said.text("description")),
        homepage=_or_unknown(said.text("homepage")),
        topics=_or_unknown(said.texts("topics")),
        fork=_or_unknown(said.flag("fork")),
        archived=_or_unknown(said.flag("archived")),
        template=_or_unknown(said.flag("template")),
        pinned=_or_unknown(said.flag("pinned")),
        history=_history(said.section("history", _HISTORY)),
        parent=_or_unknown(said.text("parent")),
        licence=_or_unknown(said.text("licence")),
        releases=_each(said, "releases", _RELEASE, _release),
        deployments=_each(said, "deployments", _DEPLOYMENT, _deployment),
        environments=_or_unknown(said.texts("environments")),
        checks=_or_unknown(said.choice("checks", _CHECKS)),
        runs=_each(said, "runs", _RUN, _run),
        pages=_or_unknown(said.flag("pages")),
        private=_or_unknown(said.flag("private")),
        pushed_at=_or_unknown(said.moment("pushed_at")),
        created_at=_or_unknown(said.moment("created_at")),
    )


def _or_unknown(value: Value | None) -> Value | Unavailable:
    return NOT_FROM_FILES if value is None else value


def _each(
    said: Section, key: str, expected: tuple[str, ...], read: Callable[[Section], Value]
) -> tuple[Value, ...] | Unavailable:
    return tuple(read(one) for one in said.sections(key, expected)) if key in said.keys() else NOT_FROM_FILES  # noqa: SIM118  # a section is no mapping


def _history(said: Section | None) -> History | Unavailable:
    if said is None:
        return NOT_FROM_FILES
    commits = (_commit(one) for one in said.sections("commits", _COMMIT))
    newest_first = tuple(sorted(commits, key=lambda commit: commit.at, reverse=True))
    return History(newest_first, said.texts("tags") or (), truncated=said.flag("truncated") or False)


def _commit(said: Section) -> Commit:
    return Commit(
        id=said.text("id") or "",
        at=said.at(),
        author=said.text("author") or "",
        summary=said.text("summary") or "",
    )


def _release(said: Section) -> Release:
    return Release(
        tag=said.text("tag") or "",
        at=said.at(),
        name=said.text("name") or "",
        prerelease=said.flag("prerelease") or False,
        assets=said.count("assets") or 0,
    )


def _deployment(said: Section) -> Deployment:
    return Deployment(
        environment=said.text("environment") or "",
        at=said.at(),
        state=said.choice("state", _STATES) or "",
        url=said.text("url") or "",
    )


def _run(said: Section) -> Run:
    return Run(
        name=said.text("name") or "",
        event=said.text("event") or "",
        conclusion=said.text("conclusion") or "",
        at=said.moment("at"),
    )
