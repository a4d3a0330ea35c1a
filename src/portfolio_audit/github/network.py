"""The way out: HTTP/2 where it is spoken, the usual proxy and certificate variables, and nowhere it should not go."""

from __future__ import annotations

import os
import ssl
from urllib.request import getproxies, proxy_bypass

import certifi
import httpx

from portfolio_audit.github.addresses import Addresses

_CONNECTIONS = httpx.Limits(max_connections=16, max_keepalive_connections=16)
_FILES = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


class Network(httpx.AsyncBaseTransport):
    """Sends requests directly or by the proxy that ``HTTPS_PROXY``, ``HTTP_PROXY``, ``ALL_PROXY``, ``NO_PROXY`` name.

    What a reply redirects to must be under https, or on the host of one of the known addresses.
    """

    def __init__(self, addresses: Addresses) -> None:
        known = (addresses.api, addresses.graphql, addresses.raw, addresses.archive, addresses.web)
        self._origins = {_origin(httpx.URL(address)) for address in known if address}
        self._context = _certificates()
        self._proxies = getproxies()
        self._ways: dict[str, httpx.AsyncHTTPTransport] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request; raises httpx.UnsupportedProtocol for where it should not go."""
        if request.url.scheme != "https" and _origin(request.url) not in self._origins:
            raise httpx.UnsupportedProtocol(f"a redirect to {request.url.scheme}://{request.url.host} is not followed")
        return await self._way(request.url).handle_async_request(request)

    def _way(self, url: httpx.URL) -> httpx.AsyncHTTPTransport:
        proxy = self._proxies.get(url.scheme) or self._proxies.get("all") or ""
        if proxy and proxy_bypass(url.host):
            proxy = ""
        if proxy not in self._ways:
            self._ways[proxy] = httpx.AsyncHTTPTransport(
                verify=self._context, http2=True, limits=_CONNECTIONS, proxy=proxy or None
            )
        return self._ways[proxy]

    async def aclose(self) -> None:
        """Close every connection."""
        for way in self._ways.values():
            await way.aclose()


def _certificates() -> ssl.SSLContext:
    """Who is trusted: the bundle or folder that the variables name, else certifi's."""
    file = next((os.environ[name] for name in _FILES if os.environ.get(name)), None)
    folder = os.environ.get("SSL_CERT_DIR") or None
    if file is None and folder is None:
        file = certifi.where()
    return ssl.create_default_context(cafile=file, capath=folder)


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return (url.scheme, url.host, url.port)
