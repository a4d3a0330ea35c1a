"""The report made small: what is kept, and what is cut."""

from __future__ import annotations

from dataclasses import replace

import orjson
import pytest

from dashboard.hostile import ATTACKS, hostile
from portfolio_audit.dashboard.compact import DETAILS, Detail, Moment, Past, compact
from portfolio_audit.dashboard.visible import visible
from portfolio_audit.reporting.wire import Report
from portfolio_audit.reporting.wire.verdicts import Location


def test_the_head_is_that_of_the_report(report: Report) -> None:
    data = compact(report)
    assert (data["grade"], data["score"], data["at"]) == (report.grade, report.score, report.at)
    assert [r["full"] for r in data["repositories"]] == [visible(r.full_name) for r in report.repositories]


def test_every_rule_and_every_text_stands_there_once(report: Report) -> None:
    data = compact(report)
    assert [rule["id"] for rule in data["rules"]] == list(report.rules)
    assert len(data["texts"]) == len(set(data["texts"]))
    assert data["texts"][0] == ""


def test_a_result_is_a_short_row(report: Report) -> None:
    data = compact(report)
    repository = report.repositories[0]
    for row, result in zip(data["repositories"][0]["results"], repository.results, strict=True):
        rule, outcome, points, possible, *_ = [*row, 0, 0, 0, 0]
        assert data["rules"][rule]["id"] == result.rule
        assert ("pass", "partial", "fail", "not_applicable", "unknown")[outcome] == result.outcome
        assert (points, possible) == (result.points, result.possible)


def test_places_beyond_the_first_are_counted(report: Report) -> None:
    repository = report.repositories[0]
    many = replace(repository.results[0], outcome="pass", evidence=tuple(Location("a.py", n) for n in range(1, 11)))
    changed = replace(report, repositories=(replace(repository, results=(many,)),))
    places = compact(changed, detail=Detail(met=3, unmet=1, note=9))["repositories"][0]["results"][0][6]
    assert ([place[1:] for place in places[:-1]], places[-1]) == ([[1], [2], [3]], 7)


def test_the_same_place_is_told_once(report: Report) -> None:
    repository = report.repositories[0]
    twice = replace(repository.results[0], outcome="pass", evidence=(Location("a.py", 1),) * 2, findings=())
    changed = replace(report, repositories=(replace(repository, results=(twice,)),))
    assert len(compact(changed)["repositories"][0]["results"][0][6]) == 1


def test_the_curve_is_kept(report: Report) -> None:
    assert compact(report, Past((Moment("2026-01-01T00:00:00Z", 50.0, "C", "abc"),)))["history"] == [
        ["2026-01-01T00:00:00Z", 50.0, "C", "abc"]
    ]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "https://a b", 'https://a"b', "//a"])
def test_an_address_nobody_should_follow_is_none(report: Report, address: str) -> None:
    repository = replace(report.repositories[0], web_url=address, commit="main; rm")
    shown = compact(replace(report, repositories=(repository,)))["repositories"][0]
    assert (shown["url"], shown["commit"]) == ("", "")


def test_nothing_long_or_hidden_is_left_of_a_hostile_report(report: Report) -> None:
    data = compact(hostile(report))
    assert max(map(len, data["texts"])) <= 300
    assert not any("\u202e" in text or "\u2028" in text for text in data["texts"])
    assert "\\u202egnp.exe" in " ".join(data["texts"])


def test_less_detail_takes_less_room(report: Report) -> None:
    sizes = [len(orjson.dumps(compact(hostile(report), detail=detail))) for detail in DETAILS]
    assert sizes == sorted(sizes, reverse=True)
    assert ATTACKS[0][:20] in compact(hostile(report), detail=DETAILS[-1])["portfolio"]["name"]


def test_the_plan_names_repositories_as_they_are_called_at_every_detail(report: Report) -> None:
    name = f"ada/{'long' * 25}"
    repository = replace(report.repositories[0], full_name=name)
    step = replace(report.portfolio.plan[0], repository=name)
    changed = replace(report, portfolio=replace(report.portfolio, plan=(step,)), repositories=(repository,))
    for detail in DETAILS:
        data = compact(changed, detail=detail)
        assert data["texts"][data["portfolio"]["plan"][0][6]] == data["repositories"][0]["full"]
