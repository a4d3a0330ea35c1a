"""What happens around a repository's files: releases, deployments, checks and workflow runs."""

from __future__ import annotations

from dataclasses import dataclass

THEN = "2026-03-05T08:00:00Z"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file attached to a release."""

    name: str
    size: int = 1024
    downloads: int = 0


@dataclass(frozen=True, slots=True)
class Release:
    """A release; drafts are shown only to those who may push."""

    tag: str
    name: str | None = None
    body: str | None = None
    draft: bool = False
    prerelease: bool = False
    at: str = THEN
    assets: tuple[Asset, ...] = ()


@dataclass(frozen=True, slots=True)
class DeploymentStatus:
    """How a deployment stood at a time; states in lower case, as REST writes them."""

    state: str = "success"
    environment_url: str = ""
    description: str = ""
    at: str = THEN


@dataclass(frozen=True, slots=True)
class Deployment:
    """A deployment of the newest commit, its statuses newest first."""

    environment: str = "production"
    statuses: tuple[DeploymentStatus, ...] = (DeploymentStatus(),)
    description: str | None = None
    task: str = "deploy"
    ref: str = "main"
    at: str = THEN


@dataclass(frozen=True, slots=True)
class Check:
    """A check run on the newest commit, made by a job of a workflow."""

    name: str
    conclusion: str | None = "success"
    workflow: str = "CI"
    at: str = THEN

    @property
    def status(self) -> str:
        return "completed" if self.conclusion else "in_progress"


@dataclass(frozen=True, slots=True)
class Status:
    """A commit status on the newest commit, as services outside GitHub leave them."""

    context: str
    state: str = "success"
    description: str = ""
    target_url: str = ""
    at: str = THEN


@dataclass(frozen=True, slots=True)
class Pull:
    """A pull request between two branches; ``head_repository`` is named if it comes from a fork."""

    number: int
    head: str
    head_sha: str
    base_sha: str
    base: str = "main"
    state: str = "open"
    title: str = "Improve it"
    head_repository: str = ""
    at: str = THEN


@dataclass(frozen=True, slots=True)
class Run:
    """A run of a workflow on the newest commit."""

    workflow: str = "CI"
    path: str = ".github/workflows/ci.yml"
    event: str = "push"
    conclusion: str | None = "success"
    number: int = 1
    at: str = THEN

    @property
    def status(self) -> str:
        return "completed" if self.conclusion else "in_progress"
