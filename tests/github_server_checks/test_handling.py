"""Connections, and what the server does when it is itself at fault."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import httpx
import pytest

from github_server import GitHub
from github_server.messages import Request
from github_server.outcome import Outcome
from github_server_checks.conftest import CLASSIC, WORLD, Ask


def test_a_connection_stays_open_for_the_next_request(github: GitHub, client: httpx.Client) -> None:
    ports = set()
    for _ in range(3):
        stream = client.get(f"{github.addresses.api}/users/ada").extensions["network_stream"]
        ports.add(stream.get_extra_info("client_addr"))
    assert len(ports) == 1


def test_bodies_are_compressed_for_those_who_can_unpack_them(github: GitHub, client: httpx.Client) -> None:
    url = f"{github.addresses.api}/users/ada/repos"
    with client.stream("GET", url) as reply:
        packed = b"".join(reply.iter_raw())
    plain = client.get(url, headers={"Accept-Encoding": "identity"})
    assert gzip.decompress(packed) == plain.content
    assert "content-encoding" not in plain.headers


def test_a_head_request_has_headers_only(github: GitHub, client: httpx.Client) -> None:
    reply = client.head(f"{github.addresses.api}/users/ada")
    assert (reply.status_code, reply.content, "etag" in reply.headers) == (200, b"", True)


@pytest.mark.parametrize("path", ["/api/v3/users/ada", "/api/users/ada"])
def test_the_api_is_where_github_com_and_where_enterprise_have_it(get: Ask, path: str) -> None:
    assert get(path).json()["login"] == "ada"


def test_there_is_nothing_beside_the_four_hosts(get: Ask) -> None:
    assert get("/elsewhere").status_code == 404


def test_the_log_tells_who_asked_for_what(get: Ask, github: GitHub) -> None:
    get("/api/user", CLASSIC)
    get("/api/nothing")
    assert [(e.target, e.status, e.resource, e.points, e.authorized) for e in github.log.requests()] == [
        ("GET /api/user", 200, "core", 1, True),
        ("GET /api/nothing", 404, "core", 1, False),
    ]
    github.log.clear()
    assert github.log.requests() == []


def test_the_variables_of_the_tool_lead_here(github: GitHub) -> None:
    assert github.environment["PORTFOLIO_AUDIT_API_URL"] == f"{github.base}/api"
    assert set(github.environment) == {f"PORTFOLIO_AUDIT_{n}_URL" for n in ("API", "GRAPHQL", "RAW", "ARCHIVE")}


def test_a_failure_of_the_server_itself_comes_up_at_its_end(client: httpx.Client) -> None:
    def fail(_request: Request, _genuine: Callable[[], Outcome]) -> Outcome:
        raise ZeroDivisionError

    github = GitHub(WORLD).start()
    github.faults.add(fail)
    with pytest.raises(httpx.RemoteProtocolError):
        client.get(github.addresses.api)
    with pytest.raises(ZeroDivisionError):
        github.close()


def test_a_server_ends_though_clients_hold_their_connections(client: httpx.Client) -> None:
    with GitHub(WORLD) as github:
        client.get(f"{github.addresses.api}/users/ada")
    with pytest.raises(httpx.TransportError):
        client.get(f"{github.addresses.api}/users/ada")
