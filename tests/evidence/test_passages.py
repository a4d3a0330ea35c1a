"""The sentences that are the author's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.passages import instructs, intends, own_prose, passages
from portfolio_audit.model.vocabulary import Vocabulary
from portfolio_audit.parsing.prose import Link, Prose, Section

Make = Callable[[Mapping[str, str]], Documents]


def read(documents: Make, text: str) -> list[tuple[str, list[str]]]:
    found = passages(documents({"README.md": text}))
    return [(passage.section.title, [sentence.text for sentence in passage.sentences]) for passage in found]


def test_sections_with_their_sentences(documents: Make) -> None:
    text = "# Tides\n\nThe table is wrong. Keepers wait.\n\n## Data\n\nFrom the gauge.\n"

    assert read(documents, text) == [("Tides", ["The table is wrong.", "Keepers wait."]), ("Data", ["From the gauge."])]


@pytest.mark.parametrize(
    "text",
    [
        "> Someone else said so.",
        '"The gauge is old and wrong."',
        "\u201cThe gauge is old.\u201d [3].",
        '"The gauge is old.\n\nIt shows a "level" of its own."',
        "- [How the gauge was built](https://example.org)\n- [Why it is wrong now](https://example.org)",
    ],
)
def test_what_is_not_told_by_the_author(text: str, documents: Make) -> None:
    assert [sentence for _, found in read(documents, text) for sentence in found] == []


@pytest.mark.parametrize(
    "text",
    [
        '"Tides" is a model of the gauge.',
        '"Slack" is when the water stands, which keepers call "still".',
        '"An open quotation that never ends.',
        "See [the gauge](https://example.org) for the levels of the last ten years.",
    ],
)
def test_what_only_looks_like_it(text: str, documents: Make) -> None:
    assert len(read(documents, text)[0][1]) == 1


def test_titles_of_links_elsewhere_take_nothing_away() -> None:
    prose = (Prose("The gauge of the lock is old.", 9),)
    section = Section("", 0, 1, prose, links=(Link("u", "The gauge of the lock is old.", 3),))

    assert tuple(own_prose(section)) == prose


@pytest.mark.parametrize(
    "text", ["Run the app.", "Then, go to the page.", "You need to add a key.", "Please open an issue."]
)
def test_instructions(text: str, vocabulary: Vocabulary) -> None:
    assert instructs(text, vocabulary)


@pytest.mark.parametrize(
    "text", ["We run the lock by a forecast.", "Running costs are high.", "You are a lock keeper."]
)
def test_no_instructions(text: str, vocabulary: Vocabulary) -> None:
    assert not instructs(text, vocabulary)


def test_intentions(vocabulary: Vocabulary) -> None:
    assert intends("We need to add the wind.", vocabulary)
    assert not intends("We added the wind.", vocabulary)
