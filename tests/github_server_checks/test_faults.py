"""What goes wrong when a test wishes it."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from github_server import GitHub, Settings, archives, misbehaviour
from github_server_checks.conftest import CLASSIC, WORLD, Ask

ARCHIVE = "/archive/ada/sales/tar.gz/main"


def test_a_fault_strikes_the_requests_it_was_meant_for(get: Ask, github: GitHub) -> None:
    github.faults.add(misbehaviour.status(500), "api", "/users/*", after=1, times=2)
    paths = ("/api/repos/ada/sales", *("/api/users/ada",) * 4)
    assert [get(path).status_code for path in paths] == [200, 200, 500, 500, 200]


def test_faults_come_in_the_order_they_were_added(get: Ask, github: GitHub) -> None:
    for code in (502, 503, 504):
        github.faults.add(misbehaviour.gateway(code))
    assert [get("/api/user", CLASSIC).status_code for _ in range(4)] == [502, 503, 504, 200]


def test_a_primary_limit_says_when_it_ends(get: Ask, github: GitHub) -> None:
    github.faults.add(misbehaviour.primary_limit(code=429))
    reply = get("/api/users/ada")
    assert (reply.status_code, reply.headers["x-ratelimit-remaining"]) == (429, "0")
    assert int(reply.headers["x-ratelimit-reset"]) > 0


@pytest.mark.parametrize(("wait", "expected"), [(7, "7"), (None, None)])
def test_a_secondary_limit_says_how_long_to_wait_or_not(
    get: Ask, github: GitHub, wait: int | None, expected: str | None
) -> None:
    github.faults.add(misbehaviour.secondary_limit(wait))
    reply = get("/api/users/ada")
    assert (reply.status_code, reply.headers.get("retry-after")) == (403, expected)
    assert "secondary rate limit" in reply.json()["message"]


@pytest.mark.parametrize("fault", [misbehaviour.cut_before(), misbehaviour.cut_within(10)])
@pytest.mark.parametrize("path", ["/api/users/ada", ARCHIVE])
def test_a_connection_is_cut(get: Ask, github: GitHub, path: str, fault: Any) -> None:
    github.faults.add(fault)
    with pytest.raises(httpx.RemoteProtocolError):
        get(path)
    assert get(path).status_code == 200


def test_a_slow_body_comes_whole_in_the_end(get: Ask, github: GitHub) -> None:
    whole = get(ARCHIVE).content
    github.faults.add(misbehaviour.slow_body(0.01))
    assert get(ARCHIVE).content == whole


def test_a_body_may_be_nonsense(get: Ask, github: GitHub) -> None:
    github.faults.add(misbehaviour.wrong_json())
    github.faults.add(misbehaviour.wrong_type())
    assert get("/api/users/ada").text.endswith('"viewer": ')
    assert get("/api/users/ada").headers["content-type"].startswith("text/html")


def test_a_huge_body_has_no_length_and_no_end(get: Ask, github: GitHub) -> None:
    github.faults.add(misbehaviour.huge_body(2))
    reply = get("/api/users/ada")
    assert "content-length" not in reply.headers
    assert len(reply.content) == 2 * 1024 * 1024 + 1


def test_an_archive_may_end_too_soon(get: Ask, github: GitHub) -> None:
    github.faults.add(misbehaviour.shortened())
    with pytest.raises(EOFError):
        gzip.decompress(get(ARCHIVE).content)


@pytest.mark.parametrize("content", [archives.escaping(), archives.bomb(1), archives.crowd(9)])
def test_an_archive_may_hold_anything(get: Ask, github: GitHub, content: bytes) -> None:
    github.faults.add(misbehaviour.body(content), "archive")
    assert gzip.decompress(get(ARCHIVE).content)[257:262] == b"ustar"


def test_a_truncated_archive_cannot_be_read() -> None:
    with pytest.raises(EOFError):
        gzip.decompress(archives.truncated())


def test_redirects_lead_elsewhere_or_nowhere(get: Ask, github: GitHub) -> None:
    github.faults.add(misbehaviour.redirect("https://evil.example/x"))
    github.faults.add(misbehaviour.loop())
    assert get(ARCHIVE).headers["location"] == "https://evil.example/x"
    assert get(ARCHIVE).headers["location"] == ARCHIVE


def test_a_query_may_come_back_in_part(query: Callable[..., dict[str, Any]], github: GitHub) -> None:
    github.faults.add(misbehaviour.resource_limits("b"), "graphql")
    found = query('{a: viewer {login} b: repository(owner: "ada", name: "sales") {name}}')
    message = "Resource limits for this query exceeded."
    assert found["data"] == {"a": {"login": "ada"}, "b": None}
    assert found["errors"] == [{"type": "RESOURCE_LIMITS_EXCEEDED", "path": ["b"], "message": message}]


def test_a_query_for_too_many_repositories_times_out(
    github_server: Callable[..., GitHub], client: httpx.Client
) -> None:
    github = github_server(WORLD, Settings(graphql_repositories=1))
    one = '{a: repository(owner: "ada", name: "new") {id}}'
    two = '{a: repository(owner: "ada", name: "new") {id} b: repository(owner: "ada", name: "new") {id}}'
    headers = {"Authorization": f"bearer {CLASSIC}"}
    replies = [client.post(github.addresses.graphql, json={"query": q}, headers=headers) for q in (one, two)]
    assert [reply.status_code for reply in replies] == [200, 502]
    assert replies[1].json()["errors"][0]["message"].startswith("Something went wrong while executing your query.")


def test_too_many_requests_at_once_meet_the_secondary_limit(github_server: Callable[..., GitHub]) -> None:
    github = github_server(WORLD, Settings(latency=0.1, concurrent=2))

    def ask(_number: int) -> int:
        return httpx.get(f"{github.addresses.api}/users/ada", trust_env=False, verify=False).status_code  # noqa: S501

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(ask, range(4))) == [200, 200, 403, 403]
    assert github.traffic.most_under_way["api"] > 2


def test_too_many_requests_a_minute_meet_the_secondary_limit(
    github_server: Callable[..., GitHub], client: httpx.Client
) -> None:
    github = github_server(WORLD, Settings(rest_a_minute=2))
    replies = [client.get(f"{github.addresses.api}/users/ada") for _ in range(3)]
    assert [reply.status_code for reply in replies] == [200, 200, 403]
    assert replies[2].headers["retry-after"] == "60"
