"""One audit's reading of GitHub as plain calls: the requests go on in the background while repositories are judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import anyio
from anyio.from_thread import BlockingPortal, start_blocking_portal

from portfolio_audit.github.addresses import Addresses
from portfolio_audit.github.connecting import Terms, connect
from portfolio_audit.github.credentials import ANONYMOUS, Token
from portfolio_audit.github.faults import Reader
from portfolio_audit.github.files import Wanted
from portfolio_audit.github.http_cache import http_file
from portfolio_audit.github.listing import Listed
from portfolio_audit.github.patience import Notify
from portfolio_audit.github.reading import Outcome, Reading, ReadRepository, Roll
from portfolio_audit.github.remembering import Memory
from portfolio_audit.github.store import Store, open_store
from portfolio_audit.github.traffic import Traffic

_READY_AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Access:
    """How GitHub is read: where, as whom, on which terms.

    ``cache`` is the folder where what was read is kept (None: nowhere); ``refresh`` asks again for what could still be
    used; ``notify`` is told what the user should see meanwhile.
    """

    addresses: Addresses
    token: Token | None
    terms: Terms
    cache: Path | None
    notify: Notify
    refresh: bool = False


class Session:
    """Reads accounts and repositories; made by :func:`open_session`, and of no use after it."""

    def __init__(self, portal: BlockingPortal, reading: Reading, access: Access) -> None:
        self._portal = portal
        self._reading = reading
        self.access = access

    @property
    def traffic(self) -> Traffic:
        """What was asked and what is left."""
        return self._reading.client.traffic

    @property
    def is_limited(self) -> bool:
        """Whether a limit, GitHub's or the user's, kept us from asking something."""
        return self._reading.client.is_limited

    @property
    def store(self) -> Store | None:
        """What is kept between audits, None if nothing is."""
        return self._reading.store if self.access.cache else None

    def roll(self, login: str, *, organization: bool = False, private: bool = False) -> Roll:
        """An account (an empty login: the token's own) and its repositories; raises SourceError."""
        return self._portal.call(lambda: self._reading.roll(login, organization=organization, private=private))

    def one(self, full_name: str, revision: str, wanted: Wanted) -> ReadRepository:
        """One repository at a revision (empty: its newest state); raises SourceError."""
        return self._portal.call(self._reading.one, full_name, revision, wanted)

    def estimate(self, repositories: Sequence[Listed]) -> int:
        """How many requests that count reading these repositories will take at the least."""
        return self._reading.estimate(repositories)

    def many(self, repositories: Sequence[Listed], wanted: Wanted) -> Iterator[Outcome]:
        """Repositories in the order in which they arrive, or the error about each; few are held at once."""
        send, receive = anyio.create_memory_object_stream[Outcome](_READY_AT_ONCE)
        work = self._portal.start_task_soon(self._reading.many, repositories, wanted, send)
        try:
            while True:
                try:
                    yield self._portal.call(receive.receive)
                except anyio.EndOfStream:
                    break
            work.result()
        finally:
            work.cancel()
            receive.close()


@contextmanager
def open_session(access: Access) -> Iterator[Session]:
    """Open a session; leaving it cancels what is still under way."""
    reader = Reader(access.addresses, access.token)
    identity = access.token.identity if access.token else ANONYMOUS
    kept = http_file(access.cache, access.notify)
    with open_store(access.cache, identity, access.notify) as store, start_blocking_portal() as portal:
        connection = connect(reader, access.terms, access.notify, kept)
        with portal.wrap_async_context_manager(connection) as client:
            memory = Memory(client, store, refresh=access.refresh)
            yield Session(portal, Reading(client, store, memory, access.notify), access)
