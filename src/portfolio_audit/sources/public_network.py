"""A way to the public network alone: no name, redirect or trick of writing leads to a private address.

Every name is resolved here, every address it has is checked, and the connection goes to a checked address itself, also
through a proxy, so that the name cannot mean another one by then. Above it httpcore speaks HTTP and TLS by the name.
"""

from __future__ import annotations

import socket
import ssl
from base64 import b64encode
from collections.abc import Awaitable, Callable, Iterable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import unquote, urlsplit

import anyio
import httpcore

from portfolio_audit.github.environment import proxy_for, tls_context

Resolve = Callable[[str], Awaitable[tuple[str, ...]]]
"""Gives the addresses of a name; raises NoSuchHost or OSError."""
PORTS = {"http": 80, "https": 443}
_UNICAST = ip_network("2000::/3")
_TRANSLATED = ip_network("64:ff9b::/96")
_TRIED = 4
_LONGEST_HEAD = 16_384


class NoSuchHost(Exception):
    """A name that nobody has."""


class NotPublic(Exception):
    """An address that is not contacted."""


def is_public(text: str) -> bool:
    """Whether an IP address is that of one machine of the public network; what stands inside an IPv6 one counts."""
    address = ip_address(text)
    if isinstance(address, IPv4Address):
        return address.is_global and not address.is_multicast and not address.is_reserved
    inner = _inside(address)
    return is_public(str(inner)) if inner else address.is_global and address in _UNICAST


def _inside(address: IPv6Address) -> IPv4Address | None:
    if address in _TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


async def resolve(host: str) -> tuple[str, ...]:
    """Ask the system for every address of a name; it understands also numbers such as ``2130706433``."""
    try:
        found = await anyio.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno == socket.EAI_NONAME:
            raise NoSuchHost(host) from error
        raise
    return tuple(dict.fromkeys(str(place[0]) for *_, place in found))


@dataclass(frozen=True, slots=True)
class Rules:
    """What may be contacted, and how names become addresses; other than the defaults are for tests alone."""

    resolve: Resolve = resolve
    may_contact: Callable[[str], bool] = is_public
    ports: frozenset[int] = frozenset(PORTS.values())


def connections(rules: Rules) -> httpcore.AsyncConnectionPool:
    """Connections to public addresses; a request raises NotPublic, NoSuchHost, OSError or an error of httpcore.

    None is used twice: by the time of the second request its name may mean something else.
    """
    context = tls_context()
    backend = PublicBackend(rules, context)
    return httpcore.AsyncConnectionPool(ssl_context=context, max_keepalive_connections=0, network_backend=backend)


class PublicBackend(httpcore.AsyncNetworkBackend):
    """Connects to public addresses, by the proxy that the environment names if it names one."""

    def __init__(self, rules: Rules, context: ssl.SSLContext) -> None:
        self._rules = rules
        self._context = context
        self._below = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  # httpcore's interface, as the next two
        local_address: str | None = None,  # noqa: ARG002
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first of a name's addresses that can be connected to."""
        refused: httpcore.ConnectError | httpcore.ConnectTimeout = httpcore.ConnectError(f"{host} has no address")
        for address in await self._checked(host, port):
            try:
                return await self._connect(address, host, port, timeout)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                refused = error
        raise refused

    async def _checked(self, host: str, port: int) -> tuple[str, ...]:
        """The addresses of a name, none of them private."""
        if port not in self._rules.ports:
            raise NotPublic(f"port {port} is not that of a web site")
        addresses = await self._rules.resolve(host)
        if not all(map(self._rules.may_contact, addresses)):
            raise NotPublic("it leads to a private address, which is not contacted")
        return addresses[:_TRIED]

    async def _connect(self, address: str, host: str, port: int, seconds: float | None) -> httpcore.AsyncNetworkStream:
        scheme = "https" if port == PORTS["https"] else "http"
        proxy = urlsplit(proxy_for(f"{scheme}://{host}:{port}"))
        if not proxy.hostname:
            return await self._below.connect_tcp(address, port, seconds)
        to = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
        async with AsyncExitStack() as opened:
            stream = await self._below.connect_tcp(proxy.hostname, proxy.port or PORTS[proxy.scheme], seconds)
            opened.push_async_callback(stream.aclose)
            if proxy.scheme == "https":
                stream = await stream.start_tls(self._context, proxy.hostname, seconds)
            await _tunnel(stream, to, proxy.netloc, seconds)
            opened.pop_all()
            return stream


async def _tunnel(stream: httpcore.AsyncNetworkStream, to: str, proxy: str, seconds: float | None) -> None:
    """Ask a proxy for a connection (RFC 9110 §9.3.6)."""
    user, at, _ = proxy.rpartition("@")
    login = f"Proxy-Authorization: Basic {b64encode(unquote(user).encode()).decode()}\r\n" if at else ""
    await stream.write(f"CONNECT {to} HTTP/1.1\r\nHost: {to}\r\n{login}\r\n".encode(), seconds)
    head = b""
    while b"\r\n\r\n" not in head:
        more = await stream.read(_LONGEST_HEAD, seconds)
        head += more
        if not more or len(head) > _LONGEST_HEAD:
            raise httpcore.ProxyError("the proxy sent no answer")
    status = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ")
    if status[1:2] != ["200"]:
        raise httpcore.ProxyError(f"the proxy refused: {' '.join(status[1:])[:100]}")
