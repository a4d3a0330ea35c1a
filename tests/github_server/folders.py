"""A world out of folders, such as the demo portfolio in fixtures/."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from github_server.accounts import Account, PullRequest, Token
from github_server.history import Commit, Tag
from github_server.objects import Content, Executable, Symlink
from github_server.repository import Repository
from github_server.world import World

METADATA = "metadata.yaml"
TOKEN = "ghp_" + "fromfolder" * 4


def from_folders(place: Path) -> World:
    """Every folder of ``place`` as a repository, described by its ``metadata.yaml``."""
    file = place / METADATA
    told: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8")) if file.exists() else {}
    profile, described = told.get("profile", {}), told.get("repositories", {})
    login = profile.get("login", place.name)
    folders = sorted(path for path in place.iterdir() if path.is_dir())
    repositories = tuple(repository(login, folder, described.get(folder.name, {})) for folder in folders)
    account = Account(
        login,
        bio=profile.get("bio"),
        blog=profile.get("blog", ""),
        pinned=tuple(name for name, about in described.items() if about.get("pinned")),
        pull_requests=tuple(PullRequest(name) for name in profile.get("contributions_elsewhere", ())),
    )
    return World(repositories, (account,), (Token(TOKEN, login),))


def repository(owner: str, folder: Path, about: Mapping[str, Any]) -> Repository:
    """A folder as a repository."""
    history = about.get("history", {})
    commits = tuple(
        Commit(c["summary"], f"{c['at']}T12:00:00Z", c["author"], owner, str(c["id"]))
        for c in history.get("commits", ())
    )
    return Repository(
        owner,
        folder.name,
        files_of(folder),
        commits or None,
        tags=tuple(Tag(name) for name in history.get("tags", ())),
        description=about.get("description"),
        homepage=about.get("homepage"),
        topics=tuple(about.get("topics", ())),
        parent=f"elsewhere/{folder.name}" if about.get("fork") else None,
        archived=bool(about.get("archived")),
        template=bool(about.get("template")),
    )


def files_of(folder: Path) -> dict[str, Content]:
    """What git would keep of a folder."""
    paths = sorted(path for path in folder.rglob("*") if path.is_symlink() or path.is_file())
    return {path.relative_to(folder).as_posix(): content_at(path) for path in paths if ".git" not in path.parts}


def content_at(path: Path) -> Content:
    if path.is_symlink():
        return Symlink(str(path.readlink()))
    content = path.read_bytes()
    return Executable(content) if path.stat().st_mode & 0o100 else content
