"""Both clients leave this machine by the same way."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from threading import Thread

import anyio
import httpx
import pytest

from portfolio_audit.errors import ConfigError, SourceError
from portfolio_audit.github.addresses import Addresses, addresses_of
from portfolio_audit.github.faults import Reader
from portfolio_audit.github.network import Network
from portfolio_audit.github.typed import ask, connect

SERVER = addresses_of({}, api_url="https://git.example")


@dataclass
class Proxy:
    """A proxy that refuses everybody, and remembers whom."""

    asked: list[str] = field(default_factory=list)

    def serve(self, server: socket.socket) -> None:
        """Refuse one client."""
        connection, _ = server.accept()
        with connection:
            self.asked.append(connection.recv(4096).decode().split(" HTTP", 1)[0])
            connection.sendall(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n")


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Proxy]:
    for name in ("HTTPS_PROXY", "NO_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    played = Proxy()
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        monkeypatch.setenv("HTTPS_PROXY", f"127.0.0.1:{server.getsockname()[1]}")
        thread = Thread(target=played.serve, args=(server,), daemon=True)
        thread.start()
        yield played
        thread.join(5)


def by_httpx() -> None:
    async def read() -> None:
        async with httpx.AsyncClient(transport=Network(SERVER)) as http:
            await http.get(f"{SERVER.api}/user")

    anyio.run(read)


def by_pygithub() -> None:
    reader = Reader(SERVER, None)
    with connect(reader) as hub:
        ask(reader, "git.example", hub.get_rate_limit)


@pytest.mark.parametrize("read", [by_httpx, by_pygithub])
def test_every_client_asks_the_proxy(proxy: Proxy, read: Callable[[], None]) -> None:
    with pytest.raises((httpx.ProxyError, SourceError)):
        read()
    assert proxy.asked == ["CONNECT git.example:443"]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("HTTPS_PROXY", "socks5://proxy.corp:1080", "only http:// and https:// proxies can"),
        ("SSL_CERT_FILE", "/nowhere.pem", "SSL_CERT_FILE names /nowhere.pem, which is not there"),
    ],
)
@pytest.mark.parametrize("read", [by_httpx, by_pygithub])
def test_what_cannot_be_used_is_told_before_anything_is_sent(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str, read: Callable[[], None]
) -> None:
    monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError, match=words):
        read()


def test_only_known_addresses_are_reached_without_tls() -> None:
    async def read() -> None:
        async with httpx.AsyncClient(transport=Network(Addresses())) as http:
            await http.get("http://127.0.0.1/")

    with pytest.raises(httpx.UnsupportedProtocol, match=r"a redirect to http://127\.0\.0\.1 is not followed"):
        anyio.run(read)


def test_another_port_of_this_machine_is_as_good_where_the_api_is_on_it() -> None:
    async def read() -> None:
        async with httpx.AsyncClient(transport=Network(Addresses("http://127.0.0.1:9"))) as http:
            await http.get("http://127.0.0.1:1/")

    with pytest.raises(httpx.ConnectError):
        anyio.run(read)
