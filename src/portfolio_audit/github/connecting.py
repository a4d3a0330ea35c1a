"""A client put together: network, token, meter, cache, in this order (see transports.py)."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from hishel import AsyncSqliteStorage, CacheOptions
from hishel.httpx import AsyncCacheTransport

from portfolio_audit import __version__
from portfolio_audit.github.client import Client
from portfolio_audit.github.faults import Reader
from portfolio_audit.github.network import Network
from portfolio_audit.github.patience import Notify, Patience
from portfolio_audit.github.traffic import Traffic
from portfolio_audit.github.transports import Authorized, Keyed, Metered

_AGENT = {"user-agent": f"portfolio-audit/{__version__}"}
_TIMEOUT = httpx.Timeout(30, connect=15, pool=None)
_REDIRECTS = 5
_STALE_AFTER = 30 * 24 * 3600.0
logging.getLogger("hishel").addHandler(
    logging.NullHandler()
)  # a cache that fails is only slower, and no traceback helps


@dataclass(frozen=True, slots=True)
class Terms:
    """What the user allows: requests that count (None: as many as there are), seconds of waiting for limits."""

    max_requests: int | None = None
    max_wait: float = 60.0


@asynccontextmanager
async def connect(reader: Reader, terms: Terms, notify: Notify, cache: Path | None) -> AsyncIterator[Client]:
    """Open a client; replies of the API are kept in the SQLite file ``cache``, if there is one."""
    traffic = Traffic()
    top: httpx.AsyncBaseTransport = Metered(
        Authorized(Network(reader.addresses), reader.addresses, reader.token),
        reader.addresses,
        traffic,
        authorized=reader.token is not None,
        budget=terms.max_requests,
    )
    if cache:
        storage = AsyncSqliteStorage(database_path=cache, default_tti=_STALE_AFTER)
        top = Keyed(AsyncCacheTransport(top, storage, rfc=CacheOptions(shared=False)), top, reader)
    async with httpx.AsyncClient(transport=top, headers=_AGENT, timeout=_TIMEOUT, max_redirects=_REDIRECTS) as http:
        patience, file_patience = Patience(terms.max_wait, notify), Patience(terms.max_wait, notify)
        yield Client(http, reader, patience, file_patience, traffic)
