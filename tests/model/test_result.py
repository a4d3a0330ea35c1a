"""How sure a result is, from what was measured of its rule."""

from __future__ import annotations

from dataclasses import replace

import pytest

from judgement import rule
from portfolio_audit.model.result import Outcome, Result
from portfolio_audit.model.rule import Measured

RULE = replace(
    rule("missing-tests"), measured=(Measured("pass", 18, 18), Measured("fail", 4, 5), Measured("partial", 3, 4))
)


@pytest.mark.parametrize(
    ("outcome", "confidence", "likely"),
    [
        (Outcome.PASS, 0.95, False),
        (Outcome.FAIL, pytest.approx(5 / 7), True),
        (Outcome.PARTIAL, None, False),
        (Outcome.UNKNOWN, None, False),
    ],
)
def test_confidence_is_the_share_of_agreement(outcome: Outcome, confidence: float | None, *, likely: bool) -> None:
    result = Result(RULE, outcome)
    assert (result.confidence, result.is_likely) == (confidence, likely)


def test_what_was_not_measured_has_no_confidence() -> None:
    assert Result(rule("missing-tests"), Outcome.FAIL).confidence is None
