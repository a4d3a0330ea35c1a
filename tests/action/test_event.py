"""What the runner says of an event."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from portfolio_audit.action.event import Event, read_event
from portfolio_audit.errors import ConfigError
from portfolio_audit.publishing import Run

A, B, C, D = ("a" * 40, "b" * 40, "c" * 40, "d" * 40)
RUNNER = {
    "GITHUB_REPOSITORY": "ada/churn",
    "GITHUB_SERVER_URL": "https://github.com/",
    "GITHUB_SHA": C,
    "GITHUB_RUN_ID": "12",
    "GITHUB_RUN_ATTEMPT": "3",
}
PLAIN = Event("push", "ada/churn", "https://github.com", Run(12, 3), C, owner="ada")


def event_of(tmp_path: Path, name: str, payload: object, **more: str) -> Event:
    path = tmp_path / "event.json"
    path.write_text(payload if isinstance(payload, str) else json.dumps(payload), encoding="utf-8")
    return read_event({**RUNNER, "GITHUB_EVENT_NAME": name, "GITHUB_EVENT_PATH": str(path), **more})


def test_a_push(tmp_path: Path) -> None:
    payload = {"before": A, "after": B, "forced": True, "commits": [{"id": D}, {"id": B}]}
    found = event_of(tmp_path, "push", payload, GITHUB_REF="refs/heads/feature/$(x)")
    expected = Event(
        "push", "ada/churn", "https://github.com", Run(12, 3), B, A, "", D, None, "ada", "feature/$(x)", is_forced=True
    )
    assert found == expected
    assert found.is_push


def test_a_tag_and_a_deleted_branch(tmp_path: Path) -> None:
    tag = event_of(tmp_path, "push", {"before": "0" * 40, "after": B}, GITHUB_REF="refs/tags/v1")
    gone = event_of(tmp_path, "push", {"before": A, "after": "0" * 40, "deleted": True}, GITHUB_REF="refs/heads/x")
    assert (tag.is_tag, tag.is_push, tag.before, tag.branch) == (True, False, "", "")
    assert (gone.is_deletion, gone.head) == (True, C)


def test_a_pull_request(tmp_path: Path) -> None:
    head = {"sha": B, "ref": "topic", "repo": {"owner": {"login": "eve"}}}
    payload = {"number": 7, "pull_request": {"head": head, "base": {"sha": A}}}
    found = event_of(tmp_path, "pull_request", payload, GITHUB_REF="refs/pull/7/merge")
    assert (found.head, found.base, found.pull, found.owner, found.branch) == (B, A, 7, "eve", "topic")
    assert found.is_pull


def test_the_second_step_for_forks(tmp_path: Path) -> None:
    inner = {"head_sha": B, "head_branch": "topic", "head_repository": {"owner": {"login": "eve"}}}
    found = event_of(tmp_path, "workflow_run", {"workflow_run": inner}, GITHUB_REF="refs/heads/main")
    assert (found.head, found.owner, found.branch, found.pull) == (B, "eve", "topic", None)


@pytest.mark.parametrize(
    "payload",
    [
        {},
        [],
        {"before": 1, "after": "main", "commits": [1], "pull_request": "x"},
        {"after": "../../etc", "commits": {"id": A}},
        {"after": "b" * 39},
    ],
)
def test_nonsense_says_nothing(tmp_path: Path, payload: object) -> None:
    assert event_of(tmp_path, "push", payload) == PLAIN


def test_no_runner_and_no_event_are_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="Elsewhere use: portfolio-audit repo"):
        read_event({})
    with pytest.raises(ConfigError, match="the event cannot be read"):
        event_of(tmp_path, "push", "{")
    with pytest.raises(ConfigError, match="GITHUB_REPOSITORY"):
        event_of(tmp_path, "push", {}, GITHUB_REPOSITORY="ada/churn/../x")


def test_without_a_file_the_variables_are_enough() -> None:
    assert read_event({**RUNNER, "GITHUB_EVENT_NAME": "push", "GITHUB_RUN_ID": "x"}).run == Run(0, 3)
