"""The page on this machine: one address, and no answers for other names."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse

import pytest

from portfolio_audit.dashboard.serving import PageServer
from portfolio_audit.errors import ReportError


@pytest.fixture
def server() -> Iterator[PageServer]:
    """A server of a small page."""
    with PageServer(b"<p>page", 0) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def ask(server: PageServer, path: str = "/", host: str = "") -> tuple[HTTPResponse, bytes]:
    """What is answered."""
    connection = HTTPConnection("127.0.0.1", server.server_port, timeout=5)
    connection.request("GET", path, headers={"Host": host} if host else {})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def test_the_page_is_served(server: PageServer) -> None:
    answer, body = ask(server)
    assert (answer.status, body) == (200, b"<p>page")
    assert answer.getheader("Content-Type") == "text/html; charset=utf-8"
    assert answer.getheader("X-Content-Type-Options") == "nosniff"


@pytest.mark.parametrize(("path", "status"), [("/favicon.ico", 204), ("/other", 404), ("/../etc/passwd", 404)])
def test_there_is_nothing_else(server: PageServer, path: str, status: int) -> None:
    answer, body = ask(server, path)
    assert (answer.status, body) == (status, b"")


def test_who_comes_by_another_name_gets_nothing(server: PageServer) -> None:
    answer, body = ask(server, host="evil.example")
    assert (answer.status, body) == (421, b"")


def test_a_port_that_is_taken_is_explained(server: PageServer) -> None:
    with pytest.raises(ReportError, match=rf"^Port {server.server_port} cannot be used .* --port"):
        PageServer(b"", server.server_port)
