"""Where we stand with GitHub, in lines for people and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import orjson

from portfolio_audit.github.environment import in_force
from portfolio_audit.github.faults import Reader
from portfolio_audit.github.limits import Allowance
from portfolio_audit.github.standing import Standing
from portfolio_audit.reporting.escaping import clean

_NAMES = {"core": "Requests", "graphql": "GraphQL points", "search": "Searches"}
_HOURS = 3600
_DAYS = 48 * _HOURS
_LONGEST = 300


def as_text(reader: Reader, found: Standing, unshown: Sequence[str], now: datetime | None = None) -> str:
    """A line for each thing there is to know."""
    now = now or datetime.now(UTC)
    lines = (*_who(reader, found, now), *_limits(found.limits, now), *in_force(), *_what_follows(found, unshown, now))
    width = max(len(name) for name, _ in lines) + 2
    return "\n".join(f"{name:<{width}}{clean(value, _LONGEST)}" for name, value in lines)


def as_json(reader: Reader, found: Standing) -> str:
    """The same for scripts."""
    token = None
    if reader.token:
        token = {
            "origin": reader.token.origin,
            "kind": found.kind,
            "login": found.login or None,
            "scopes": found.scopes,
            "expires_at": found.expires_at,
        }
    limits = {
        limit.resource: {"limit": limit.limit, "remaining": limit.remaining, "resets_at": limit.resets_at}
        for limit in found.limits
    }
    told = {"api_url": reader.addresses.api, "token": token, "limits": limits, "environment": dict(in_force())}
    return orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_UTC_Z).decode()


def _who(reader: Reader, found: Standing, now: datetime) -> Iterator[tuple[str, str]]:
    yield "GitHub", reader.addresses.api
    if reader.token is None:
        yield "Token", "none: you read as anybody could"
        return
    expires = f", expires {_when(found.expires_at, now)}" if found.expires_at else ""
    yield "Token", f"{found.kind}, from {reader.token.origin}{expires}"
    yield "Account", found.login or "none: the token is not a person's"
    if found.scopes is not None:
        yield "Scopes", ", ".join(found.scopes) or "none"


def _limits(limits: Sequence[Allowance], now: datetime) -> Iterator[tuple[str, str]]:
    if not limits:
        yield "Requests", "as many as you like: this server has no limits"
    for limit in limits:
        if limit.limit:
            full = limit.remaining == limit.limit
            more = "" if full else f", all again at {_when(limit.resets_at, now)}"
            yield _NAMES[limit.resource], f"{limit.remaining:,} of {limit.limit:,} left{more}"


def _what_follows(found: Standing, unshown: Sequence[str], now: datetime) -> Iterator[tuple[str, str]]:
    yield "Public repositories", "yes"
    yield "Private repositories", found.private
    used_up = next((limit for limit in found.limits if limit.resource == "core" and not limit.remaining), None)
    if used_up:
        yield "An audit now", f"would read only what is kept; ask again at {_when(used_up.resets_at, now)}"
    if not found.kind:
        yield "With a token", "5,000 requests an hour, and pins, releases, deployments, checks and history are seen"
    for name in unshown:
        yield "Not shown to it", f"{name}: made for another GitHub"


def _when(moment: datetime, now: datetime) -> str:
    """A moment in the local time zone, and how far away it is."""
    seconds = (moment - now).total_seconds()
    local = moment.astimezone()
    if abs(seconds) < _HOURS:
        return f"{local:%H:%M} ({_span(round(seconds / 60), 'min')})"
    if abs(seconds) < _DAYS:
        return f"{local:%Y-%m-%d %H:%M} ({_span(round(seconds / _HOURS), 'h')})"
    return f"{local:%Y-%m-%d} ({_span(round(seconds / 86_400), 'days')})"


def _span(count: int, unit: str) -> str:
    return f"in {count} {unit}" if count >= 0 else f"{-count} {unit} ago"
