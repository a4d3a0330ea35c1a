"""What GitHub says of its limits, and how long to stay away when one is reached.

Source: "Rate limits for the REST API", "Rate limits and query limits for the GraphQL API" and "Best practices for
using the REST API" in GitHub's documentation: a refusal for a limit is a 403 or a 429; ``retry-after`` counts first,
then ``x-ratelimit-reset`` if ``x-ratelimit-remaining`` is 0, else at least a minute, doubled from try to try.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum

_REFUSED = frozenset({403, 429})
_SECONDARY = ("secondary rate limit", "abuse detection", "abuse-rate-limits")
_PRIMARY = ("rate limit exceeded", "rate limit already exceeded")
_LEAST_WAIT = 60.0
_LONGEST_WAIT = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left of one of GitHub's limits: ``resource`` is core, graphql, search or the like."""

    resource: str
    limit: int
    remaining: int
    resets_at: datetime


class LimitKind(StrEnum):
    """Primary: so many requests an hour. Secondary: too many at once, or too fast."""

    PRIMARY = "primary"
    SECONDARY = "secondary"


@dataclass(frozen=True, slots=True)
class Refusal:
    """GitHub wants no request before so many seconds have passed."""

    kind: LimitKind
    seconds: float


def allowance_of(headers: Mapping[str, str]) -> Allowance | None:
    """What the headers of a reply say is left, or None if they say nothing that makes sense."""
    limit, remaining, reset = (_number(headers, f"x-ratelimit-{name}") for name in ("limit", "remaining", "reset"))
    if limit is None or remaining is None or reset is None:
        return None
    resource = headers.get("x-ratelimit-resource", "core")[:40]
    return Allowance(resource, limit, remaining, _moment(reset))


def is_refusal(text: str) -> bool:
    """Whether a message says that a limit is reached, as GraphQL does in replies whose status says nothing of it."""
    folded = text.casefold()
    return any(words in folded for words in (*_PRIMARY, *_SECONDARY))


def refusal_of(status: int, headers: Mapping[str, str], body: str, *, now: datetime, tried: int = 0) -> Refusal | None:
    """Why and how long we were sent away, or None if the reply is about something else.

    ``body`` is the start of the reply's text, ``tried`` how often this request was sent away before.
    """
    if status not in _REFUSED:
        return None
    text = body.casefold()
    asked = _retry_after(headers, now)
    secondary = any(words in text for words in _SECONDARY)
    primary = headers.get("x-ratelimit-remaining") == "0" or any(words in text for words in _PRIMARY)
    if primary and not secondary:
        return Refusal(LimitKind.PRIMARY, _until_reset(headers, now) if asked is None else asked)
    if secondary or asked is not None or status == 429:  # noqa: PLR2004  # Too Many Requests
        return Refusal(LimitKind.SECONDARY, _backing_off(tried) if asked is None else asked)
    return None


def _until_reset(headers: Mapping[str, str], now: datetime) -> float:
    allowance = allowance_of(headers)
    return _bounded((allowance.resets_at - now).total_seconds() if allowance else _LEAST_WAIT)


def _backing_off(tried: int) -> float:
    return _bounded(_LEAST_WAIT * 2 ** min(tried, 10))


def _retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds, or a date (RFC 9110 §10.2.3)."""
    text = headers.get("retry-after", "")
    if text.isdecimal() and len(text) < 10:  # noqa: PLR2004  # more is no number of seconds
        return _bounded(float(text))
    try:
        return _bounded((parsedate_to_datetime(text) - now).total_seconds()) if text else None
    except (TypeError, ValueError):
        return None


def _bounded(seconds: float) -> float:
    return max(0.0, min(seconds, _LONGEST_WAIT))


def _number(headers: Mapping[str, str], name: str) -> int | None:
    text = headers.get(name, "")
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 13 else None  # noqa: PLR2004


def _moment(seconds: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=min(seconds, 4_000_000_000))
