"""What GitHub says of its limits, in every form that its documentation gives."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.github.limits import Allowance, LimitKind, Refusal, allowance_of, refusal_of

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
RESET = NOW + timedelta(minutes=10)
USED_UP = {
    "x-ratelimit-limit": "60",
    "x-ratelimit-remaining": "0",
    "x-ratelimit-reset": str(int(RESET.timestamp())),
    "x-ratelimit-resource": "core",
}
SECONDARY = '{"message": "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."}'


def test_headers_tell_what_is_left() -> None:
    assert allowance_of(USED_UP) == Allowance("core", 60, 0, RESET)


@pytest.mark.parametrize("name", ["limit", "remaining", "reset"])
@pytest.mark.parametrize("text", ["", "many", "-1", "٣", "9" * 40])
def test_headers_that_make_no_sense_tell_nothing(name: str, text: str) -> None:
    assert allowance_of({**USED_UP, f"x-ratelimit-{name}": text}) is None


@pytest.mark.parametrize("status", [403, 429])
def test_at_the_primary_limit_we_stay_away_until_it_resets(status: int) -> None:
    assert refusal_of(status, USED_UP, "", now=NOW) == Refusal(LimitKind.PRIMARY, 600)


def test_at_a_secondary_limit_we_stay_away_as_long_as_asked() -> None:
    refusal = refusal_of(403, {"retry-after": "17", "x-ratelimit-remaining": "4000"}, SECONDARY, now=NOW)
    assert refusal == Refusal(LimitKind.SECONDARY, 17)


def test_a_date_to_come_back_is_understood_too() -> None:
    refusal = refusal_of(429, {"retry-after": "Sun, 22 Nov 2026 12:00:30 GMT"}, "", now=NOW)
    assert refusal == Refusal(LimitKind.SECONDARY, 30)


@pytest.mark.parametrize(("tried", "seconds"), [(0, 60), (1, 120), (2, 240)])
def test_a_secondary_limit_that_asks_nothing_is_left_a_minute_then_longer(tried: int, seconds: float) -> None:
    assert refusal_of(403, {}, SECONDARY, now=NOW, tried=tried) == Refusal(LimitKind.SECONDARY, seconds)


def test_the_message_alone_tells_the_primary_limit() -> None:
    refusal = refusal_of(403, {}, '{"message": "API rate limit exceeded for 192.0.2.1."}', now=NOW)
    assert refusal == Refusal(LimitKind.PRIMARY, 60)


@pytest.mark.parametrize("status", [200, 304, 401, 404, 500])
def test_other_replies_are_no_refusals(status: int) -> None:
    assert refusal_of(status, USED_UP, SECONDARY, now=NOW) is None


def test_a_plain_403_is_about_something_else() -> None:
    headers = {"x-ratelimit-remaining": "4000"}
    assert refusal_of(403, headers, '{"message": "Resource not accessible by integration"}', now=NOW) is None


@given(
    st.sampled_from([403, 429]),
    st.dictionaries(st.sampled_from([*USED_UP, "retry-after"]), st.text(max_size=20)),
    st.text(max_size=60),
    st.integers(0, 50),
)
def test_no_reply_makes_us_wait_less_than_nothing_or_more_than_a_day(
    status: int, headers: dict[str, str], body: str, tried: int
) -> None:
    refusal = refusal_of(status, headers, body, now=NOW, tried=tried)
    assert refusal is None or 0 <= refusal.seconds <= 24 * 3600
