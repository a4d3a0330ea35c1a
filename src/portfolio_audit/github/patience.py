"""Waiting when GitHub asks for it: shown, bounded, and for everybody at once."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import anyio

from portfolio_audit.errors import RateLimited
from portfolio_audit.github.limits import LimitKind, Refusal

Notify = Callable[[str], None]
"""Told every sentence the user should see while it goes on."""

_JITTER = 0.1
_FIRST_RETRY = 0.5
_AT_THE_SAME_TIME = timedelta(seconds=10)
_WAIT = "What was read is kept: run the command again then to go on from here, or allow a longer wait with --max-wait."


def utc_now() -> datetime:
    """The clock of limits, which are told in absolute time."""
    return datetime.now(UTC)


class Patience:
    """How long one audit has waited and may still wait, in seconds; a wait of one task makes all others wait."""

    def __init__(
        self,
        most: float,
        notify: Notify,
        *,
        sleep: Callable[[float], Awaitable[None]] = anyio.sleep,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._left = most
        self._notify = notify
        self._sleep = sleep
        self._now = now
        self._closed_until: datetime | None = None
        self._given_up: RateLimited | None = None
        self._silent_at: datetime | None = None

    @property
    def now(self) -> datetime:
        """The present moment."""
        return self._now()

    @property
    def ended(self) -> bool:
        """Whether a limit was reached for longer than we wait, so that nothing more was asked."""
        return self._given_up is not None

    async def turn(self) -> None:
        """Wait until requests may be sent again; raises RateLimited if we will not wait for that."""
        if self._given_up:
            raise self._given_up
        while self._closed_until and (seconds := (self._closed_until - self._now()).total_seconds()) > 0:
            await self._sleep(seconds)
        self._closed_until = None

    async def heed(self, refusal: Refusal, target: str) -> None:
        """Stay away as long as GitHub asks; raises RateLimited if that is longer than the user wants to wait."""
        resets_at = self._now() + timedelta(seconds=refusal.seconds)
        if self._closed_until and resets_at <= self._closed_until:
            return  # somebody else already waits for it
        seconds = refusal.seconds * random.uniform(1, 1 + _JITTER) + 1  # noqa: S311  # spreads retries, keeps no secret
        name = "hourly limit of requests" if refusal.kind is LimitKind.PRIMARY else "limit of requests at a time"
        if seconds > self._left:
            self._given_up = RateLimited(
                target,
                f"GitHub's {name} is reached; it resets at {clock(resets_at)}.",
                advice=_WAIT,
                resets_at=resets_at,
            )
            raise self._given_up
        self._left -= seconds
        self._closed_until = self._now() + timedelta(seconds=seconds)
        self._notify(f"GitHub's {name} is reached: waiting {duration(seconds)}, until {clock(self._closed_until)}.")

    def tell_of_silence(self, target: str) -> None:
        """Say that an answer is late and is asked for again, once for all that wait at the same time."""
        if self._silent_at is None or self._now() - self._silent_at > _AT_THE_SAME_TIME:
            self._silent_at = self._now()
            self._notify(f"{target}: GitHub has not answered in time; asking again.")

    async def retry(self, tried: int) -> None:
        """Wait a moment before asking again after a fault."""
        await self._sleep(_FIRST_RETRY * 2**tried * random.uniform(0.5, 1))  # noqa: S311  # as above


def clock(moment: datetime) -> str:
    """A moment as people read it, in their own time zone."""
    return moment.astimezone().strftime("%H:%M:%S")


def duration(seconds: float) -> str:
    """A time span as people read it."""
    whole = round(seconds)
    return f"{whole} s" if whole < 120 else f"{whole // 60} min"  # noqa: PLR2004  # two minutes
