"""What GraphQL says of git's objects, of happenings, and of owners."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from github_server import Account, GitHub, Repository, World
from github_server_checks.conftest import WORLD
from github_server_checks.test_openapi import BUSY, PERSON

Query = Callable[..., dict[str, Any]]
BIG = "x" * (600 * 1024)
FILES = Repository("ada", "files", {"text.md": "Größe\n", "photo.bin": b"\x89\0", "big.txt": BIG})
HEAD = BUSY.history[0].oid


@pytest.fixture
def github(github_server: Callable[..., GitHub]) -> GitHub:
    others = tuple(a for a in WORLD.accounts if a.login != "ada")
    return github_server(replace(WORLD.adding(BUSY, FILES), accounts=(PERSON, *others)))


@pytest.fixture
def busy(query: Query) -> Callable[[str], Any]:
    """Ask for fields of the repository ada/busy."""

    def ask(fields: str) -> Any:
        found = query('{repository(owner: "ada", name: "busy") {%s}}' % fields)  # noqa: UP031
        assert "errors" not in found
        return found["data"]["repository"]

    return ask


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("text.md", {"text": "Größe\n", "isBinary": False, "isTruncated": False, "byteSize": 8}),
        ("photo.bin", {"text": None, "isBinary": True, "isTruncated": False, "byteSize": 2}),
        ("big.txt", {"text": "x" * 512 * 1024, "isBinary": False, "isTruncated": True, "byteSize": 600 * 1024}),
    ],
)
def test_a_blob_has_text_unless_it_is_binary_and_no_more_than_half_a_megabyte(
    query: Query, path: str, expected: dict[str, Any]
) -> None:
    fields = "object(expression: $at) {... on Blob {text isBinary isTruncated byteSize}}"
    text = 'query($at: String!) {repository(owner: "ada", name: "files") {%s}}' % fields  # noqa: UP031
    assert query(text, at=f"main:{path}")["data"]["repository"]["object"] == expected


def test_an_annotated_tag_stands_before_its_commit(busy: Callable[[str], Any]) -> None:
    found = busy("""refs(refPrefix: "refs/tags/", first: 9) {nodes {
        name prefix target {__typename ... on Tag {message target {oid}} ... on Commit {oid}}}}""")
    first, second = found["refs"]["nodes"]
    tag = {"__typename": "Tag", "message": "One", "target": {"oid": BUSY.history[1].oid}}
    assert first == {"name": "v1", "prefix": "refs/tags/", "target": tag}
    assert second["target"] == {"__typename": "Commit", "oid": HEAD}


def test_history_goes_back_from_the_commit(busy: Callable[[str], Any]) -> None:
    found = busy("""object(expression: "HEAD") {... on Commit {
        history(first: 9) {totalCount nodes {messageHeadline author {name user {login}}}}}}""")
    assert found["object"]["history"] == {
        "totalCount": 2,
        "nodes": [
            {"messageHeadline": "Second", "author": {"name": "Ada Byron", "user": {"login": "ada"}}},
            {"messageHeadline": "First", "author": {"name": "Ada Byron", "user": None}},
        ],
    }


def test_an_empty_repository_has_no_branch(query: Query) -> None:
    found = query(
        '{repository(owner: "ada", name: "empty") {isEmpty defaultBranchRef {name} object(expression: "HEAD") {id}}}'
    )
    assert found == {"data": {"repository": {"isEmpty": True, "defaultBranchRef": None, "object": None}}}


def test_a_submodule_is_an_entry_without_an_object(busy: Callable[[str], Any]) -> None:
    found = busy('object(expression: "HEAD:") {... on Tree {entries {name type mode object {id} submodule {gitUrl}}}}')
    entry = next(e for e in found["object"]["entries"] if e["name"] == "lib")
    url = "https://github.com/x/lib.git"
    assert entry == {"name": "lib", "type": "commit", "mode": 0o160000, "object": None, "submodule": {"gitUrl": url}}


def test_checks_and_statuses_together_are_as_bad_as_the_worst(busy: Callable[[str], Any]) -> None:
    found = busy("""object(expression: "HEAD") {... on Commit {statusCheckRollup {state contexts(first: 9) {nodes {
        __typename ... on CheckRun {name status conclusion checkSuite {workflowRun {event workflow {name}}}}
        ... on StatusContext {context state}}}}}}""")
    run = {"workflowRun": {"event": "push", "workflow": {"name": "CI"}}}
    kind = {"__typename": "CheckRun", "checkSuite": run}
    rollup = found["object"]["statusCheckRollup"]
    assert rollup["state"] == "FAILURE"
    assert rollup["contexts"]["nodes"] == [
        {**kind, "name": "test", "status": "COMPLETED", "conclusion": "SUCCESS"},
        {**kind, "name": "lint", "status": "IN_PROGRESS", "conclusion": None},
        {"__typename": "StatusContext", "context": "ci/elsewhere", "state": "FAILURE"},
    ]


def test_deployments_are_oldest_first_and_know_how_they_stand(busy: Callable[[str], Any]) -> None:
    found = busy("deployments(last: 9) {nodes {environment state latestStatus {state environmentUrl}}}")
    live = {"state": "SUCCESS", "environmentUrl": "https://sales.example"}
    assert found["deployments"]["nodes"] == [
        {"environment": "production", "state": "ACTIVE", "latestStatus": live},
        {"environment": "preview", "state": "PENDING", "latestStatus": None},
    ]


def test_drafts_are_shown_to_the_owner_only_and_are_never_the_latest(busy: Callable[[str], Any]) -> None:
    found = busy("releases(first: 9) {nodes {tagName isDraft publishedAt}} latestRelease {tagName isLatest}")
    assert {(r["tagName"], r["isDraft"]) for r in found["releases"]["nodes"]} == {("v2", False), ("v3", True)}
    assert found["latestRelease"] == {"tagName": "v2", "isLatest": True}


def test_what_a_repository_was_forked_from(busy: Callable[[str], Any]) -> None:
    assert busy("isFork parent {nameWithOwner description}") == {
        "isFork": True,
        "parent": {"nameWithOwner": "ada/sales", "description": "Sales of bread"},
    }


def test_a_profile_shows_pins_pull_requests_and_accounts(query: Query) -> None:
    found = query("""{user(login: "ada") {
        websiteUrl pinnedItems(first: 6, types: REPOSITORY) {nodes {... on Repository {name}}}
        pullRequests(first: 9, states: MERGED) {nodes {repository {nameWithOwner owner {login}}}}
        socialAccounts(first: 9) {nodes {provider url}}}}""")
    assert found["data"]["user"] == {
        "websiteUrl": "https://ada.example",
        "pinnedItems": {"nodes": [{"name": "sales"}]},
        "pullRequests": {"nodes": [{"repository": {"nameWithOwner": "x/y", "owner": {"login": "x"}}}]},
        "socialAccounts": {
            "nodes": [
                {"provider": "LINKEDIN", "url": "https://www.linkedin.com/in/ada"},
                {"provider": "GENERIC", "url": "https://ada.example"},
            ]
        },
    }


@pytest.mark.parametrize(
    ("words", "names"),
    [("author:ada is:pr is:merged", ["x/y"]), ("author:ada -user:x", ["z/z"]), ("author:nobody", [])],
)
def test_search_finds_pull_requests(query: Query, words: str, names: list[str]) -> None:
    text = """query($q: String!) {search(query: $q, type: ISSUE, first: 9) {
        issueCount nodes {... on PullRequest {repository {nameWithOwner}}}}}"""
    found = query(text, q=words)["data"]["search"]
    assert (found["issueCount"], [n["repository"]["nameWithOwner"] for n in found["nodes"]]) == (len(names), names)


def test_repositories_can_be_chosen_and_ordered(query: Query) -> None:
    found = query("""{user(login: "ada") {repositories(
        first: 9, isFork: false, privacy: PUBLIC, ownerAffiliations: OWNER, orderBy: {field: NAME, direction: DESC}
    ) {totalCount nodes {name}}}}""")
    names = ["sales", "new", "files", "empty"]
    assert found["data"]["user"]["repositories"] == {"totalCount": 4, "nodes": [{"name": name} for name in names]}


def test_things_are_found_by_their_global_ids(query: Query) -> None:
    text = "query($ids: [ID!]!) {nodes(ids: $ids) {... on Repository {name} ... on Organization {login}}}"
    acme = Account("acme", "Organization")
    found = query(text, ids=[BUSY.node_id, acme.node_id, "nonsense"])
    assert found["data"]["nodes"] == [{"name": "busy"}, {"login": "acme"}, None]
    assert found["errors"][0]["message"] == "Could not resolve to a node with the global id of 'nonsense'."
    many = query(text, ids=["x"] * 101)
    assert many["errors"][0]["type"] == "ARGUMENT_LIMIT"


@pytest.mark.parametrize(
    ("kind", "login", "word"), [("user", "acme", "a User"), ("organization", "ada", "an Organization")]
)
def test_users_are_no_organisations(query: Query, kind: str, login: str, word: str) -> None:
    error = query(f'{{{kind}(login: "{login}") {{login}}}}')["errors"][0]
    assert (error["type"], error["message"]) == (
        "NOT_FOUND",
        f"Could not resolve to {word} with the login of '{login}'.",
    )


def test_what_nobody_taught_the_server_is_said_aloud(query: Query) -> None:
    error = query("{viewer {bioHTML}}")["errors"][0]
    assert (error["type"], "does not know it yet" in error["message"]) == ("NOT_EMULATED", True)


def test_a_private_repository_is_not_there_for_others(
    github_server: Callable[..., GitHub], query: Query, github: GitHub
) -> None:
    github.world = World((Repository("bob", "secret", {"a": ""}, private=True),), WORLD.accounts, WORLD.tokens)
    assert query('{repository(owner: "bob", name: "secret") {name}}')["errors"][0]["type"] == "NOT_FOUND"
