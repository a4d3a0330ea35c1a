"""Remarks at changed lines, and the commands that make them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from action.test_telling import against, report, with_failures
from portfolio_audit.action.remarks import Remark, remarks
from portfolio_audit.action.story import Story

LINES = {f"src/{number}.py": frozenset({3}) for number in range(50)}


def test_only_changed_lines_and_at_most_ten() -> None:
    story = against(with_failures(50))
    assert len(remarks(story, LINES)) == 10
    (only,) = remarks(story, {"src/7.py": frozenset({2, 3}), "src/8.py": frozenset({4})})
    title = story.new[0].verdict.result.title
    assert only == Remark("src/7.py", 3, title, "It is so. Fix: Write the analysis up.")


def test_new_findings_come_before_old_ones() -> None:
    base = with_failures(20)
    head = with_failures(22)
    assert [r.path for r in remarks(against(head, base), LINES)][:2] == ["src/20.py", "src/21.py"]


def test_nothing_to_compare_with_is_nothing_to_remark() -> None:
    assert remarks(Story(report()), LINES) == ()


def test_a_command() -> None:
    made = Remark("a,b:c%.py", 3, "Title: one, two", "100 %\nof::it").command()
    assert made == "::warning file=a%2Cb%3Ac%25.py,line=3,title=Title%3A one%2C two::100 %25%0Aof::it"


@given(st.text(), st.text(), st.text())
def test_no_text_begins_another_command_or_property(path: str, title: str, message: str) -> None:
    made = Remark(path, 1, title, message).command()
    head = made.removeprefix("::warning ").partition("::")[0]
    assert len(made.splitlines()) <= 1 + sum(made.count(c) for c in "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
    assert "\n" not in made
    assert [part.partition("=")[0] for part in head.split(",")] == ["file", "line", "title"]


def test_findings_without_a_line_are_none() -> None:
    made = with_failures(1)
    (one,) = made.repositories
    results = tuple(replace(r, findings=tuple(replace(f, line=None) for f in r.findings)) for r in one.results)
    assert remarks(against(replace(made, repositories=(replace(one, results=results),))), LINES) == ()
