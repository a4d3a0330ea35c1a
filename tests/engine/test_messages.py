"""Messages say what was seen, and nothing about what was not."""

from __future__ import annotations

import pytest

from portfolio_audit.engine.messages import fill, quoted_facts
from portfolio_audit.model.fact import Evidence, Fact, FactSpec, FactType

FACTS = {
    "lines": FactSpec("lines", FactType.NAMES, "Names."),
    "files": FactSpec("files", FactType.NAMES, "Names."),
    "places": FactSpec("places", FactType.FLAG, "A flag."),
    "share": FactSpec("share", FactType.NUMBER, "A share.", "share"),
    "words": FactSpec("words", FactType.NUMBER, "A number."),
}
EVIDENCE = Evidence(
    (
        *(Fact("lines", name) for name in "abcd"),
        Fact("places"),
        Fact("places"),
        Fact("share", 0.256),
        Fact("words", 1234),
    )
)


@pytest.mark.parametrize(
    ("message", "filled"),
    [
        ("Lines: {lines}.", "Lines: a, b and 2 more."),
        ("{places} places, {share} of {words}.", "2 places, 26 % of 1,234."),
        ("Nothing is quoted. Really.", "Nothing is quoted. Really."),
        ("Files: {files}.", "Files: none."),
        ("It will not start. Missing: {files}.", "It will not start."),
        ("Lines: {lines}. Files: {files}.", "Lines: a, b and 2 more."),
        ("Found {places} times in {files}.", "Found 2 times in none."),
        ("{unheard} stays.", "{unheard} stays."),
    ],
)
def test_filled(message: str, filled: str) -> None:
    assert fill(message, EVIDENCE, FACTS) == filled


def test_three_names_are_all_shown() -> None:
    evidence = Evidence(tuple(Fact("lines", name) for name in "abc"))
    assert fill("{lines}", evidence, FACTS) == "a, b and c"


def test_a_long_name_is_cut() -> None:
    shown = fill("{lines}", Evidence((Fact("lines", "x" * 200),)), FACTS)
    assert shown == "x" * 80 + "…"


def test_the_facts_a_message_quotes() -> None:
    assert quoted_facts("{a.b} and {c}, {not one}") == ["a.b", "c"]
