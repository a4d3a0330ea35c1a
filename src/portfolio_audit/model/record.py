"""What a host records of the work beside the files: releases, deployments, runs of checks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Release:
    """A published release; ``assets`` is how many files hang on it."""

    tag: str
    at: datetime
    name: str = ""
    prerelease: bool = False
    assets: int = 0


@dataclass(frozen=True, slots=True)
class Deployment:
    """A deployment to an environment.

    ``state`` is its newest status: ``success``, ``inactive`` (replaced by a newer one), ``failure``, ``error``,
    ``in_progress``, ``queued``, ``pending``, or empty when unknown. ``url`` is where it can be seen, or empty.
    """

    environment: str
    at: datetime
    state: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A check run of the newest commit of the default branch.

    ``name`` is that of the workflow, or of the check where there is none; ``event`` what started it (``push``,
    ``schedule``, …, empty when unknown); ``conclusion`` is ``success``, ``failure``, …, or empty while it runs.
    """

    name: str
    event: str = ""
    conclusion: str = ""
    at: datetime | None = None
