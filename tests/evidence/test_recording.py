"""A fact sheet is read back as it was written, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.cases import find_files, load_cases
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.recording import read_sheet, write_sheet
from portfolio_audit.evidence.sheet import FactSheet, see
from portfolio_audit.model.fact import Evidence, Fact, Problem, Rung
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Snapshot, Unavailable
from portfolio_audit.model.vocabulary import Vocabulary

CASE_FILES = find_files(Path(__file__).parents[1] / "rules")
AT = Location("notebooks/a.ipynb", 4, 2, "calls fit")
FACTS = (
    Fact("code.seen"),
    Fact("code.names", "sklearn", AT, Rung.WIRED),
    Fact("code.count", 3),
    Fact("code.share", 0.1),
    Fact("code.whole", 1.0),
    Fact("code.unknown", Unavailable("is too big"), Location("a.py")),
)
SHEET = FactSheet(
    Evidence(FACTS, (Problem("could not be read", AT),)),
    frozenset({b"\0" * 8, b"\xff" * 8}),
    {"b": Evidence(FACTS[:1]), "a": Evidence()},
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
NUMBERS = st.integers(0, 2**63)
LOCATIONS = st.builds(Location, TEXTS, NUMBERS, NUMBERS, TEXTS)
VALUES = st.one_of(
    st.booleans(),
    st.integers(-(2**63), 2**63),
    st.floats(allow_nan=False, allow_infinity=False),
    TEXTS,
    st.builds(Unavailable, TEXTS),
)
EVIDENCE = st.builds(
    Evidence,
    st.lists(st.builds(Fact, TEXTS, VALUES, LOCATIONS, st.sampled_from(Rung))).map(tuple),
    st.lists(st.builds(Problem, TEXTS, LOCATIONS)).map(tuple),
)
JSON = st.recursive(st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS), st.lists)


def test_a_fact_sheet_is_read_back_as_it_was_written() -> None:
    back = read_sheet(write_sheet(SHEET))
    assert back == SHEET
    assert repr(back.whole) == repr(SHEET.whole)  # 1.0 is no 1, and True neither
    assert list(back.projects) == ["b", "a"]


@given(EVIDENCE)
def test_whatever_was_seen_is_read_back(seen: Evidence) -> None:
    assert read_sheet(write_sheet(FactSheet(seen))) == FactSheet(seen)


@given(st.one_of(st.binary(), JSON.map(orjson.dumps)))
def test_anything_else_is_no_fact_sheet(data: bytes) -> None:
    assert read_sheet(data) is None


def damaged() -> Iterator[bytes]:
    """The fact sheet with one value after the other replaced by each of some that cannot stand there."""
    whole = orjson.loads(write_sheet(SHEET))
    for path in _paths(whole):
        for odd in (None, {}, -1, 1.5, ["a", "b"]):
            changed = orjson.loads(orjson.dumps(whole))
            inner = changed
            for step in path[:-1]:
                inner = inner[step]
            inner[path[-1]] = odd
            yield orjson.dumps(changed)


def _paths(value: object, *before: int) -> Iterator[tuple[int, ...]]:
    for number, part in enumerate(value if isinstance(value, list) else ()):
        yield (*before, number)
        yield from _paths(part, *before, number)


def test_with_one_value_of_another_form_it_is_none() -> None:
    read = [data for data in damaged() if read_sheet(data) is not None]
    assert len(read) == 2 * (len(FACTS) + 1)  # a fact's value may be any number


@pytest.mark.parametrize("cut", [1, 10, 100])
def test_cut_short_it_is_none(cut: int) -> None:
    assert read_sheet(write_sheet(SHEET)[:-cut]) is None


@pytest.mark.parametrize("value", ["\ud800", 2**70, float("nan"), float("inf")])
def test_what_json_cannot_say_is_not_kept(value: float | str) -> None:
    assert read_sheet(write_sheet(FactSheet(Evidence((Fact("code.names", value),))))) is None


@pytest.mark.parametrize(
    "seen",
    [
        Evidence((Fact("x.seen", Unavailable("the extractor failed (KeyError)")),)),
        Evidence(problems=(Problem("the extractor 'kind' failed on it (KeyError)"),)),
    ],
)
def test_what_an_extractor_failed_on_is_not_kept(seen: Evidence) -> None:
    assert write_sheet(FactSheet(seen)) == b""
    assert write_sheet(FactSheet(Evidence(), projects={"a": seen})) == b""


def kept(snapshot: Snapshot, vocabulary: Vocabulary, kind: str = "") -> tuple[FactSheet, FactSheet | None]:
    """What is seen, and the same as it is read back."""
    sheet = see(Documents(snapshot, vocabulary), kind)
    return sheet, read_sheet(write_sheet(sheet))


@pytest.mark.parametrize("group", sorted({file.group for file in CASE_FILES}))
def test_the_repositories_of_every_case_are_read_back(group: str, vocabulary: Vocabulary) -> None:
    cases = [case for file in CASE_FILES if file.group == group for case in load_cases(file)]
    for one in (repository for case in cases for repository in case.repositories):
        sheet, back = kept(one.snapshot, vocabulary, one.kind or "")
        assert (back, repr(back and back.whole)) == (sheet, repr(sheet.whole))
