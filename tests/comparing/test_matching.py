"""Which finding is the same as which."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparing.sides import place
from portfolio_audit.comparing.matching import matched
from portfolio_audit.reporting.wire.verdicts import Finding


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(place("a.py", 3, fingerprint="f"), place("a.py", 90, fingerprint="f"), id="a line further down"),
        pytest.param(place("a.py", 3), place("a.py", 3), id="the same place, without fingerprints"),
        pytest.param(place("a.py", 3, fingerprint="f"), place("a.py", 3, fingerprint="g"), id="a rewritten line"),
        pytest.param(place("a.py", 3, note="x"), place("a.py", 9, note="x"), id="the same note elsewhere in the file"),
        pytest.param(
            place("a.py", 3, fingerprint="f", note="x"),
            place("lib/a.py", 4, fingerprint="g", note="x"),
            id="a moved file",
        ),
        pytest.param(place(""), place(""), id="the repository as a whole"),
    ],
)
def test_the_same_finding(before: Finding, after: Finding) -> None:
    assert list(matched([before], [after])) == [(before, after)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(place("a.py", 3, fingerprint="f"), place("a.py", 4, fingerprint="g"), id="another line"),
        pytest.param(place("a.py", 3, note="x"), place("a.py", 4, note="y"), id="another note"),
        pytest.param(place("a.py", 3), place("b.py", 3), id="another file"),
        pytest.param(place("", fingerprint="f"), place("a.py"), id="a place for what was about the whole"),
    ],
)
def test_another_finding(before: Finding, after: Finding) -> None:
    assert list(matched([before], [after])) == [(None, after), (before, None)]


def test_fingerprints_count_before_places() -> None:
    first, second = place("a.py", 1, fingerprint="f"), place("a.py", 2, fingerprint="g")
    swapped = [place("a.py", 1, fingerprint="g"), place("a.py", 2, fingerprint="f")]
    assert list(matched([first, second], swapped)) == [(second, swapped[0]), (first, swapped[1])]


def test_of_two_alike_one_is_gone() -> None:
    twice = [place("a.py", 1, note="x"), place("a.py", 2, note="x")]
    assert list(matched(twice, [place("a.py", 2, note="x")])) == [(twice[1], twice[1]), (twice[0], None)]


PLACES = st.lists(
    st.builds(
        place, st.sampled_from(["", "a.py", "b/a.py"]), st.integers(0, 3), fingerprint=st.sampled_from(["", "f", "g"])
    ),
    max_size=6,
)


@given(PLACES, PLACES)
def test_every_finding_is_in_one_pair(before: Sequence[Finding], after: Sequence[Finding]) -> None:
    pairs = list(matched(before, after))
    assert [new for _, new in pairs if new] == list(after)
    assert sorted((old for old, _ in pairs if old), key=repr) == sorted(before, key=repr)


@given(PLACES)
def test_nothing_changes_against_itself(places: Sequence[Finding]) -> None:
    assert all(old and new and old.path == new.path for old, new in matched(places, places))
