"""The GraphQL API as its documentation describes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx

from github_server import GitHub

Query = Callable[..., dict[str, Any]]


def test_a_repository_is_read_with_its_tree(query: Query) -> None:
    found = query("""{repository(owner: "ada", name: "sales") {
        description licenseInfo {spdxId} repositoryTopics(first: 9) {nodes {topic {name}}}
        object(expression: "HEAD:src") {... on Tree {entries {name path type mode object {... on Blob {text}}}}}
    }}""")
    entry = {
        "name": "train.py",
        "path": "src/train.py",
        "type": "blob",
        "mode": 33188,
        "object": {"text": "print(1)\n"},
    }
    assert found == {
        "data": {
            "repository": {
                "description": "Sales of bread",
                "licenseInfo": {"spdxId": "MIT"},
                "repositoryTopics": {"nodes": [{"topic": {"name": "ml"}}]},
                "object": {"entries": [entry]},
            }
        }
    }


def test_an_unknown_repository_leaves_the_others_readable(query: Query) -> None:
    found = query('{a: repository(owner: "ada", name: "no") {name} b: repository(owner: "ada", name: "old") {name}}')
    assert found["data"] == {"a": None, "b": {"name": "new"}}
    assert found["errors"] == [
        {
            "type": "NOT_FOUND",
            "path": ["a"],
            "locations": [{"line": 1, "column": 2}],
            "message": "Could not resolve to a Repository with the name 'ada/no'.",
        }
    ]


def test_a_field_that_does_not_exist_is_refused(query: Query) -> None:
    found = query("{viewer {shoeSize}}")
    assert found["errors"][0]["message"] == "Field 'shoeSize' doesn't exist on type 'User'"
    assert found["errors"][0]["extensions"]["code"] == "undefinedField"


def test_connections_need_a_size(query: Query) -> None:
    found = query("{viewer {repositories {totalCount}}}")
    assert [(e["type"], e["path"]) for e in found["errors"]] == [
        ("MISSING_PAGINATION_BOUNDARIES", ["viewer", "repositories"])
    ]


def test_pages_go_on_from_a_cursor(query: Query) -> None:
    text = "query($after: String) {viewer {repositories(first: 3, after: $after) {nodes {name} pageInfo {endCursor}}}}"
    first = query(text)["data"]["viewer"]["repositories"]
    second = query(text, after=first["pageInfo"]["endCursor"])["data"]["viewer"]["repositories"]
    assert [r["name"] for r in first["nodes"] + second["nodes"]] == ["sales", "secret", "empty", "new"]


def test_there_is_no_graphql_without_a_token(github: GitHub, client: httpx.Client) -> None:
    reply = client.post(github.addresses.graphql, json={"query": "{viewer {login}}"})
    assert (reply.status_code, reply.json()["message"]) == (401, "This endpoint requires you to be authenticated.")


def test_points_are_counted(query: Query, github: GitHub) -> None:
    found = query(
        '{viewer {repositories(first: 50) {nodes {refs(refPrefix: "refs/tags/", first: 10) {totalCount}}}} '
        "rateLimit {cost nodeCount remaining}}"
    )
    assert found["data"]["rateLimit"] == {"cost": 1, "nodeCount": 550, "remaining": 4999}
    assert github.log.counted("graphql") == 1
