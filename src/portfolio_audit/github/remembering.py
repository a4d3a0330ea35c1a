"""Answers of GraphQL, which HTTP cannot cache, kept beside the listing that tells whether they are still right.

What can change without the listing showing it (pins, checks that still run) is asked again sooner.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta

import anyio
import orjson

from portfolio_audit.errors import SourceError
from portfolio_audit.github.accounts import Account, ask_account, read_account
from portfolio_audit.github.client import Client
from portfolio_audit.github.details import Details, read_details
from portfolio_audit.github.graphql import AT_ONCE, Fault, Inquiry
from portfolio_audit.github.listing import Listed
from portfolio_audit.github.payloads import Payload, decoded
from portfolio_audit.github.store import Store

Deliver = Callable[[Listed, Details | SourceError], Awaitable[None]]

DETAILS_LAST = timedelta(days=1)
PROFILE_LASTS = timedelta(hours=1)
RUNNING_LASTS = timedelta(minutes=1)
_QUERIES_AT_ONCE = 4


class Memory:
    """Asks GraphQL for what is not kept, or kept too long; ``refresh`` asks for everything again."""

    def __init__(self, client: Client, store: Store, *, refresh: bool) -> None:
        self._client = client
        self._store = store
        self._refresh = refresh

    async def account(self, login: str, *, organization: bool) -> Account | None:
        """The page of an account, None if there is none of that kind by this name."""
        key = f"account {login.lower()}"
        kept = self._kept(key, "", PROFILE_LASTS, login)
        item = kept.inner("item") if kept else None
        if item is not None:
            return read_account(item, login)
        answer = await ask_account(self._client, login, organization=organization)
        item = answer.data.inner("account") if answer else None
        if answer is None or item is None:
            return None
        if not answer.faults:
            self._keep(key, "", {"item": item.value})
        return read_account(item, login, answer.faults)

    def missing(self, repositories: Sequence[Listed]) -> int:
        """Of how many repositories the details would have to be asked for."""
        return sum(self._kept_details(one) is None for one in repositories)

    def kept_commit(self, one: Listed) -> str:
        """The newest commit of a repository, if it is known without asking."""
        kept = self._kept_details(one)
        return kept.commit if kept else ""

    async def details(self, repositories: Sequence[Listed], target: str, deliver: Deliver) -> None:
        """Hand over the details of each repository, or why there are none: those that are kept first."""
        missing: list[Listed] = []
        for one in repositories:
            kept = self._kept_details(one)
            if kept:
                await deliver(one, kept)
            else:
                missing.append(one)
        limiter = anyio.CapacityLimiter(_QUERIES_AT_ONCE)
        inquiry = Inquiry(self._client, target)
        async with anyio.create_task_group() as tasks:
            for start in range(0, len(missing), AT_ONCE):
                tasks.start_soon(self._ask, missing[start : start + AT_ONCE], inquiry, deliver, limiter)

    async def _ask(
        self, repositories: Sequence[Listed], inquiry: Inquiry, deliver: Deliver, limiter: anyio.CapacityLimiter
    ) -> None:
        waiting = {(one.owner, one.name): one for one in repositories}
        try:
            async with limiter:
                answers = [found async for found in inquiry.about(tuple(waiting))]
        except SourceError as error:
            answers = [(pair, error, ()) for pair in waiting]
        for pair, item, faults in answers:
            await deliver(waiting[pair], self._read(waiting[pair], item, faults))

    def _read(self, one: Listed, item: Payload | SourceError, faults: tuple[Fault, ...]) -> Details | SourceError:
        if isinstance(item, SourceError):
            return item
        try:
            details = read_details(item, faults)
        except SourceError as error:
            return error
        refused = [{"path": list(fault.path), "message": fault.message} for fault in faults]
        self._keep(_key(one), one.fingerprint, {"item": item.value, "faults": refused})
        return details

    def _kept_details(self, one: Listed) -> Details | None:
        item = self._kept(_key(one), one.fingerprint, DETAILS_LAST, one.full_name)
        details = _understood(item)
        if details and details.checks == "pending":
            return _understood(self._kept(_key(one), one.fingerprint, RUNNING_LASTS, one.full_name))
        return details

    def _kept(self, key: str, fingerprint: str, lasts: timedelta, target: str) -> Payload | None:
        answer = None if self._refresh else self._store.answer(key)
        if answer is None or answer.fingerprint != fingerprint:
            return None
        if not timedelta() <= self._client.patience.now - answer.stored_at < lasts:
            return None
        try:
            return Payload(decoded(answer.body, target), target)
        except SourceError:
            return None

    def _keep(self, key: str, fingerprint: str, value: Mapping[str, object]) -> None:
        self._store.put_answer(key, orjson.dumps(value), fingerprint, self._client.patience.now)


def _key(one: Listed) -> str:
    return f"repository {one.full_name.lower()}"


def _understood(kept: Payload | None) -> Details | None:
    try:
        item = kept.inner("item") if kept else None
        faults = (
            [Fault("", fault.texts("path"), fault.text("message")) for fault in kept.items("faults")] if kept else []
        )
        return read_details(item, faults) if item else None
    except SourceError:
        return None
