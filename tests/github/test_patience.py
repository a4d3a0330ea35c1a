"""Waiting for limits: shown, bounded, and for all tasks at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import anyio
import pytest

from portfolio_audit.errors import RateLimited
from portfolio_audit.github.limits import LimitKind, Refusal
from portfolio_audit.github.patience import Patience, duration

START = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = START
        self.told: list[str] = []

    async def sleep(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def patience(self, most: float) -> Patience:
        return Patience(most, self.told.append, sleep=self.sleep, now=lambda: self.now)


def test_a_wait_is_told_and_then_waited() -> None:
    clock = Clock()

    async def wait() -> None:
        patience = clock.patience(60)
        await patience.heed(Refusal(LimitKind.SECONDARY, 10), "ada")
        await patience.turn()

    anyio.run(wait)
    assert timedelta(seconds=11) <= clock.now - START <= timedelta(seconds=12)
    assert len(clock.told) == 1
    assert clock.told[0].startswith("GitHub's limit of requests at a time is reached: waiting 1")


def test_what_is_too_long_to_wait_for_ends_all_requests_with_when_to_come_back() -> None:
    clock = Clock()

    async def wait() -> None:
        patience = clock.patience(60)
        with pytest.raises(RateLimited, match="hourly limit of requests is reached; it resets at") as caught:
            await patience.heed(Refusal(LimitKind.PRIMARY, 600), "ada")
        assert caught.value.resets_at == START + timedelta(seconds=600)
        with pytest.raises(RateLimited):
            await patience.turn()

    anyio.run(wait)
    assert clock.now == START
    assert clock.told == []


def test_waits_add_up() -> None:
    clock = Clock()

    async def wait() -> None:
        patience = clock.patience(30)
        await patience.heed(Refusal(LimitKind.SECONDARY, 20), "ada")
        await patience.turn()
        with pytest.raises(RateLimited):
            await patience.heed(Refusal(LimitKind.SECONDARY, 20), "ada")

    anyio.run(wait)


def test_two_tasks_sent_away_together_wait_once() -> None:
    clock = Clock()

    async def wait() -> None:
        patience = clock.patience(60)
        await patience.heed(Refusal(LimitKind.SECONDARY, 20), "ada")
        await patience.heed(Refusal(LimitKind.SECONDARY, 20), "ada")

    anyio.run(wait)
    assert len(clock.told) == 1


@pytest.mark.parametrize(("seconds", "text"), [(0.4, "0 s"), (59.6, "60 s"), (119, "119 s"), (600, "10 min")])
def test_spans_are_told_as_people_tell_them(seconds: float, text: str) -> None:
    assert duration(seconds) == text
