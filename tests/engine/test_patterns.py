"""Patterns of users' rules: refused with a reason, and found in bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.engine.patterns import LONGEST, compiled, problem


@pytest.mark.parametrize(
    "pattern", ["", "seed", r"(?i)random_state\s*=\s*\d+", "é", "a" * LONGEST, "(a+)+$", r"\d{1,3}"]
)
def test_what_can_be_used(pattern: str) -> None:
    assert problem(pattern) == ""


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("a" * (LONGEST + 1), "it is longer than 1000 characters"),
        ("(", "missing ): ("),
        ("[a", "missing ]: [a"),
        ("*", "no argument for repetition operator: *"),
        (r"(a)\1", r"invalid escape sequence: \1"),
        ("(?=a)", "invalid perl operator: (?="),
        ("a{1001}", "invalid repetition size: {1001}"),
        ("((a{100}){100}){100}", "invalid repetition size: {100}"),
    ],
)
def test_what_cannot_be_used_has_a_reason(pattern: str, reason: str) -> None:
    assert problem(pattern) == reason


@pytest.mark.parametrize(
    ("pattern", "text", "start"),
    [
        ("b", "ab", 1),
        ("é", "aé", 1),
        ("x", "éx", 2),
        ("(?m)^b", "a\nb", 2),
        ("b", "a", None),
        ("(a+)+$", "a" * 5_000 + "b", None),
    ],
)
def test_a_match_starts_at_a_byte(pattern: str, text: str, start: int | None) -> None:
    found = compiled(pattern).search(text.encode())
    assert (found.start() if found else None) == start


@given(st.text(max_size=30) | st.text(alphabet="ab()[]{}*+?|\\^$.,-1", max_size=20))
def test_any_pattern_is_used_or_refused(pattern: str) -> None:
    if not problem(pattern):
        compiled(pattern).search(b"abba")
