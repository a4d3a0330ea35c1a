"""Layers of the HTTP client: the token is added and requests are counted below the cache, which sees neither.

From the top: client, cache (hishel), :class:`Metered`, :class:`Authorized`, network. So no token is ever stored, and
what the cache answers is not counted.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from hashlib import blake2b

import httpx

from portfolio_audit.errors import RateLimited
from portfolio_audit.github.addresses import Addresses
from portfolio_audit.github.credentials import ANONYMOUS, Token
from portfolio_audit.github.faults import Reader
from portfolio_audit.github.limits import allowance_of
from portfolio_audit.github.traffic import Traffic

_NOT_MODIFIED = 304
_PARTS = frozenset({"organizations", "orgs", "rate_limit", "repos", "repositories", "search", "user", "users"})
"""How the paths begin that are asked of the API, or to which it sends us on."""


class Authorized(httpx.AsyncBaseTransport):
    """Shows the token to the API, and to nobody else."""

    def __init__(self, below: httpx.AsyncBaseTransport, addresses: Addresses, token: Token | None) -> None:
        self._below = below
        self._addresses = addresses
        self._token = token

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request."""
        request.headers.pop("authorization", None)
        if self._token and is_api(str(request.url), self._addresses):
            request.headers["authorization"] = f"Bearer {self._token.secret}"
        try:
            return await self._below.handle_async_request(request)
        finally:
            request.headers.pop("authorization", None)

    async def aclose(self) -> None:
        """Close the network."""
        await self._below.aclose()


class Metered(httpx.AsyncBaseTransport):
    """Counts requests, and refuses those over the budget.

    By GitHub's documentation a 304 is free to who is authorised, and asking for the limits is free to everybody.
    """

    def __init__(
        self,
        below: httpx.AsyncBaseTransport,
        addresses: Addresses,
        traffic: Traffic,
        *,
        authorized: bool,
        budget: int | None,
    ) -> None:
        self._below = below
        self._addresses = addresses
        self._traffic = traffic
        self._authorized = authorized
        self._budget = budget

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request."""
        counts = is_api(str(request.url), self._addresses) and not request.url.path.endswith("/rate_limit")
        if counts:
            self._take(request)
        else:
            self._traffic.free += 1
        try:
            response = await self._below.handle_async_request(request)
        except httpx.TransportError:
            self._traffic.counted -= counts
            raise
        unchanged = response.status_code == _NOT_MODIFIED
        self._traffic.unchanged += unchanged
        if unchanged and self._authorized and counts:
            self._traffic.counted -= 1
            self._traffic.free += 1
        allowance = allowance_of(response.headers) if counts else None
        if allowance:
            self._traffic.left[allowance.resource] = allowance
        if isinstance(response.stream, httpx.AsyncByteStream):
            response.stream = _Weighed(response.stream, self._traffic)
        return response

    def _take(self, request: httpx.Request) -> None:
        if self._budget is not None and self._traffic.counted >= self._budget:
            self._traffic.refused += 1
            raise BudgetSpent(request.url.path, self._budget)
        self._traffic.counted += 1

    async def aclose(self) -> None:
        """Close what is below."""
        await self._below.aclose()


class Keyed(httpx.AsyncBaseTransport):
    """Sends what the API is asked through the cache, under a key of who asks; all else goes past the cache.

    Hosts of archives and raw files are not cached here: what they serve is kept unpacked, by its id (store.py).
    """

    def __init__(self, cached: httpx.AsyncBaseTransport, direct: httpx.AsyncBaseTransport, reader: Reader) -> None:
        self._cached = cached
        self._direct = direct
        self._addresses = reader.addresses
        self._identity = reader.token.identity if reader.token else ANONYMOUS

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer from the cache, or send the request."""
        if request.method != "GET" or not is_api(str(request.url), self._addresses):
            return await self._direct.handle_async_request(request)
        key = blake2b(f"{self._identity} {request.url}".encode(), digest_size=32).hexdigest()
        request.extensions = {**request.extensions, "caching": {"key": key}}
        return await self._cached.handle_async_request(request)

    async def aclose(self) -> None:
        """Close the cache and what is below it."""
        await self._cached.aclose()


class BudgetSpent(RateLimited):
    """The user allowed no more requests."""

    def __init__(self, target: str, budget: int) -> None:
        super().__init__(
            target,
            f"the {budget} requests allowed by --max-requests are used up.",
            advice="What was read is kept: run the command again to go on from here.",
        )


class _Weighed(httpx.AsyncByteStream):
    """A body whose bytes are added up as they arrive."""

    def __init__(self, below: httpx.AsyncByteStream, traffic: Traffic) -> None:
        self._below = below
        self._traffic = traffic

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._below:
            self._traffic.received += len(chunk)
            yield chunk

    async def aclose(self) -> None:
        await self._below.aclose()


def is_api(url: str, addresses: Addresses) -> bool:
    """Whether an address belongs to the API, where requests are counted and the token is known.

    A server may have archives and raw files on the same host, below or beside the API, which are neither.
    """
    if url == addresses.graphql:
        return True
    if not url.startswith(f"{addresses.api}/"):
        return False
    first, _, _ = url[len(addresses.api) + 1 :].partition("?")[0].partition("/")
    return first in _PARTS
