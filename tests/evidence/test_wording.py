"""Sentences and the words in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.evidence.wording import phrases, sentences, shortened, word_count
from portfolio_audit.parsing.prose import Prose


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        (("risk",), "At RISK today", True),
        (("risk",), "an asterisk", False),
        (("risk",), "low-risk", False),
        (("predict*",), "it predicts", True),
        (("predict*",), "unpredicted", False),
        (("so that",), "so that they can", True),
        (("数据",), "我们的数据集", True),
        ((), "anything", False),
    ],
)
def test_phrases_are_whole_words(words: tuple[str, ...], text: str, *, found: bool) -> None:
    assert bool(phrases(words).search(text)) is found


def test_sentences_keep_the_line_of_their_paragraph() -> None:
    prose = [Prose("The level rises twice. No. It falls as often!", 3)]
    assert list(sentences(prose)) == [Prose("The level rises twice.", 3), Prose("It falls as often!", 3)]


def test_numbers_do_not_end_sentences() -> None:
    assert [s.text for s in sentences([Prose("An MAE of 11.8 cm is good", 1)])] == ["An MAE of 11.8 cm is good"]


def test_quoted_prose_is_not_the_authors() -> None:
    assert list(sentences([Prose("Somebody else said all of this", 1, quoted=True)])) == []


def test_scripts_without_spaces_have_words_too() -> None:
    assert [s.text for s in sentences([Prose("水位每天上升两次。第二次更高而且更快。", 1)])] == [
        "水位每天上升两次。",
        "第二次更高而且更快。",
    ]
    assert word_count("水位每天上升") == 4


def test_long_text_is_cut() -> None:
    assert shortened("a" * 9, 5) == "aaaa…"


LISTED = ("risk", "ai*", "decid*", "so that", "don't", "e-mail", "数据", "Überprüf*", "c++")
AROUND = st.sampled_from(["the", "Ice", "x", "level", "数"])


@given(phrase=st.sampled_from(LISTED), around=st.lists(AROUND, max_size=4), upper=st.booleans())
def test_a_listed_phrase_is_found_wherever_it_stands(phrase: str, around: list[str], *, upper: bool) -> None:
    told = phrase.replace("*", "ed").upper() if upper else phrase.replace("*", "ing")
    text = " ".join([*around, told, *around])
    assert phrases(LISTED).count(text) == 1
    assert phrases(LISTED).search(" ".join(around)) is None


def test_a_phrase_is_searched_in_a_part_of_a_text() -> None:
    found = phrases(("risk",))
    assert found.search("risk and risk", 5) is not None
    assert found.search("no, a risk", 0, 5) is None
    assert found.match("Risk first") is not None
    assert found.match("first a risk") is None
