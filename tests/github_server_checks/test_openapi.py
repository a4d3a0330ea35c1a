"""Every REST reply has the form that GitHub's OpenAPI description gives it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from github_server import (
    Asset,
    Check,
    Commit,
    Deployment,
    DeploymentStatus,
    GitHub,
    Pull,
    PullRequest,
    Release,
    Repository,
    Run,
    Status,
    Submodule,
    Symlink,
    Tag,
)
from github_server.identity import database_id
from github_server.openapi import description, problems
from github_server.rest.routes import ROUTES, WRITING
from github_server.talk import FIRST
from github_server_checks.conftest import CLASSIC, FILES, WORLD, Ask

DEPLOYMENT = Deployment(statuses=(DeploymentStatus(environment_url="https://sales.example", description="Up"),))
BUSY = Repository(
    "ada",
    "busy",
    {**FILES, "lib": Submodule("1" * 40, "https://github.com/x/lib.git"), "docs/a": Symlink("nowhere")},
    (Commit("Second", login="ada"), Commit("First")),
    tags=(Tag("v1", "1", "One"), Tag("v2")),
    language="Python",
    license="other",
    parent="ada/sales",
    releases=(Release("v2", "Two", "Better", assets=(Asset("model.bin"),)), Release("v3", draft=True)),
    deployments=(DEPLOYMENT, Deployment("preview", ())),
    environments=("staging",),
    checks=(Check("test"), Check("lint", None)),
    statuses=(Status("ci/elsewhere", "failure", "Broken", "https://ci.example"),),
    pulls=(Pull(1, "topic", "1" * 40, "2" * 40), Pull(2, "fix", "1" * 40, "2" * 40, head_repository="ben/busy")),
    runs=(Run(), Run("Nightly", ".github/workflows/n.yml", "schedule", None, 7)),
)
PERSON = replace(
    WORLD.accounts[0],
    social_accounts=("https://www.linkedin.com/in/ada", "https://ada.example"),
    pull_requests=(PullRequest("x/y"), PullRequest("z/z", 2, merged_at=None)),
)
OWN = "/repos/{owner}/{repo}"
TREE = BUSY.objects.root
BLOB = next(iter(BUSY.objects.blobs))
PATHS = {
    "/rate_limit": "/rate_limit",
    "/user": "/user",
    "/meta": "/meta",
    "/user/orgs": "/user/orgs",
    "/users/{username}/orgs": "/users/ada/orgs",
    "/user/repos": "/user/repos",
    "/users/{username}": "/users/ada",
    "/users/{username}/repos": "/users/ada/repos",
    "/users/{username}/social_accounts": "/users/ada/social_accounts",
    "/orgs/{org}": "/orgs/acme",
    "/orgs/{org}/repos": "/orgs/acme/repos",
    "/search/issues": "/search/issues?q=author:ada+is:pr+is:merged",
    OWN: "/repos/ada/busy",
    OWN + "/languages": "/repos/ada/busy/languages",
    OWN + "/topics": "/repos/ada/busy/topics",
    OWN + "/git/ref/{ref}": "/repos/ada/busy/git/ref/tags/v1",
    OWN + "/branches": "/repos/ada/busy/branches",
    OWN + "/releases/latest": "/repos/ada/busy/releases/latest",
    OWN + "/git/trees/{tree_sha}": f"/repos/ada/busy/git/trees/{TREE}?recursive=1",
    OWN + "/git/blobs/{file_sha}": f"/repos/ada/busy/git/blobs/{BLOB}",
    OWN + "/contents/{path}": "/repos/ada/busy/contents/src/train.py",
    OWN + "/readme": "/repos/ada/busy/readme",
    OWN + "/commits": "/repos/ada/busy/commits",
    OWN + "/commits/{ref}": "/repos/ada/busy/commits/main",
    OWN + "/commits/{ref}/status": "/repos/ada/busy/commits/main/status",
    OWN + "/commits/{ref}/check-runs": "/repos/ada/busy/commits/main/check-runs",
    OWN + "/branches/{branch}": "/repos/ada/busy/branches/main",
    OWN + "/tags": "/repos/ada/busy/tags",
    OWN + "/releases": "/repos/ada/busy/releases",
    OWN + "/deployments": "/repos/ada/busy/deployments",
    OWN + "/deployments/{deployment_id}/statuses": "/repos/ada/busy/deployments/"
    f"{database_id('deployment', 'ada/busy', DEPLOYMENT)}/statuses",
    OWN + "/environments": "/repos/ada/busy/environments",
    OWN + "/actions/runs": "/repos/ada/busy/actions/runs",
    OWN + "/pulls": "/repos/ada/busy/pulls",
    OWN + "/pulls/{pull_number}": "/repos/ada/busy/pulls/2",
    OWN + "/issues/{issue_number}/comments": "/repos/ada/busy/issues/1/comments",
    OWN + "/issues/comments/{comment_id}": f"/repos/ada/busy/issues/comments/{FIRST}",
    OWN + "/commits/{commit_sha}/comments": "/repos/ada/busy/commits/main/comments",
    OWN + "/comments/{comment_id}": f"/repos/ada/busy/comments/{FIRST + 1}",
}
WITHOUT_BODY = {OWN + "/tarball/{ref}"}
ALIASES = {OWN + "/tarball", OWN + "/contents"}


@pytest.fixture
def github(github: GitHub) -> GitHub:
    others = tuple(a for a in WORLD.accounts if a.login != "ada")
    github.world = replace(WORLD.adding(BUSY), accounts=(PERSON, *others))
    github.talk.say("ada/busy", 1, "ada", "On a pull request")
    github.talk.say("ada/busy", BUSY.history[0].oid, "ada", "On a commit")
    return github


def test_every_path_that_is_served_is_described_and_checked() -> None:
    described = {(method, path) for path, methods in description()["paths"].items() for method in methods}
    assert {("get", path) for path in set(ROUTES) - ALIASES} | {(m.lower(), p) for m, p in WRITING} == described
    assert set(PATHS) == set(ROUTES) - ALIASES - WITHOUT_BODY


@pytest.mark.parametrize("token", [CLASSIC, None])
@pytest.mark.parametrize("template", PATHS)
def test_a_reply_has_the_published_form(get: Ask, template: str, token: str | None) -> None:
    reply = get("/api" + PATHS[template], token)
    if token is None and template.startswith("/user") and "{" not in template:
        assert reply.status_code == 401
        return
    assert reply.status_code == 200
    assert reply.json()
    assert problems(template, 200, reply.json()) == []


@pytest.mark.parametrize("path", ["", "src", "lib", "docs/a", "docs", "data/x.bin"])
def test_what_is_at_a_path_has_the_published_form(get: Ask, path: str) -> None:
    reply = get(f"/api/repos/ada/busy/contents/{path}".rstrip("/"))
    assert problems(OWN + "/contents/{path}", 200, reply.json()) == []


def test_all_kinds_of_lists_are_full_enough_to_be_checked(get: Ask) -> None:
    def lengths(path: str) -> list[int]:
        body: Any = get("/api/repos/ada/busy" + path, CLASSIC).json()
        return [len(v) for v in body.values() if isinstance(v, list)] if isinstance(body, dict) else [len(body)]

    paths = ("/releases", "/deployments", "/environments", "/actions/runs", "/commits/main/check-runs", "/tags")
    assert [lengths(path) for path in paths] == [[2], [2], [3], [2], [2], [2]]
