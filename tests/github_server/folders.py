"""A world out of folders, such as the demo portfolio in fixtures/."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from github_server.accounts import ORGANIZATION, Account, PullRequest, Token
from github_server.activity import Asset, Check, Deployment, DeploymentStatus, Release, Run
from github_server.history import Commit, Tag
from github_server.objects import Content, Executable, Symlink
from github_server.repository import Repository
from github_server.world import World

METADATA = "metadata.yaml"
TOKEN = "ghp_" + "fromfolder" * 4
Told = Mapping[str, Any]


def from_folders(place: Path) -> World:
    """Every folder of ``place`` as a repository, described by its ``metadata.yaml`` (docs/snapshot-format.md)."""
    file = place / METADATA
    told: Told = yaml.safe_load(file.read_text(encoding="utf-8")) if file.exists() else {}
    profile, described = told.get("profile", {}), told.get("repositories", {})
    login = profile.get("login", place.name)
    folders = sorted(path for path in place.iterdir() if path.is_dir())
    repositories = tuple(repository(login, folder, described.get(folder.name, {})) for folder in folders)
    pinned = tuple(name for name, about in described.items() if about.get("pinned"))
    joined = tuple(Account(o, ORGANIZATION, members=(login,)) for o in profile.get("organizations", ()))
    return World(repositories, (owner(login, profile, pinned), *joined), (Token(TOKEN, login),))


def owner(login: str, profile: Told, pinned: tuple[str, ...]) -> Account:
    """Whose portfolio it is."""
    return Account(
        login,
        name=profile.get("name"),
        bio=profile.get("bio"),
        blog=profile.get("blog", ""),
        social_accounts=tuple(profile.get("links", ())),
        pinned=pinned,
        pull_requests=tuple(PullRequest(name) for name in profile.get("contributions_elsewhere", ())),
    )


def repository(owner: str, folder: Path, about: Told) -> Repository:
    """A folder as a repository."""
    fork = f"elsewhere/{folder.name}" if about.get("fork") else None
    return Repository(
        owner,
        folder.name,
        files_of(folder),
        commits_of(owner, about) or None,
        tags=tuple(Tag(name) for name in about.get("history", {}).get("tags", ())),
        description=about.get("description"),
        homepage=about.get("homepage"),
        topics=tuple(about.get("topics", ())),
        license=about.get("licence"),
        parent=about.get("parent") or fork,
        archived=bool(about.get("archived")),
        template=bool(about.get("template")),
        private=bool(about.get("private")),
        has_pages=bool(about.get("pages")),
        releases=tuple(release(one) for one in about.get("releases", ())),
        deployments=tuple(deployment(one) for one in about.get("deployments", ())),
        environments=tuple(about.get("environments", ())),
        checks=tuple(Check(r["name"], r.get("conclusion"), r["name"], moment(r["at"])) for r in about.get("runs", ())),
        runs=tuple(run(one) for one in about.get("runs", ())),
        pushed_at=moment(about["pushed_at"]) if "pushed_at" in about else None,
    )


def commits_of(owner: str, about: Told) -> tuple[Commit, ...]:
    told = about.get("history", {}).get("commits", ())
    return tuple(Commit(c["summary"], moment(c["at"]), c["author"], owner, str(c["id"])) for c in told)


def release(told: Told) -> Release:
    assets = tuple(Asset(f"asset-{number}") for number in range(told.get("assets", 0)))
    prerelease = bool(told.get("prerelease"))
    return Release(told["tag"], told.get("name"), prerelease=prerelease, at=moment(told["at"]), assets=assets)


def deployment(told: Told) -> Deployment:
    at = moment(told["at"])
    status = DeploymentStatus(told.get("state", ""), told.get("url", ""), at=at)
    return Deployment(told["environment"], (status,) if status.state else (), at=at)


def run(told: Told) -> Run:
    path = f".github/workflows/{told['name']}.yml"
    return Run(told["name"], path, told.get("event", "push"), told.get("conclusion"), at=moment(told["at"]))


def moment(told: date) -> str:
    """A time as GitHub writes it; noon for a day."""
    if isinstance(told, datetime):
        return told.strftime("%Y-%m-%dT%H:%M:%SZ")
    return f"{told}T12:00:00Z"


def files_of(folder: Path) -> dict[str, Content]:
    """What git would keep of a folder."""
    paths = sorted(path for path in folder.rglob("*") if path.is_symlink() or path.is_file())
    return {path.relative_to(folder).as_posix(): content_at(path) for path in paths if ".git" not in path.parts}


def content_at(path: Path) -> Content:
    if path.is_symlink():
        return Symlink(str(path.readlink()))
    content = path.read_bytes()
    return Executable(content) if path.stat().st_mode & 0o100 else content
