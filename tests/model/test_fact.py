"""Evidence tells decided observations from undecided ones."""

from __future__ import annotations

from portfolio_audit.model.fact import Evidence, Fact, Problem, Rung, merge
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Unavailable

HERE = Location("a.py", 3)
UNREAD = Fact("names", Unavailable("too big"), Location("b.py"))
EVIDENCE = Evidence((Fact("names", "x", HERE, Rung.WIRED), Fact("names", "y", HERE), UNREAD, Fact("share", 0.5)))


def test_observations_by_fact() -> None:
    assert EVIDENCE.names("names") == {"x", "y"}
    assert EVIDENCE.undecided("names") == (UNREAD,)
    assert EVIDENCE.number("share") == 0.5


def test_what_was_not_seen_is_false_zero_or_empty() -> None:
    assert not EVIDENCE.has("nothing")
    assert EVIDENCE.number("nothing") == 0
    assert EVIDENCE.names("nothing") == frozenset()
    assert EVIDENCE.rung("nothing") is None


def test_the_rung_is_the_highest_seen() -> None:
    assert EVIDENCE.rung("names") is Rung.WIRED


def test_an_undecided_observation_is_not_evidence() -> None:
    assert not Evidence((UNREAD,)).has("names")


def test_merging_keeps_order_and_problems() -> None:
    merged = merge([Evidence((Fact("a"),), (Problem("p"),)), Evidence((Fact("b"),))])
    assert [f.id for f in merged.facts] == ["a", "b"]
    assert merged.problems == (Problem("p"),)


def test_locations_read_as_path_and_line() -> None:
    assert [str(at) for at in (HERE, Location("n.ipynb", 9, 2), Location("d"), Location(""))] == [
        "a.py:3",
        "n.ipynb[cell 2]:9",
        "d",
        "(repository)",
    ]
