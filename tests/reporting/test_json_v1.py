"""The JSON export keeps its promises to those who parse it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from canonical import HOSTILE, PARTS
from portfolio_audit.model.report import Report
from portfolio_audit.reporting import FORMATS

render = FORMATS["json"].render


@pytest.fixture
def exported(report: Report) -> Any:
    """The canonical portfolio as a consumer reads it."""
    return json.loads(render(report))


def result_of(exported: Any, place: int, rule: str) -> Any:
    return next(r for r in exported["repositories"][place]["results"] if r["rule"] == rule)


def test_the_whole_export(report: Report, expect: Callable[[str, str], None]) -> None:
    expect("report.json", render(report).decode())


def test_the_same_report_gives_the_same_bytes(report: Report) -> None:
    assert render(report) == render(replace(report))


def test_it_says_what_it_is(exported: Any) -> None:
    assert exported["schema_version"] == 1
    assert exported["tool"] == {"name": "portfolio-audit", "version": "0.1.0"}
    assert exported["ruleset"] == {"version": "1", "digest": "5eedf00d5eedf00d"}
    assert exported["at"] == "2026-03-14T15:09:26Z"
    assert exported["grade"] == exported["portfolio"]["grade"] == "B"
    assert exported["grades"][0] == {"grade": "A", "least": 80.0}


def test_depth_has_its_six_parts(exported: Any) -> None:
    depth = exported["repositories"][0]["criteria"]["depth"]
    assert sorted(depth["parts"]) == sorted(PARTS)
    assert (depth["parts"]["hosting"]["score"], depth["parts"]["retraining"]["score"]) == (1.0, 0.0)


def test_what_was_not_judged_has_no_score(exported: Any) -> None:
    hostile = exported["repositories"][1]["criteria"]
    assert hostile["value"]["score"] is None
    assert hostile["depth"]["score"] is None


def test_names_arrive_as_they_are(exported: Any) -> None:
    assert exported["repositories"][1]["name"] == HOSTILE


def test_a_commit_that_is_not_known_is_null(exported: Any) -> None:
    assert [r["commit"] is None for r in exported["repositories"]] == [False, False, False, False, True]


def test_a_suppressed_finding_keeps_its_outcome_and_tells_the_reason(exported: Any) -> None:
    result = result_of(exported, 0, "missing-licence")
    assert (result["outcome"], result["suppressed"]) == ("fail", "the data owner forbids reuse")


def test_a_result_in_full(exported: Any) -> None:
    page = "https://github.com/ada/house-prices/blob/4f1c2a9b7d3e5f60718293a4b5c6d7e8f9012345"
    assert result_of(exported, 2, "no-baseline") == {
        "rule": "no-baseline",
        "criterion": "value",
        "part": None,
        "title": "No baseline to compare with",
        "severity": "medium",
        "outcome": "partial",
        "points": 2.0,
        "possible": 5.0,
        "message": "A score is reported, a baseline is not.",
        "reason": "",
        "suppressed": None,
        "confidence": None,
        "fix": {"title": "Report a baseline beside the model", "effort": "4h"},
        "evidence": [],
        "findings": [
            {
                "fingerprint": "d006887e74587ee1f267",
                "path": "prices.ipynb",
                "line": 9,
                "cell": 12,
                "note": "",
                "url": f"{page}/prices.ipynb?plain=1#L9",
            }
        ],
    }


def test_what_is_the_same_of_a_rule_everywhere_stands_once(exported: Any) -> None:
    assert exported["rules"]["no-baseline"] == {
        "title": "No baseline to compare with",
        "criterion": "value",
        "part": None,
        "severity": "medium",
        "points": 5.0,
        "why": "A reviewer asks.",
        "fix": {
            "title": "Report a baseline beside the model",
            "effort": "4h",
            "steps": [
                "Write down what is there today.",
                "Do the smallest thing that works, and commit it.",
                "Say so in the README.",
            ],
            "links": ["https://example.org/how"],
        },
        "documentation": "https://example.org/rules/no-baseline.md",
    }


def test_a_single_repository_has_no_portfolio(single: Report) -> None:
    exported = json.loads(render(single))
    assert exported["portfolio"] is None
    assert exported["score"] == exported["repositories"][0]["score"]


def test_bytes_that_are_no_text_do_not_break_the_export(single: Report) -> None:
    broken = replace(single, target="caf\udce9")
    assert json.loads(render(broken))["target"] == "caf?"
