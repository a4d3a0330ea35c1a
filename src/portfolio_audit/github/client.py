"""One audit's conversation with GitHub: every request passes here, with its retries, waits, bounds and counting."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Protocol, TypeVar

import anyio
import httpx
import orjson

from portfolio_audit.errors import ArchiveError, Unreachable
from portfolio_audit.github.addresses import Addresses
from portfolio_audit.github.credentials import Token
from portfolio_audit.github.faults import Reader, Reply
from portfolio_audit.github.limits import refusal_of
from portfolio_audit.github.patience import Patience
from portfolio_audit.github.traffic import Traffic
from portfolio_audit.github.transports import is_api

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
Made = TypeVar("Made")
Made_co = TypeVar("Made_co", covariant=True)

_TRIES = 4
_REFUSALS = 5
_MIB = 1024 * 1024
_MOST_JSON = 48 * _MIB
_STARTS = 4096
_MOST_SECONDS = 60.0
_MOST_SECONDS_STREAMED = 600.0
_SERVER_ERROR = 500
_CONFIRMED = {"cache-control": "no-cache"}
"""What is kept is confirmed first (RFC 9111 §5.2.1.4): with a token that costs nothing, and who has just changed
something wants to see it."""
_AS_IT_IS = {"accept-encoding": "identity"}
_WHERE_GRAPHQL_IS = "Say where it is with PORTFOLIO_AUDIT_GRAPHQL_URL."
_JSON = {"accept": "application/vnd.github+json", "x-github-api-version": "2022-11-28"}


class Sink(Protocol[Made_co]):
    """What takes a body piece by piece and makes something of it."""

    @property
    def stopped(self) -> bool:
        """Whether it wants no more."""
        ...

    def packed_as(self, encoding: str) -> None:
        """Learn how the body is packed on its way (RFC 9110 §8.4), before its first piece."""
        ...

    def feed(self, data: bytes) -> None:
        """Take the next piece; raises ArchiveError for what it cannot understand."""
        ...

    def finish(self) -> Made_co:
        """Give what was made, at the end of the body."""
        ...


class TooMuch(Unreachable):
    """The server could not do so much in one request: ask for less."""


class Late(TooMuch):
    """There was no answer in time."""


@dataclass(frozen=True, slots=True)
class Client:
    """Reads from one GitHub; made by :func:`portfolio_audit.github.connecting.connect`.

    ``patience`` is for the API, ``file_patience`` for the hosts of archives and raw files, whose limits are others.
    """

    http: httpx.AsyncClient
    reader: Reader
    patience: Patience
    file_patience: Patience
    traffic: Traffic

    @property
    def addresses(self) -> Addresses:
        """Where the parts of this GitHub are."""
        return self.reader.addresses

    @property
    def token(self) -> Token | None:
        """Who asks."""
        return self.reader.token

    @property
    def is_limited(self) -> bool:
        """Whether a limit, GitHub's or the user's, kept us from asking something."""
        return self.patience.ended or self.file_patience.ended or self.traffic.refused > 0

    async def get(
        self,
        path: str,
        target: str,
        params: Mapping[str, str | int] | None = None,
        *,
        patience: Patience | None = None,
    ) -> Reply:
        """Ask the REST API for what is at a path (or at a whole address of a next page); raises SourceError.

        ``patience`` is for what has a limit of its own, which says nothing of the others.
        """
        url = path if path.startswith(("https://", "http://")) else f"{self.addresses.api}{path}"
        headers = {**_JSON, **_CONFIRMED} if self.token else _JSON
        request = self.http.build_request("GET", url, params=params, headers=headers)
        reply = await self._reply(request, target, patience=patience)
        if reply.status != httpx.codes.OK:
            raise self.reader.error(reply, target)
        return reply

    async def post(self, query: str, variables: Mapping[str, Json], target: str, *, divisible: bool) -> Reply:
        """Ask the GraphQL API; raises TooMuch, at once if the query is ``divisible``, else SourceError."""
        content = orjson.dumps({"query": query, "variables": variables})
        headers = {**_JSON, "content-type": "application/json"}
        request = self.http.build_request("POST", self.addresses.graphql, content=content, headers=headers)
        reply = await self._reply(request, target, divisible=divisible)
        if reply.status == httpx.codes.NOT_FOUND:
            raise Unreachable(target, f"there is no GraphQL at {self.addresses.graphql}.", advice=_WHERE_GRAPHQL_IS)
        if reply.status != httpx.codes.OK:
            raise self.reader.error(reply, target)
        return reply

    async def read(self, url: str, target: str, make: Callable[[], Sink[Made]]) -> Made:
        """Stream the bytes that arrive from an address into a sink, a new one for every try; raises SourceError.

        They are asked for as they are. Who sends them packed on the way all the same says so to the sink.
        """

        async def attempt() -> Reply | Made:
            async with self._sent(self.http.build_request("GET", url, headers=_AS_IT_IS)) as response:
                if response.status_code != httpx.codes.OK:
                    return Reply(response.status_code, response.headers, await _start(response))
                return await _fill(make(), response)

        patience = self.patience if is_api(url, self.addresses) else self.file_patience
        outcome = await self._patiently(attempt, target, seconds=_MOST_SECONDS_STREAMED, patience=patience)
        if isinstance(outcome, Reply):
            raise self.reader.error(outcome, target)
        return outcome

    async def _reply(
        self, request: httpx.Request, target: str, *, divisible: bool = False, patience: Patience | None = None
    ) -> Reply:
        async def attempt() -> Reply:
            async with self._sent(request) as response:
                return Reply(response.status_code, response.headers, await _body(response, target))

        return await self._patiently(attempt, target, divisible=divisible, patience=patience)

    @asynccontextmanager
    async def _sent(self, request: httpx.Request) -> AsyncIterator[httpx.Response]:
        response = await self.http.send(request, stream=True, follow_redirects=request.method == "GET")
        try:
            yield response
        finally:
            await response.aclose()

    async def _patiently(
        self,
        attempt: Callable[[], Awaitable[Made | Reply]],
        target: str,
        *,
        divisible: bool = False,
        seconds: float = _MOST_SECONDS,
        patience: Patience | None = None,
    ) -> Made | Reply:
        """Try until there is an answer that is neither a fault of the way nor a refusal worth waiting for."""
        tried = refused = 0
        patience = self.patience if patience is None else patience
        while True:
            await patience.turn()
            outcome = await _once(attempt, target, seconds)
            if not isinstance(outcome, Reply | Unreachable):
                return outcome
            if isinstance(outcome, Reply):
                if await _was_refused(outcome, target, refused, patience):
                    refused += 1
                    continue
                if outcome.status < _SERVER_ERROR:
                    return outcome
            fault = self._given_up(outcome, target) if isinstance(outcome, Reply) else outcome
            tried += 1
            if tried >= _TRIES or (divisible and isinstance(fault, TooMuch)):
                raise fault
            if isinstance(fault, Late):
                patience.tell_of_silence(target)
            await patience.retry(tried)

    def _given_up(self, reply: Reply, target: str) -> TooMuch:
        return TooMuch(target, self.reader.error(reply, target).reason, advice="Try again later.")


async def _was_refused(reply: Reply, target: str, refused: int, patience: Patience) -> bool:
    body = reply.body[:_STARTS].decode("utf-8", "replace")
    refusal = refusal_of(reply.status, reply.headers, body, now=patience.now, tried=refused)
    if refusal is None or refused >= _REFUSALS:
        return False
    await patience.heed(refusal, target)
    return True


async def _once(attempt: Callable[[], Awaitable[Made]], target: str, seconds: float) -> Made | Unreachable:
    """One try; what fails on the way is a value, so that it can be tried again."""
    try:
        with anyio.fail_after(seconds):
            return await attempt()
    except (TimeoutError, httpx.TimeoutException):
        return Late(target, "GitHub did not answer in time.", advice="Check the network, or try again later.")
    except ArchiveError as error:
        return Unreachable(target, f"what GitHub sent cannot be read: {error}.", advice="Try again later.")
    except httpx.TooManyRedirects as error:
        raise Unreachable(target, "GitHub sends us in circles.", advice="Try again later.") from error
    except httpx.UnsupportedProtocol as error:
        raise Unreachable(
            target, f"GitHub sends us elsewhere ({_why(error)}).", advice="Check the addresses."
        ) from error
    except httpx.HTTPError as error:
        return Unreachable(target, f"GitHub cannot be reached ({_why(error)}).", advice="Check the network and proxy.")


def _why(error: httpx.HTTPError) -> str:
    cause = str(error) or type(error).__name__
    return " ".join(cause.split())[:200]


async def _body(response: httpx.Response, target: str) -> bytes:
    """The whole body of a reply; raises Unreachable for one that is too large to be what was asked for."""
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > _MOST_JSON:
            raise Unreachable(target, f"GitHub's answer is over {_MOST_JSON // _MIB} MiB.", advice="Try again later.")
    return bytes(body)


async def _fill(sink: Sink[Made], response: httpx.Response) -> Made:
    """What a sink makes of a body, of which no more is taken than it wants."""
    sink.packed_as(response.headers.get("content-encoding", "").strip().lower())
    async for chunk in response.aiter_raw():
        sink.feed(chunk)
        if sink.stopped:
            break
    return sink.finish()


async def _start(response: httpx.Response) -> bytes:
    """The start of the body of a refusal, which says why."""
    async for chunk in response.aiter_bytes():
        return chunk[:_STARTS]
    return b""
