"""The terminal report at every width, in every terminal, of every content."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from rich.cells import cell_len

from canonical import HOSTILE
from portfolio_audit.model.report import Report
from portfolio_audit.model.result import Outcome
from portfolio_audit.model.rule import Measured
from portfolio_audit.reporting.terminal import Detail, View
from reporting.pages import page, painted

Expect = Callable[[str, str], None]
FULL = View(Detail.FULL)
ESCAPES = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\")


def test_a_portfolio_at_80_columns(report: Report, expect: Expect) -> None:
    expect("portfolio-80.txt", page(report, 80))


def test_a_portfolio_at_160_columns(report: Report, expect: Expect) -> None:
    expect("portfolio-160.txt", page(report, 160))


def test_a_portfolio_in_full_at_80_columns(report: Report, expect: Expect) -> None:
    expect("portfolio-full-80.txt", page(report, 80, FULL))


def test_a_portfolio_where_only_ascii_can_be_shown(report: Report, expect: Expect) -> None:
    shown = page(report, 80, encoding="ascii")
    expect("portfolio-ascii-80.txt", shown.encode("ascii", "replace").decode())


def test_a_repository_at_80_columns(single: Report, expect: Expect) -> None:
    expect("repository-80.txt", page(single, 80))


def test_a_summary_is_one_line(report: Report, single: Report) -> None:
    summary = View(Detail.SUMMARY)
    assert page(report, 80, summary) == "ada: B (65 of 100)\n"
    assert page(single, 80, summary) == "ada/churn-service: A (87 of 100)\n"


@pytest.mark.parametrize("width", [40, 60, 80, 109, 110, 132, 200])
def test_no_line_is_wider_than_the_terminal(report: Report, width: int) -> None:
    assert max(cell_len(line) for line in page(report, width, FULL).split("\n")) <= width


def test_lines_end_where_their_text_ends(report: Report) -> None:
    assert [line for line in page(report, 80, FULL).split("\n") if line != line.rstrip()] == []


def test_only_our_own_escape_sequences_reach_the_terminal(report: Report) -> None:
    left = ESCAPES.sub("", painted(report))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]", left)


def test_markup_in_names_is_text(report: Report) -> None:
    assert "evil[red]" in page(report, 160)
    assert HOSTILE not in page(report, 160)


def test_colours_are_the_terminals_own_and_neither_black_nor_white(report: Report) -> None:
    codes = {code for sequence in re.findall(r"\x1b\[([0-9;]+)m", painted(report)) for code in sequence.split(";")}
    assert codes <= {"0", "1", "2", "3", "31", "32", "33", "34", "35", "36"}


def test_without_colour_nothing_is_lost(report: Report) -> None:
    plain = ESCAPES.sub("", painted(report, no_color=True))
    assert plain == ESCAPES.sub("", painted(report))
    assert not re.search(r"\x1b\[(?:\d+;)*3[0-7]m", painted(report, no_color=True))


def test_a_repository_that_is_asked_for_is_shown_with_its_own_plan(report: Report) -> None:
    shown = page(report, 80, View(repositories=("ada/house-prices",)))
    assert "ada/house-prices" in shown
    assert "ada/churn-service   " not in shown
    assert shown.count("The plan: what to do next") == 2


def test_evidence_links_to_its_line_at_the_commit(single: Report) -> None:
    commit = single.repositories[0].commit
    assert f"https://github.com/ada/churn-service/blob/{commit}/src/churn/api.py#L22" in painted(single)


def test_a_part_that_earns_points_is_never_without_evidence(single: Report) -> None:
    shown = page(replace(single, repositories=(replace(single.repositories[0], rungs=()),)), 80, FULL)
    parts = [line for line in shown.splitlines() if "evidence" in line and "%" in line]
    assert [("no evidence" in line, "  0 %" in line) for line in parts].count((True, False)) == 0
    assert any("preparation only" in line for line in parts)


def test_what_has_no_page_has_no_links(single: Report) -> None:
    local = replace(single, repositories=(replace(single.repositories[0], web_url=""),))
    assert "\x1b]8;" not in painted(local)


def test_an_address_that_is_no_web_page_is_no_link(single: Report) -> None:
    odd = replace(single, repositories=(replace(single.repositories[0], web_url="javascript:alert(1)//"),))
    assert "javascript" not in painted(odd)


def test_a_portfolio_without_pieces_says_so(report: Report) -> None:
    assert report.portfolio
    bare = replace(report.portfolio, pieces=(), plan=())
    left_out = tuple(r for r in report.repositories if not r.kind.counted)
    shown = page(replace(report, portfolio=bare, repositories=left_out), 80)
    assert "No repository here counts as a portfolio piece yet" in shown
    assert "Nothing left to fix" in shown


def test_a_portfolio_of_nothing_at_all_can_be_shown(report: Report) -> None:
    assert report.portfolio
    empty = replace(report, portfolio=replace(report.portfolio, pieces=(), plan=()), repositories=(), problems=())
    assert "Portfolio of ada" in page(empty, 80)


def test_many_repositories_left_out_are_counted_not_listed(report: Report) -> None:
    course = report.repositories[-1]
    many = replace(report, repositories=(course,) * 20)
    assert "and 8 more" in page(many, 80)


def test_a_problem_that_repositories_share_is_told_once(report: Report) -> None:
    broken = next(r for r in report.repositories if r.name == "house-prices")
    shown = page(replace(report, repositories=(broken, replace(broken, name="flat-prices"))), 160)
    assert "house-prices/eda.ipynb:88 and 1 more: is no JSON" in shown


def test_what_is_not_sure_is_called_likely(single: Report) -> None:
    piece = single.repositories[0]
    unsure = replace(piece.results[0].rule, measured=(Measured("fail", 3, 6),))
    told = replace(
        piece.results[0], rule=unsure, outcome=Outcome.FAIL, points=0.0, message="No tests.", findings=(), evidence=()
    )
    shown = page(replace(single, repositories=(replace(piece, results=(told,)),)), 80)
    assert "likely: No tests." in shown
    assert "likely" not in page(single, 80)
