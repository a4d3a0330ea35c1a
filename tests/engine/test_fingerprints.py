"""A finding is known again after it moved, and two findings are never taken for one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from canonical import rule_of
from portfolio_audit.engine.fingerprints import fingerprinted
from portfolio_audit.model.location import Location
from portfolio_audit.model.result import Finding, Outcome, Result

TEXT = ("import torch", "", "torch==2.1", "torch==2.1", "numpy")


def prints(
    *places: Location, rule: str = "unpinned-environment", project: str = "", text: tuple[str, ...] = TEXT
) -> list[str]:
    """The fingerprints of findings at places of a file with this text."""
    findings = tuple(Finding(rule, "3 of 3 have no version", at) for at in places)

    def nearby(at: Location) -> str:
        return text[at.line - 1] if at.line else ""

    made = fingerprinted((Result(rule_of(rule), Outcome.FAIL, findings=findings),), nearby, project)
    return [finding.fingerprint for finding in made[0].findings]


def test_a_fingerprint_is_this_for_ever() -> None:
    assert prints(Location("requirements.txt", 5)) == ["06d1fdc8facca4e102a1"]


def test_what_moves_keeps_its_fingerprint() -> None:
    before = prints(Location("a.txt", 5), Location("a.txt", 1))
    moved = prints(Location("a.txt", 6), Location("a.txt", 3), text=("# new", "", *TEXT[:1], *TEXT[1:3], "numpy"))
    assert before == moved


def test_rule_path_text_and_project_each_make_another() -> None:
    made = [
        prints(Location("a.txt", 5)),
        prints(Location("a.txt", 5), rule="missing-licence"),
        prints(Location("b.txt", 5)),
        prints(Location("a.txt", 1)),
        prints(Location("a.txt", 5), project="prices"),
    ]
    assert len({each[0] for each in made}) == len(made)


def test_equal_lines_are_told_apart_by_their_order() -> None:
    third, fourth = Location("a.txt", 3), Location("a.txt", 4)
    assert prints(third, fourth) == prints(fourth, third)[::-1]
    assert len(set(prints(third, fourth))) == 2


def test_notes_and_messages_do_not_count() -> None:
    assert prints(Location("a.txt", 5, note="2 of 9")) == prints(Location("a.txt", 5, note="3 of 9"))


def test_results_without_findings_stay_as_they_are() -> None:
    passed = Result(rule_of("missing-licence"), Outcome.PASS, 1.0, (Location("LICENSE"),))
    assert fingerprinted((passed,)) == (passed,)


@given(st.lists(st.builds(Location, st.text(max_size=5), st.integers(0, 5), st.integers(0, 2)), max_size=12))
def test_findings_of_a_rule_never_share_a_fingerprint(places: list[Location]) -> None:
    made = prints(*places)
    assert len(set(made)) == len(places)
    assert all(len(each) == 20 for each in made)
