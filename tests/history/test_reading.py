"""The history read again, and compared."""

from __future__ import annotations

from dataclasses import replace

from history.conftest import PORTFOLIO, SINGLE, on
from portfolio_audit.comparing import Cause, Change, compare, side_of
from portfolio_audit.history import HistoryFile


def test_runs_come_oldest_first(file: HistoryFile) -> None:
    for day in (22, 20, 21):
        file.record(on(day))
    assert [run.at[8:10] for run in file.runs()] == ["20", "21", "22"]


def test_runs_of_one_subject_by_its_full_or_short_name(file: HistoryFile) -> None:
    file.record(PORTFOLIO)
    file.record(SINGLE)
    name = SINGLE.repositories[0].full_name
    for wanted in (name, name.upper(), SINGLE.repositories[0].name):
        assert [run.subject for run in file.runs(wanted)] == [name, name]  # by itself, and in the portfolio
    assert file.runs("nobody") == []


def test_a_kept_run_is_the_same_side_as_its_report(file: HistoryFile) -> None:
    for report in (PORTFOLIO, SINGLE):
        delta = compare(side_of(report), file.side(file.record(report)))
        assert (delta.is_empty, delta.score) == (True, 0.0)
        assert {finding.change for finding in delta.findings} <= {Change.UNCHANGED, Change.UNDECIDED}


def test_another_standard_is_told_from_other_work(file: HistoryFile) -> None:
    repository = replace(SINGLE.repositories[0], commit="a" * 40)
    report = replace(SINGLE, repositories=(repository,))
    before = file.side(file.record(on(20, report)))
    same = file.side(file.record(on(21, report, ruleset=replace(report.ruleset, digest="other"))))
    both = replace(report, repositories=(replace(repository, commit="b" * 40),))
    other = file.side(file.record(on(22, both, ruleset=replace(report.ruleset, digest="other"))))
    assert [compare(before, side).cause for side in (same, other)] == [Cause.RULESET, Cause.UNCLEAR]


def test_a_repository_in_a_portfolio_has_its_own_curve(file: HistoryFile) -> None:
    repository = PORTFOLIO.repositories[0]
    file.record(on(20))
    better = (replace(repository, score=repository.score + 1), *PORTFOLIO.repositories[1:])
    file.record(on(21, repositories=better))
    expected = [(repository.full_name, False, repository.score), (repository.full_name, False, repository.score + 1)]
    assert [(run.subject, run.portfolio, run.score) for run in file.runs(repository.name)] == expected
    assert [run.score for run in file.curves()[repository.full_name]] == [score for _, _, score in expected]


def test_a_repository_audited_by_itself_is_told_once(file: HistoryFile) -> None:
    file.record(on(20, SINGLE))
    assert len(file.runs(SINGLE.repositories[0].full_name)) == 1
    assert len(file.curves()[SINGLE.repositories[0].full_name]) == 1
