"""Which parts of an analysis are told."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from types import ModuleType

import pytest

from portfolio_audit.evidence import sections
from portfolio_audit.model.fact import Evidence
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Unavailable

See = Callable[[ModuleType, Mapping[str, str | Unavailable]], Evidence]
WORDS = "The level at the lock is read by a gauge in the mouth of the harbour, every hour of the year.\n"


def roles(seen: See, text: str) -> frozenset[str]:
    return seen(sections, {"README.md": text}).names("writeup.sections")


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Problem statement", "problem"),
        ("The dataset", "data"),
        ("Methodology", "approach"),
        ("Limitations", "limits"),
        ("Daten", "data"),
        ("Conjunto de datos", "data"),
        ("数据", "data"),
    ],
)
def test_a_heading_with_words_below_it(seen: See, heading: str, role: str) -> None:
    assert roles(seen, f"# Tides\n\n## {heading}\n\n{WORDS}") == {role}


def test_the_place_is_the_heading(seen: See) -> None:
    (fact,) = seen(sections, {"README.md": f"# Tides\n\n## Limits\n\n{WORDS}"}).known("writeup.sections")
    assert fact.at == Location("README.md", 3, note="under the heading 'Limits'")


def test_a_bold_line_is_a_heading_too(seen: See) -> None:
    assert roles(seen, f"# Tides\n\n**Limits:**\n\n{WORDS}") == {"limits"}


@pytest.mark.parametrize(
    "below",
    [
        "",
        "Soon.\n",
        "> " + WORDS,
        "```\n" + WORDS + "```\n",
        "Scalable, robust, end-to-end, production-ready MLOps. " * 4,
    ],
)
def test_a_heading_with_too_little_below_it(seen: See, below: str) -> None:
    assert roles(seen, f"# Tides\n\n## Limits\n\n{below}") == frozenset()


def test_words_in_deeper_sections_count(seen: See) -> None:
    assert "limits" in roles(seen, f"# Tides\n\n## Limits\n\n### Storms\n\n{WORDS}")


@pytest.mark.parametrize(
    ("below", "told"),
    [
        ("The MAE is 11.8 cm.\n", True),
        ("|model|MAE|\n|---|---|\n|ridge|14.2|\n\nThe errors of each model in centimetres.\n", True),
        ("Very good and highly accurate results were obtained with all of the models we tried here.\n", False),
    ],
)
def test_results_need_numbers_or_something_to_see(seen: See, below: str, *, told: bool) -> None:
    assert ("results" in roles(seen, f"# Tides\n\n## Results\n\n{below}")) is told


def test_steps_may_be_code_only(seen: See) -> None:
    assert roles(seen, "# Tides\n\n## Usage\n\n```\nmake\n```\n") == {"usage"}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("The goal of this project is to predict the level at the lock.", "problem"),
        ("Answers questions about bookings, refunds and broken bikes from articles.", "problem"),
        ("The data was collected by the gauge of the harbour since 2018.", "data"),
        (
            "We trained a random forest on lags of it. Then ridge was fitted and tuned on all of them.",
            "approach",
        ),
    ],
)
def test_sentences_tell_without_headings(seen: See, text: str, role: str) -> None:
    assert role in roles(seen, f"# Tides\n\n{text}\n")


@pytest.mark.parametrize(
    "text",
    [
        "We kept only the nights and tried xgboost on them. Later the same model, a lasso, was fitted to both gauges.",
        "Se entrenó un random forest con los lags del año. Luego se comparó con xgboost en la noche.",
        "Der random forest wurde auf den Pegeln trainiert. Danach haben wir xgboost mit den Lags verglichen.",
    ],
)
def test_what_was_done_is_told_by_the_grammar_of_sentences(seen: See, text: str) -> None:
    assert "approach" in roles(seen, f"# Tides\n\n{text}\n")


def test_a_list_of_methods_tells_no_approach(seen: See) -> None:
    assert (
        roles(seen, "# Tides\n\n- Random forest with all the lags of the gauge\n- Boosting on the wind of two days\n")
        == set()
    )


def test_own_numbers_tell_results_and_findings(seen: See) -> None:
    evidence = seen(sections, {"README.md": "# Tides\n\nOn the nights of the last winter the RMSE is 0.12 metres.\n"})
    at = Location("README.md", 3, note="tells the results")
    assert [(f.value, f.at) for f in evidence.known("writeup.sections")] == [("results", at)]
    assert [f.at.line for f in evidence.known("writeup.findings")] == [3]


def test_a_table_of_contents_tells_nothing(seen: See) -> None:
    links = "".join(f"- [{title}](#{title})\n" for title in ("Problem", "Data", "Results", "Limits"))
    assert roles(seen, f"# Tides\n\n## Contents\n\n{links}") == frozenset()


def test_the_fullest_write_up_is_counted_without_its_steps(seen: See) -> None:
    files = {"README.md": "# Tides\n", "study/README.md": f"# Study\n\n{WORDS}\n## Setup\n\n{WORDS}"}
    (fact,) = seen(sections, files).known("writeup.own_words")
    assert (fact.value, fact.at.path) == (21, "study/README.md")


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("The error of the model is highest at spring tide, as the plot shows.", 1),
        ("We found that the features of the wind matter most in the winter.", 1),
        ("The model is trained on the data of the last ten years.", 0),
        ("The lock is higher than the harbour, which everybody here knows.", 0),
        ("Run the model to see that the score is higher than it was.", 0),
        ("The data is better.", 0),
    ],
)
def test_sentences_that_tell_a_finding(seen: See, sentence: str, count: int) -> None:
    facts = seen(sections, {"README.md": f"# Tides\n\n{sentence}\n"}).facts

    assert sum(fact.id == "writeup.findings" for fact in facts) == count


def test_only_the_sentence_with_the_number_is_a_finding(seen: See) -> None:
    text = "The RMSE is 0.12 on the nights of winter. The lock was built by a mason long ago in spring.\n"
    (found,) = seen(sections, {"README.md": f"# Tides\n\n{text}"}).known("writeup.findings")
    assert found.at.note.startswith("The RMSE")


def test_a_number_in_a_notebook_tells_no_section_of_results(seen: See) -> None:
    cell = {
        "cell_type": "markdown",
        "metadata": {},
        "source": ["On the nights of the last winter the RMSE is 0.12 metres."],
    }
    notebook = json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    assert seen(sections, {"a.ipynb": notebook}).names("writeup.sections") == set()
