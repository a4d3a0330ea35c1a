"""Decisions, alternatives, failures and limits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType

import pytest

from portfolio_audit.evidence import discussion
from portfolio_audit.model.fact import Evidence
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Unavailable

See = Callable[[ModuleType, Mapping[str, str | Unavailable]], Evidence]


def told(seen: See, text: str) -> set[str]:
    return {f.id.removeprefix("discussion.") for f in seen(discussion, {"README.md": text}).facts}


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        ("We chose ridge because the series is short and noisy.", {"decisions"}),
        ("Lags of the wind did not help the model in any fold.", {"failures"}),
        ("The model cannot see storms, for the data has only two.", {"limits"}),
        ("Gradient boosting outperformed ridge on every fold of the year.", {"alternatives"}),
        ("The model is trained on the first five years.", set()),
        ("Choose the region because it is nearest to you, then press enter.", set()),
        ("We cannot wait to see you at the harbour next week.", set()),
    ],
)
def test_what_a_sentence_tells(seen: See, sentence: str, facts: set[str]) -> None:
    assert told(seen, f"# Tides\n\n{sentence}\n") == facts


def test_a_section_on_limits_needs_words_of_its_own(seen: See) -> None:
    assert told(seen, "# T\n\n## Limitations\n\nNone.\n") == set()
    assert told(seen, "# T\n\n## Limitations\n\n" + "Storms are rare here. " * 8) == {"limits"}


@pytest.mark.parametrize("heading", ["Setup", "Usage", "Future work"])
def test_steps_and_plans_are_no_discussion(seen: See, heading: str) -> None:
    text = f"# T\n\n## {heading}\n\nWe chose conda instead of venv because the model trains faster.\n"
    assert told(seen, text) == set()


def test_decision_records_are_decisions(seen: See) -> None:
    files = {"docs/adr/0001-use-ridge.md": "# Use ridge", "docs/adr/template.md": "# Title"}
    facts = [f.at for f in seen(discussion, files).known("discussion.decisions")]
    assert facts == [Location("docs/adr/0001-use-ridge.md", 1, note="a decision record")]


@pytest.mark.parametrize(
    ("sentence", "aspects"),
    [
        ("I decided to keep the wind although it is noisy, because the keepers trust it.", {"decisions"}),
        ("Storms were left out of scope due to the two examples in the record.", {"decisions"}),
        ("Due to the time it takes, I have commented out the wider grid.", {"decisions"}),
        ("We shall use the logarithm of the level since it is skewed to the right.", {"decisions"}),
        ("While XGBoost is fast to train, the elastic net scores slightly better.", {"alternatives"}),
        ("Ridge regression was compared with gradient boosting on the last year.", {"alternatives"}),
        ("We trained ridge regression and gradient boosting on the last ten years.", set()),
        ("The predictions are compared with the levels that the gauge has shown.", set()),
        ("The secrets are used in order to give the runner access to the bucket.", set()),
        ("You should use the small model instead of the other because it is faster.", set()),
        ("We need to decide on a model since the larger ones are too slow.", set()),
        ("The score of the model is too good because the gauge leaks the target.", {"doubts"}),
        ("We cannot pass strings as values of data in the command line.", set()),
    ],
)
def test_sentences_that_discuss_or_do_not(seen: See, sentence: str, aspects: set[str]) -> None:
    facts = seen(discussion, {"README.md": f"# Tides\n\n{sentence}\n"}).facts

    assert {fact.id.removeprefix("discussion.") for fact in facts} == aspects
