"""The way out: HTTP/2 where it is spoken, the usual proxy and certificate variables, and nowhere it should not go."""

from __future__ import annotations

import httpx

from portfolio_audit.github.addresses import Addresses, is_loopback
from portfolio_audit.github.environment import proxy_for, tls_context

_CONNECTIONS = httpx.Limits(max_connections=16, max_keepalive_connections=16)


class Network(httpx.AsyncBaseTransport):
    """Sends requests directly or by the proxy that the environment names; raises ConfigError when made, not later.

    What a reply redirects to must be under https, or on the host of one of the known addresses; where one of those is
    on this machine without TLS, another port of this machine is as good.
    """

    def __init__(self, addresses: Addresses) -> None:
        known = (addresses.api, addresses.graphql, addresses.raw, addresses.archive, addresses.web)
        self._origins = {_origin(httpx.URL(address)) for address in known if address}
        self._is_here = any(scheme == "http" and is_loopback(host) for scheme, host, _ in self._origins)
        self._context = tls_context()
        self._proxies = {_origin(httpx.URL(address)): proxy_for(address) for address in known if address}
        self._ways: dict[str, httpx.AsyncHTTPTransport] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request; raises httpx.UnsupportedProtocol for where it should not go."""
        if request.url.scheme != "https" and not self._may_be_plain(request.url):
            raise httpx.UnsupportedProtocol(f"a redirect to {request.url.scheme}://{request.url.host} is not followed")
        return await self._way(request.url).handle_async_request(request)

    def _may_be_plain(self, url: httpx.URL) -> bool:
        return _origin(url) in self._origins or (self._is_here and is_loopback(url.host))

    def _way(self, url: httpx.URL) -> httpx.AsyncHTTPTransport:
        origin = _origin(url)
        if origin not in self._proxies:
            self._proxies[origin] = proxy_for(str(url))
        proxy = self._proxies[origin]
        if proxy not in self._ways:
            self._ways[proxy] = httpx.AsyncHTTPTransport(
                verify=self._context, http2=True, limits=_CONNECTIONS, proxy=proxy or None
            )
        return self._ways[proxy]

    async def aclose(self) -> None:
        """Close every connection."""
        for way in self._ways.values():
            await way.aclose()


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return (url.scheme, url.host, url.port)
