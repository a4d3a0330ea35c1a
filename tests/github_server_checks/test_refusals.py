"""What GitHub does not show, and how it says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest

from github_server import Account, GitHub, Repository, Token, World
from github_server_checks.conftest import CLASSIC, FINE, Ask

FILES = {"README.md": "# A\n"}
ACME = Account("acme", "Organization", members=("ada",), enforces_sso=True)
WORLD = World(
    (
        Repository("ada", "private", FILES, private=True),
        Repository("ada", "empty"),
        Repository("ada", "taken-down", FILES, blocked=True),
        Repository("ada", "disabled", FILES, disabled=True),
        Repository("acme", "inner", FILES),
        Repository("banned", "hidden", FILES),
    ),
    (ACME, Account("banned", suspended=True)),
    (
        Token(CLASSIC, "ada"),
        Token("authorised", "ada", sso=("acme",)),
        Token("small", "ada", scopes=()),
        Token("banned", "banned"),
        Token(FINE, "ada", None, frozenset({"metadata"}), ("ada/private",)),
    ),
)


@pytest.fixture
def github(github_server: Callable[..., GitHub]) -> GitHub:
    return github_server(WORLD)


@pytest.mark.parametrize(
    ("path", "status", "message"),
    [
        ("/repos/ada/empty/git/trees/main", 409, "Git Repository is empty."),
        ("/repos/ada/empty/commits", 409, "Git Repository is empty."),
        ("/repos/ada/empty/contents", 404, "This repository is empty."),
        ("/repos/ada/taken-down", 451, "Repository access blocked"),
        ("/repos/ada/disabled", 403, "Repository access blocked"),
        ("/repos/banned/hidden", 404, "Not Found"),
        ("/users/banned", 404, "Not Found"),
        ("/repos/acme/inner/commits/none", 422, "No commit found for SHA: none"),
    ],
)
def test_the_reason_is_in_the_status_and_the_message(get: Ask, path: str, status: int, message: str) -> None:
    reply = get("/api" + path)
    assert (reply.status_code, reply.json()["message"]) == (status, message)


def test_a_suspended_account_may_not_ask(get: Ask) -> None:
    reply = get("/api/user", "banned")
    assert (reply.status_code, reply.json()["message"]) == (403, "Sorry. Your account was suspended")


def test_nobody_asks_without_saying_who_they_are(github: GitHub) -> None:
    with httpx.Client(trust_env=False, verify=False) as client:  # noqa: S501
        del client.headers["User-Agent"]
        reply = client.get(github.addresses.api + "/rate_limit")
    assert (reply.status_code, "User-Agent" in reply.json()["message"]) == (403, True)


def test_an_organisation_may_want_single_sign_on(get: Ask) -> None:
    reply = get("/api/repos/acme/inner", CLASSIC)
    assert (reply.status_code, "SAML" in reply.json()["message"]) == (403, True)
    assert reply.headers["x-github-sso"].startswith("required; url=https://github.com/orgs/acme/sso?")
    assert get("/api/repos/acme/inner", "authorised").status_code == 200
    assert get("/api/repos/acme/inner").status_code == 200


def test_a_listing_says_whose_repositories_it_leaves_out(get: Ask) -> None:
    reply = get("/api/user/repos", CLASSIC)
    assert "acme/inner" not in [r["full_name"] for r in reply.json()]
    assert reply.headers["x-github-sso"] == f"partial-results; organizations={ACME.id}"


def test_a_fine_grained_token_reads_what_it_has_permissions_for(get: Ask) -> None:
    assert get("/api/repos/ada/private", FINE).status_code == 200
    reply = get("/api/repos/ada/private/commits", FINE)
    assert (reply.status_code, reply.json()["message"]) == (403, "Resource not accessible by personal access token")
    assert reply.headers["x-accepted-github-permissions"] == "contents=read"


@pytest.mark.parametrize("token", [FINE, "small"])
def test_without_the_scope_repo_private_repositories_do_not_exist(get: Ask, github: GitHub, token: str) -> None:
    other = Repository("ada", "other", FILES, private=True)
    github.world = replace(WORLD, repositories=(*WORLD.repositories, other))
    assert get("/api/repos/ada/other", token).status_code == 404


def test_graphql_says_it_beside_the_data(query: Callable[..., dict[str, Any]]) -> None:
    text = "{%s}" % " ".join(  # noqa: UP031
        f'r{n}: repository(owner: "{r.owner}", name: "{r.name}") {{name}}' for n, r in enumerate(WORLD.repositories)
    )
    found = query(text)
    assert [name for name, value in found["data"].items() if value] == ["r0", "r1", "r3"]
    assert [(e["path"], e["type"], e.get("extensions")) for e in found["errors"]] == [
        (["r2"], "FORBIDDEN", None),
        (["r4"], "FORBIDDEN", {"saml_failure": True}),
        (["r5"], "NOT_FOUND", None),
    ]


def test_graphql_keeps_fields_from_a_fine_grained_token(query: Callable[..., dict[str, Any]]) -> None:
    found = query('{repository(owner: "ada", name: "private") {name deployments(first: 1) {totalCount}}}', FINE)
    error = found["errors"][0]
    assert (error["type"], error["path"]) == ("FORBIDDEN", ["repository", "deployments"])
    assert error["message"] == "Resource not accessible by personal access token"


def test_graphql_names_the_scope_that_is_missing(query: Callable[..., dict[str, Any]]) -> None:
    found = query('{organization(login: "acme") {login name}}', "small")
    assert [e["type"] for e in found["errors"]] == ["INSUFFICIENT_SCOPES"]
    assert "The 'name' field requires one of the following scopes: ['read:org']" in found["errors"][0]["message"]
    assert "errors" not in query('{organization(login: "acme") {login name}}')
