"""What queries cost, by the examples of GitHub's documentation as far as the kept types go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from github_server import GitHub, Settings
from github_server_checks.conftest import CLASSIC, WORLD

Query = Callable[..., dict[str, Any]]
NESTED = """query($outer: Int = 100) {
    viewer {repositories(first: $outer) {nodes {releases(first: 50) {nodes {releaseAssets(last: 60) {totalCount}}}}}}
    rateLimit {cost nodeCount}
}"""


def cost(found: dict[str, Any]) -> tuple[int, int]:
    limit = found["data"]["rateLimit"]
    return limit["cost"], limit["nodeCount"]


def test_points_are_a_hundredth_of_the_requests_a_query_stands_for(query: Query) -> None:
    assert cost(query(NESTED)) == (51, 100 + 100 * 50 + 100 * 50 * 60)
    assert cost(query(NESTED, outer=1)) == (1, 1 + 50 + 50 * 60)


def test_fragments_and_aliases_count_where_they_are_used(query: Query) -> None:
    found = query("""{
        a: repository(owner: "ada", name: "sales") {...R} b: repository(owner: "ada", name: "new") {...R}
        viewer {... on User {repositories(first: 7) {totalCount}}} rateLimit {cost nodeCount}
    } fragment R on Repository {releases(first: 10) {totalCount}}""")
    assert cost(found) == (1, 10 + 10 + 7)


def test_too_many_nodes_are_refused(query: Query) -> None:
    deep = "commit {checkSuites(first: 100) {nodes {checkRuns(first: 100) {totalCount}}}}"
    found = query("{viewer {repositories(first: 100) {nodes {deployments(first: 100) {nodes {%s}}}}}}" % deep)  # noqa: UP031
    assert [e["type"] for e in found["errors"]] == ["MAX_NODE_LIMIT_EXCEEDED"]
    assert found["errors"][0]["message"].startswith("This query requests up to 101,010,100 possible nodes")


@pytest.mark.parametrize(
    ("size", "kind"),
    [("first: 101", "EXCESSIVE_PAGINATION"), ("last: 0", "INVALID_PAGINATION"), ("", "MISSING_PAGINATION_BOUNDARIES")],
)
def test_pages_have_between_one_and_a_hundred_items(query: Query, size: str, kind: str) -> None:
    found = query("{viewer {pinnedItems%s {totalCount}}}" % (f"({size})" if size else ""))
    error = found["errors"][0]
    assert (error["type"], error["path"], error["locations"]) == (
        kind,
        ["viewer", "pinnedItems"],
        [{"line": 1, "column": 10}],
    )


def test_points_come_off_the_limit_and_at_its_end_there_is_an_error_with_status_200(
    query: Query, github: GitHub
) -> None:
    query(NESTED)
    assert github.log.counted("graphql") == 51
    github.limits.exhaust("ada", "graphql")
    assert [e["type"] for e in query("{viewer {login}}")["errors"]] == ["RATE_LIMITED"]
    assert github.log.requests("graphql")[-1].status == 200


def test_limits_of_rest_and_graphql_are_apart(query: Query, github_server: Callable[..., GitHub]) -> None:
    github = github_server(WORLD, Settings(core_limit=7, graphql_limit=9))
    assert [github.limits.window("ada", name).limit for name in ("core", "graphql", "search")] == [7, 9, 30]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("{viewer {shoeSize}}", ["query", "viewer", "shoeSize"]),
        ("query Q {viewer {a: login b: shoeSize}}", ["query Q", "viewer", "shoeSize"]),
        ("{viewer {...F}} fragment F on User {shoeSize}", ["fragment F", "shoeSize"]),
        ("{nodes(ids: []) {... on User {shoeSize}}}", ["query", "nodes", "... on User", "shoeSize"]),
    ],
)
def test_an_unknown_field_is_found_where_it_stands(query: Query, text: str, path: list[str]) -> None:
    assert query(text, CLASSIC)["errors"][0]["path"] == path


@pytest.mark.parametrize(
    "text", ["{", "query($x: Int!) {viewer {login}}", "{viewer {repositories(first: X) {totalCount}}}"]
)
def test_a_query_that_makes_no_sense_has_no_data(query: Query, text: str) -> None:
    found = query(text)
    assert found["errors"][0]["message"]
    assert not found.get("data")


def test_a_cursor_must_be_one_of_githubs(query: Query) -> None:
    error = query('{viewer {repositories(first: 1, after: "x") {totalCount}}}')["errors"][0]
    assert (error["type"], error["message"]) == (
        "INVALID_CURSOR_ARGUMENTS",
        "`x` does not appear to be a valid cursor.",
    )
