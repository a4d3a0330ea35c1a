"""Quantities that are about value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.evidence.quantities import Quantity, quantities
from portfolio_audit.model.vocabulary import Vocabulary


@pytest.mark.parametrize(
    "text",
    [
        "Each wrong opening costs 400 euros.",
        "Consultants ask $200-500 an hour.",
        "A stop costs $2M.",
        "They pay 500$ for each.",
        "It costs € 30 a ton.",
        "About 1.5 million dollars are lost.",
    ],
)
def test_money(text: str, vocabulary: Vocabulary) -> None:
    assert Quantity.MONEY in quantities(text, vocabulary)


@pytest.mark.parametrize(
    "text",
    [
        "A third, or 33 %, never return.",
        "It affects 3 million adults.",
        "Some 20,000 elderly patients fall.",
        "One in five boats turns back.",
        "It burns 40 kWh a night.",
    ],
)
def test_shares_and_people(text: str, vocabulary: Vocabulary) -> None:
    assert set(quantities(text, vocabulary)) == {Quantity.SHARE}


@pytest.mark.parametrize("text", ["They wait 3 hours.", "It is two times as fast.", "It takes six weeks."])
def test_time(text: str, vocabulary: Vocabulary) -> None:
    assert set(quantities(text, vocabulary)) == {Quantity.TIME}


@pytest.mark.parametrize(
    "text",
    [
        "We tried Llama-3-8B, GPT-4 and YOLOv8 for the clerks.",
        "all-MiniLM-L6-v2 and ResNet50 read the gauge.",
        "The dataset has 2 million rows.",
        "Recall rose by 5 %.",
        "Split 80 % of the levels off.",
        "The level is $0.5$ of the mean in $m^2$.",
        "Score: 2/2 (100.0%)",
        "See section 3.2 of version 4.",
    ],
)
def test_what_is_no_quantity_of_value(text: str, vocabulary: Vocabulary) -> None:
    assert list(quantities(text, vocabulary)) == []


@given(st.text(alphabet="0123456789.,-+$% kmbtoyearsinlion", max_size=400))
def test_any_text_is_read(text: str) -> None:
    assert set(quantities(text, Vocabulary())) <= set(Quantity)
