"""Comments and check runs, made, changed and removed as GitHub's documentation has it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest

from github_server import GitHub, Pull, Repository, Token
from github_server.openapi import problems
from github_server_checks.conftest import CLASSIC, WORLD

OWN, HERE = "/repos/{owner}/{repo}", "/repos/ada/sales"
READER, WORKFLOW = "ghs_reader", "ghs_workflow"
Send = Callable[..., httpx.Response]


@pytest.fixture
def github(github: GitHub) -> GitHub:
    sales: Repository = replace(WORLD.repositories[0], pulls=(Pull(7, "topic", "1" * 40, "2" * 40),))
    tokens = (
        Token(READER, "github-actions[bot]", None, writes=frozenset()),
        Token(WORKFLOW, "github-actions[bot]", None),
    )
    github.world = replace(WORLD.adding(sales), tokens=(*WORLD.tokens, *tokens))
    return github


@pytest.fixture
def send(github: GitHub, client: httpx.Client) -> Send:
    def ask(method: str, path: str, body: Any = None, token: str | None = CLASSIC) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return client.request(method, f"{github.addresses.api}{path}", json=body, headers=headers)

    return ask


@pytest.mark.parametrize(
    ("there", "template", "one"),
    [
        (f"{HERE}/issues/7/comments", f"{OWN}/issues/{{issue_number}}/comments", "/issues/comments/"),
        (f"{HERE}/commits/main/comments", f"{OWN}/commits/{{commit_sha}}/comments", "/comments/"),
    ],
)
def test_the_life_of_a_comment(send: Send, there: str, template: str, one: str) -> None:
    made = send("POST", there, {"body": "One"})
    assert (made.status_code, problems(template, 201, made.json(), method="post")) == (201, [])
    own = f"{HERE}{one}{made.json()['id']}"
    changed = send("PATCH", own, {"body": "Two"})
    assert (changed.status_code, changed.json()["body"]) == (200, "Two")
    assert problems(f"{OWN}{one}{{comment_id}}", 200, changed.json(), method="patch") == []
    assert [comment["body"] for comment in send("GET", there).json()] == ["Two"]
    assert send("DELETE", own).status_code == 204
    assert (send("GET", there).json(), send("DELETE", own).status_code) == ([], 404)


def test_the_life_of_a_check_run(send: Send, github: GitHub) -> None:
    sha = github.world.repositories[-1].history[0].oid
    made = send("POST", f"{HERE}/check-runs", {"name": "audit", "head_sha": sha})
    assert (made.status_code, problems(f"{OWN}/check-runs", 201, made.json(), method="post")) == (201, [])
    done = send("PATCH", f"{HERE}/check-runs/{made.json()['id']}", {"conclusion": "neutral"})
    assert problems(f"{OWN}/check-runs/{{check_run_id}}", 200, done.json(), method="patch") == []
    listed = send("GET", f"{HERE}/commits/main/check-runs?check_name=audit").json()
    assert [(c["name"], c["conclusion"]) for c in listed["check_runs"]] == [("audit", "neutral")]


@pytest.mark.parametrize(
    ("token", "status", "message"),
    [
        (None, 401, "Requires authentication"),
        (READER, 403, "Resource not accessible by integration"),
        (WORKFLOW, 201, None),
    ],
)
def test_who_may_write(send: Send, token: str | None, status: int, message: str | None) -> None:
    reply = send("POST", f"{HERE}/issues/7/comments", {"body": "One"}, token)
    assert (reply.status_code, reply.json().get("message")) == (status, message)


def test_a_workflow_is_nobody(send: Send) -> None:
    assert send("GET", "/user", token=WORKFLOW).status_code == 403
    made = send("POST", f"{HERE}/issues/7/comments", {"body": "One"}, WORKFLOW).json()
    assert (made["user"]["login"], made["user"]["type"]) == ("github-actions[bot]", "Bot")


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/issues/8/comments", {"body": "One"}, 404),
        ("/issues/7/comments", {"body": " "}, 422),
        ("/issues/7/comments", {"body": "x" * 65_537}, 422),
        ("/issues/7/comments", [], 400),
        ("/commits/" + "9" * 40 + "/comments", {"body": "One"}, 422),
        ("/check-runs", {"name": "audit"}, 422),
    ],
)
def test_what_is_refused(send: Send, path: str, body: Any, status: int) -> None:
    assert send("POST", HERE + path, body).status_code == status


def test_pull_requests_of_a_branch(send: Send) -> None:
    def found(query: str) -> list[int]:
        return [pull["number"] for pull in send("GET", f"{HERE}/pulls?{query}").json()]

    assert (found("head=ada:topic"), found("head=ada:main"), found("state=closed")) == ([7], [], [])
