"""Sentences that say what the work is worth, and to whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType

import pytest

from portfolio_audit.evidence import value
from portfolio_audit.model.fact import Evidence
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Unavailable

See = Callable[[ModuleType, Mapping[str, str | Unavailable]], Evidence]


def told(seen: See, text: str) -> set[str]:
    """What a README says, apart from how early it says it."""
    facts = seen(value, {"README.md": text}).facts
    return {f.id.removeprefix("value.") for f in facts} - {"early"}


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        ("The forecast helps lock operators to open the gates in time.", {"beneficiary"}),
        ("Built for the two people who answer the mail of a rental.", {"beneficiary"}),
        ("Manual interpretation of scans is time-consuming and error-prone.", {"stake"}),
        ("Banks lose customers to delays in every branch they have.", {"stake"}),
        ("With it the managers can decide whom to call, instead of guessing.", {"beneficiary", "change"}),
        ("Each wrong opening costs the company 400 euros and a day.", {"stake", "quantity"}),
        ("It takes staff 4 minutes a mail, about 300 mails a week.", {"quantity"}),
        ("The model predicts the level from its lags.", set()),
        ("We used a random forest with 300 trees and a depth of 10.", set()),
    ],
)
def test_what_a_sentence_says(seen: See, sentence: str, facts: set[str]) -> None:
    assert told(seen, f"# Tides\n\n{sentence}\n") == facts


@pytest.mark.parametrize(
    "sentence",
    [
        "This scalable, robust, end-to-end platform helps stakeholders and customers to save costs.",
        "This capstone of the course helps students to reduce the risk of failure.",
        "> Forecasts help operators to save costs.",
        "`Forecasts help operators to save costs in every season.`",
        "CUSTOMER_RISK: helps the bank to decide on the cost of the loan",
    ],
)
def test_what_says_nothing_of_its_own(seen: See, sentence: str) -> None:
    assert told(seen, f"# Tides\n\n{sentence}\n") == set()


@pytest.mark.parametrize("heading", ["Installation", "Usage", "Project structure", "Deployment", "Evaluation criteria"])
def test_how_to_sections_are_not_about_value(seen: See, heading: str) -> None:
    text = f"# Tides\n\n## {heading}\n\nThe script helps users to reduce the cost of a failure.\n"
    assert told(seen, text) == set()


def test_under_the_problem_little_needs_to_be_said(seen: See) -> None:
    text = "# Tides\n\n## Problem\n\nThe table is:\n\n- Slow: months behind\n- Expensive: 200 € an hour\n"
    evidence = seen(value, {"README.md": text})
    assert [f.at.line for f in evidence.known("value.stake")] == [7, 8]
    assert [f.at.line for f in evidence.known("value.quantity")] == [8]


@pytest.mark.parametrize(
    "quantity", ["an accuracy of 95%", "2 million rows of the dataset", "10 columns and 5% missing features"]
)
def test_measures_and_sizes_of_data_are_no_quantity_of_value(seen: See, quantity: str) -> None:
    assert "quantity" not in told(seen, f"# Tides\n\nThe model helps operators with {quantity}.\n")


def test_only_the_beginning_of_a_notebook_speaks(seen: See) -> None:
    text = "The forecast helps lock operators to open the gates in time."
    cell = '{"cell_type": "markdown", "source": "%s"}'
    early = '{"nbformat": 4, "cells": [\n' + cell % text + "]}"
    late = '{"nbformat": 4, "cells": [\n' + ",\n".join([cell % f"## {n}" for n in range(9)] + [cell % text]) + "]}"
    evidence = seen(value, {"a.ipynb": early, "b.ipynb": late})
    assert [f.at for f in evidence.facts] == [Location("a.ipynb", 2, 1, text)]


def test_what_stands_near_the_top_of_the_readme_is_early(seen: See) -> None:
    sentence = "The forecast helps lock operators to open the gates in time.\n\n"
    filler = "The gauge is read hourly and joined with the wind.\n\n" * 40
    evidence = seen(value, {"README.md": f"# Tides\n\n{sentence}{filler}{sentence}"})
    assert [f.at.line for f in evidence.known("value.early")] == [3]
    assert [f.at.line for f in evidence.known("value.beneficiary")] == [3, 85]


def test_a_lost_notebook_decides_nothing_only_where_nothing_else_is_written(seen: See) -> None:
    lost = Unavailable("is over the limit")
    prose = "The gauge is read hourly and joined with the wind. " * 20
    assert seen(value, {"README.md": "# T", "a.ipynb": lost}).undecided("value.stake")
    assert not seen(value, {"README.md": prose, "a.ipynb": lost}).undecided("value.stake")


WORLD = "The lock lets some sixty barges a day into the old harbour."


@pytest.mark.parametrize(
    ("heading", "sentence", "context"),
    [
        ("Problem", WORLD, True),
        ("Motivation", WORLD, True),
        ("Data", WORLD, False),
        ("Problem and data", WORLD, False),
        ("Usage", WORLD, False),
        ("Problem", "In this project the level of the lock is predicted from its lags.", False),
        ("Problem", "The dataset holds the level of the lock for every hour.", False),
        ("Problem", "wind speed: how fast the wind blows in the mouth of the harbour", False),
        ("Problem", "Docker and a pipeline keep the whole thing running at night.", False),
        ("Problem", "The lock lets barges in.", False),
        ("Problem", "✅ No more waiting at the gate for barges of any size", False),
    ],
)
def test_the_world_in_which_the_problem_is(seen: See, heading: str, sentence: str, *, context: bool) -> None:
    assert ("context" in told(seen, f"# Tides\n\n## {heading}\n\n{sentence}\n")) is context


def test_the_world_alone_is_not_value_told_early(seen: See) -> None:
    facts = seen(value, {"README.md": f"# Tides\n\n## Problem\n\n{WORLD}\n"}).facts
    assert [f.id for f in facts] == ["value.context"]


@pytest.mark.parametrize(
    ("sentence", "changes"),
    [
        ("The system predicts whether customers leave with automated training and tests.", False),
        ("The system helps customers with automated training of models.", False),
        ("The system helps customers with automated answers in a minute.", True),
        ("The model helps managers decide whom to call with automated monitoring.", True),
    ],
)
def test_automated_making_changes_nobody_s_work(seen: See, sentence: str, *, changes: bool) -> None:
    assert ("change" in told(seen, f"# Tides\n\n{sentence}\n")) is changes
