"""What happened on GitHub: the event that started a workflow, read from what the runner says of it.

Source: "Webhook events and payloads" and "Events that trigger workflows" in GitHub's documentation. Everything in it
may be chosen by whoever pushes: names are only compared and shown, ids must look like ids.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import orjson

from portfolio_audit.errors import ConfigError
from portfolio_audit.publishing.marker import Run

_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_NAME = re.compile(r"[\w.-]{1,100}/[\w.-]{1,100}")
_MOST_BYTES = 32 * 1024 * 1024
_NO_COMMIT = re.compile(r"0+")
Payload = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Event:
    """What started the run; commits are full ids, empty where there are none.

    ``pull`` is the number of the pull request, ``branch`` and ``owner`` say where its head, or the pushed branch, is.
    ``earliest`` is the first of the commits that were pushed.
    """

    name: str
    repository: str
    web: str
    run: Run
    head: str
    before: str = ""
    base: str = ""
    earliest: str = ""
    pull: int | None = None
    owner: str = ""
    branch: str = ""
    is_tag: bool = False
    is_deletion: bool = False
    is_forced: bool = False

    @property
    def is_push(self) -> bool:
        """Whether a branch was pushed."""
        return self.name == "push" and not self.is_tag

    @property
    def is_pull(self) -> bool:
        """Whether it is about a pull request."""
        return self.name in {"pull_request", "pull_request_target"} and self.pull is not None


def read_event(environment: Mapping[str, str]) -> Event:
    """The event as the runner's variables and file describe it; raises ConfigError where there is no runner."""
    name, repository = environment.get("GITHUB_EVENT_NAME", ""), environment.get("GITHUB_REPOSITORY", "")
    if not name or not _NAME.fullmatch(repository):
        raise ConfigError(
            "This is for a workflow of GitHub Actions, whose runner sets GITHUB_EVENT_NAME and GITHUB_REPOSITORY. "
            "Elsewhere use: portfolio-audit repo ."
        )
    payload = _payload(environment.get("GITHUB_EVENT_PATH", ""))
    ref = environment.get("GITHUB_REF", "")
    web = environment.get("GITHUB_SERVER_URL", "https://github.com").rstrip("/")
    head, is_tag = _commit(environment.get("GITHUB_SHA")), ref.startswith("refs/tags/")
    plain = Event(name, repository, web, run_of(environment), head, is_tag=is_tag)
    return _of_pull(plain, payload) or _of_run(plain, payload) or _of_push(plain, payload, ref)


def run_of(environment: Mapping[str, str]) -> Run:
    """Which run of a workflow this is; none, outside of workflows."""
    return Run(_digits(environment.get("GITHUB_RUN_ID")), _digits(environment.get("GITHUB_RUN_ATTEMPT")))


def _of_pull(event: Event, payload: Payload) -> Event | None:
    pull = _inside(payload, "pull_request")
    if not pull or event.name not in {"pull_request", "pull_request_target"}:
        return None
    head, number = _inside(pull, "head"), payload.get("number", pull.get("number"))
    return replace(
        event,
        head=_commit(head.get("sha")) or event.head,
        base=_commit(_inside(pull, "base").get("sha")),
        pull=number if isinstance(number, int) and number > 0 else None,
        owner=_owner(_inside(head, "repo")),
        branch=_text(head.get("ref")),
    )


def _of_run(event: Event, payload: Payload) -> Event | None:
    """The second step for forks: another workflow has run on this commit of this branch."""
    run = _inside(payload, "workflow_run")
    if not run or event.name != "workflow_run":
        return None
    return replace(
        event,
        head=_commit(run.get("head_sha")),
        owner=_owner(_inside(run, "head_repository")),
        branch=_text(run.get("head_branch")),
    )


def _of_push(event: Event, payload: Payload, ref: str) -> Event:
    commits = payload.get("commits")
    first = commits[0] if isinstance(commits, list) and commits else {}
    return replace(
        event,
        head=_commit(payload.get("after")) or event.head,
        before=_commit(payload.get("before")),
        earliest=_commit(first.get("id")) if isinstance(first, dict) else "",
        owner=event.repository.partition("/")[0],
        branch=ref.removeprefix("refs/heads/") if ref.startswith("refs/heads/") else "",
        is_deletion=payload.get("deleted") is True,
        is_forced=payload.get("forced") is True,
    )


def _payload(path: str) -> Payload:
    """What the file of the event says; nothing, if there is none."""
    if not path:
        return {}
    try:
        with Path(path).open("rb") as file:
            found: object = orjson.loads(file.read(_MOST_BYTES))
    except (OSError, ValueError) as error:
        raise ConfigError(f"GITHUB_EVENT_PATH: the event cannot be read ({error}).") from error
    return found if isinstance(found, dict) else {}


def _inside(payload: Payload, key: str) -> Payload:
    found = payload.get(key)
    return found if isinstance(found, dict) else {}


def _owner(repository: Payload) -> str:
    return _text(_inside(repository, "owner").get("login"))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _commit(value: object) -> str:
    text = _text(value)
    return text if _COMMIT.fullmatch(text) and not _NO_COMMIT.fullmatch(text) else ""


def _digits(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdecimal() and len(value) < 16 else 0  # noqa: PLR2004
