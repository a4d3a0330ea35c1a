"""Every condition of a rule is told with its truth and the places that decided it."""

from __future__ import annotations

from dataclasses import replace

from canonical import rule_of
from portfolio_audit.cli.seeing import conditions_in_words
from portfolio_audit.engine.conditions import Judge
from portfolio_audit.model.fact import Evidence, Fact, Rung
from portfolio_audit.model.location import Location
from portfolio_audit.model.rule import AllOf, AnyOf, Condition, FactTest, Not, TextTest
from portfolio_audit.model.snapshot import Unavailable

SEEN = Evidence(
    (
        Fact("api.route", "POST /score", Location("api.py", 22, note="serves a model"), Rung.WIRED),
        Fact("tests.of_api", Unavailable("is no UTF-8"), Location("test_api.py")),
        *(Fact("data.file", True, Location(f"data/{number}.csv")) for number in range(9)),
    )
)


def told(condition: Condition) -> list[str]:
    """What is told of one condition."""
    rule = replace(rule_of("missing-api"), full=condition)
    return list(conditions_in_words(rule, Judge(SEEN, {"README.md": "one\nevil\x1b[31m"})))


def test_conditions_are_a_tree() -> None:
    assert told(AllOf((AnyOf((FactTest("api.route"), FactTest("ui.app"))), Not(FactTest("ui.app"))))) == [
        "Met in full: yes",
        "  yes: all of",
        "    yes: any of",
        "      yes: api.route",
        "          api.py:22  POST /score  (wired)  serves a model",
        "      no: ui.app",
        "    yes: not",
        "      no: ui.app",
    ]


def test_what_is_not_known_says_why() -> None:
    assert told(FactTest("tests.of_api")) == [
        "Met in full: not known",
        "  not known: tests.of_api",
        "      test_api.py  undecided: is no UTF-8",
    ]


def test_many_places_are_counted() -> None:
    assert told(FactTest("data.file"))[-1] == "      and 5 more"


def test_text_shows_its_line() -> None:
    assert told(TextTest("evil", ("README*",)))[-1] == "      README.md:2"
