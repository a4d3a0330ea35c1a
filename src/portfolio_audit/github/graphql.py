"""Asking the GraphQL API: errors told apart, and queries cut in two where they are too much for the server."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from httpx import codes

from portfolio_audit.errors import Forbidden, NotFound, SourceError, Unreachable
from portfolio_audit.github.client import Client, Json, TooMuch
from portfolio_audit.github.faults import Reply, single_sign_on
from portfolio_audit.github.limits import Refusal, is_refusal, refusal_of
from portfolio_audit.github.payloads import Payload, decoded
from portfolio_audit.github.queries import HEAD_PARTS, PARTS, repositories

AT_ONCE = 25
"""Repositories a query: the server gives up on a query after ten seconds, and this many take it two to four."""

_RATE_LIMITED = frozenset({"RATE_LIMITED", "RATE_LIMIT"})
_REFUSED = frozenset({"FORBIDDEN", "INSUFFICIENT_SCOPES"})
_TOO_MUCH = frozenset({"RESOURCE_LIMITS_EXCEEDED", "MAX_NODE_LIMIT_EXCEEDED", "TIMEOUT"})
_TOO_MUCH_WORDS = ("something went wrong while executing your query", "timeout", "timed out", "couldn't respond")
_MOST_TRIES = 5
_MOST_FAILURES = 8
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Fault:
    """One error of an answer: its type, where in the data it is about, and what it says."""

    type: str
    path: tuple[str, ...]
    message: str
    single_sign_on: bool = False


Found = tuple[tuple[str, str], Payload | SourceError, tuple["Fault", ...]]
"""A repository that was asked for, what was told of it, and the errors about parts of it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The data there is, and the errors about the rest."""

    data: Payload
    faults: tuple[Fault, ...]

    def about(self, alias: str) -> tuple[Fault, ...]:
        """The errors about one part of the answer."""
        return tuple(fault for fault in self.faults if fault.path[:1] == (alias,))


async def ask(
    client: Client, query: str, variables: Mapping[str, Json], target: str, *, divisible: bool = False
) -> Answer:
    """Ask one query; raises TooMuch, RateLimited or another SourceError if there is no answer at all.

    A ``divisible`` one is not repeated where asking for less may help. What an error says that is about no part of the
    data may be about any of it: then there is no answer.
    """
    for tried in range(_MOST_TRIES):
        reply = await client.post(query, variables, target, divisible=divisible)
        body = Payload(decoded(reply.body, target), target)
        faults = tuple(_fault(item) for item in body.items("errors"))
        refusal = _refusal(client, reply, faults, tried)
        if refusal:
            await client.patience.heed(refusal, target)
            await client.patience.turn()
            continue
        data = body.inner("data")
        unplaced = tuple(fault for fault in faults if not fault.path)
        too_much = next(
            (fault for fault in (faults if divisible or data is None else unplaced) if _is_too_much(fault)), None
        )
        if too_much:
            raise TooMuch(target, f"GitHub could not answer so much at once ({too_much.message}).")
        if data is None or unplaced:
            raise _without_data(unplaced or faults, target)
        return Answer(data, faults)
    raise Unreachable(target, "GitHub keeps saying that its limit is reached.", advice="Try again later.")


async def ask_in_parts(
    client: Client,
    make_query: Callable[[Collection[str]], str],
    variables: Mapping[str, Json],
    target: str,
    *,
    divisible: bool = False,
) -> Answer:
    """Ask about repositories, again without what the token may not see: where a part is refused, GitHub gives nothing.

    What was left out is among the faults of the answer.
    """
    refused: dict[str, Fault] = {}
    while True:
        answer = await ask(client, make_query(refused), variables, target, divisible=divisible)
        answer = replace(answer, faults=(*answer.faults, *_everywhere(answer, refused)))
        new = {part: fault for fault in answer.faults if (part := _refused_part(fault, answer)) not in {"", *refused}}
        if not new:
            return answer
        refused |= new


def _refused_part(fault: Fault, answer: Answer) -> str:
    """The part because of which a whole repository was not given."""
    if fault.type not in _REFUSED or fault.path[:1] == () or fault.path[0] in answer.data:
        return ""
    return next((step for step in fault.path[1:] if step in PARTS or step in HEAD_PARTS), "")


def _everywhere(answer: Answer, refused: Mapping[str, Fault]) -> Iterator[Fault]:
    """Say of every repository that was given what was not asked."""
    for alias in answer.data.value:
        for part, fault in refused.items():
            yield replace(fault, path=(alias, part))


class Inquiry:
    """Asks for the details of many repositories, in queries that are cut in two where they are too much.

    A server that finds everything too much is not asked on: after a few failures in a row the rest is given up.
    """

    def __init__(self, client: Client, target: str) -> None:
        self._client = client
        self._target = target
        self._failures = 0

    async def about(self, names: Sequence[tuple[str, str]]) -> AsyncIterator[Found]:
        """The details of repositories given as (owner, name), or why there are none, in any order."""
        try:
            answer = await self._ask(names)
        except TooMuch as error:
            if len(names) == 1 or self._failures > _MOST_FAILURES:
                for pair in names:
                    yield pair, error, ()
                return
            half = len(names) // 2
            for part in (names[:half], names[half:]):
                async for found in self.about(part):
                    yield found
            return
        for number, pair in enumerate(names):
            yield pair, repository_in(answer, number, "/".join(pair)), answer.about(f"r{number}")

    async def _ask(self, names: Sequence[tuple[str, str]]) -> Answer:
        if self._failures > _MOST_FAILURES:
            raise TooMuch(self._target, "GitHub could not answer any question about repositories.")
        variables: dict[str, Json] = {}
        for number, (owner, name) in enumerate(names):
            variables |= {f"o{number}": owner, f"n{number}": name}
        make_query = partial(repositories, len(names))
        try:
            answer = await ask_in_parts(self._client, make_query, variables, self._target, divisible=len(names) > 1)
        except TooMuch:
            self._failures += 1
            raise
        self._failures = 0
        return answer


def repository_in(answer: Answer, number: int, full_name: str) -> Payload | SourceError:
    """One of the repositories asked for, or the error about it."""
    found = answer.data.inner(f"r{number}")
    return found if found is not None else error_of(answer.about(f"r{number}"), full_name)


def error_of(faults: Sequence[Fault], target: str) -> SourceError:
    """The error that stands in the place of what was asked for."""
    fault = next(iter(faults), None)
    if fault is None or fault.type == "NOT_FOUND":
        return NotFound(target, "there is no such repository or account, or the token may not see it.")
    if fault.single_sign_on:
        return single_sign_on(target)
    if fault.type in _REFUSED:
        return Forbidden(target, f"GitHub does not allow it ({fault.message}).")
    return Unreachable(target, f"GitHub could not answer ({fault.message}).", advice="Try again later.")


def _without_data(faults: Sequence[Fault], target: str) -> SourceError:
    if not faults:
        return Unreachable(target, "GitHub's answer cannot be understood: there is no data.", advice="Try again later.")
    return error_of(faults, target)


def _fault(item: Payload) -> Fault:
    extensions = item.inner("extensions")
    return Fault(
        item.text("type")[:_LONGEST],
        item.texts("path"),
        " ".join(item.text("message").split())[:_LONGEST],
        single_sign_on=bool(extensions and extensions.flag("saml_failure")),
    )


def _is_too_much(fault: Fault) -> bool:
    message = fault.message.casefold()
    return fault.type in _TOO_MUCH or any(words in message for words in _TOO_MUCH_WORDS)


def _refusal(client: Client, reply: Reply, faults: Sequence[Fault], tried: int) -> Refusal | None:
    """Why and how long we were sent away by a reply whose status says nothing of it, or None if we were not."""
    said = next((f.message for f in faults if f.type in _RATE_LIMITED or is_refusal(f.message)), None)
    if said is None:
        return None
    return refusal_of(codes.TOO_MANY_REQUESTS, reply.headers, said, now=client.patience.now, tried=tried)
