"""What is kept of an audit, and that the same is kept once."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

from history.conftest import PORTFOLIO, SINGLE, on
from portfolio_audit.history import HistoryFile, Run
from portfolio_audit.history.recording import subject_of


def ask(file: HistoryFile, query: str) -> list[tuple[object, ...]]:
    """What anybody's SQLite answers."""
    with closing(sqlite3.connect(file.path)) as connection:
        return connection.execute(query).fetchall()


def test_a_run_holds_what_the_report_says_of_itself(file: HistoryFile) -> None:
    assert file.record(on(20)) == Run(
        number=1,
        subject=PORTFOLIO.portfolio.name,
        at="2026-11-20T12:00:00Z",
        way="audit",
        portfolio=True,
        tool=PORTFOLIO.tool.version,
        ruleset=PORTFOLIO.ruleset.version,
        standard=PORTFOLIO.ruleset.digest,
        grade=PORTFOLIO.grade,
        score=PORTFOLIO.score,
    )


def test_the_subject_is_the_account_or_the_repository() -> None:
    assert subject_of(PORTFOLIO) == PORTFOLIO.portfolio.name
    assert subject_of(SINGLE) == SINGLE.repositories[0].full_name


def test_every_repository_and_the_profile_are_states(file: HistoryFile) -> None:
    file.record(PORTFOLIO)
    expected = {(r.full_name, r.commit, r.grade, r.score) for r in PORTFOLIO.repositories}
    assert set(ask(file, "SELECT repository, commit_id, grade, score FROM repositories")) == expected
    assert ask(file, "SELECT score FROM states WHERE repository = ''") == [(PORTFOLIO.portfolio.score,)]


def test_verdicts_are_those_that_were_asked(file: HistoryFile) -> None:
    file.record(SINGLE)
    asked = {(r.rule, r.outcome) for r in SINGLE.repositories[0].results if r.outcome != "not_applicable"}
    assert set(ask(file, "SELECT rule, outcome FROM verdicts WHERE project = ''")) == asked


def test_findings_that_are_silenced_are_not_kept(file: HistoryFile) -> None:
    repository = SINGLE.repositories[0]
    silenced = replace(repository, results=tuple(replace(r, suppressed="known") for r in repository.results))
    file.record(replace(SINGLE, repositories=(silenced,)))
    assert ask(file, "SELECT count(*) FROM findings") == [(0,)]


def test_a_state_that_did_not_change_is_kept_once(file: HistoryFile) -> None:
    file.record(on(20))
    before = ask(file, "SELECT count(*) FROM states")
    file.record(on(21))
    assert ask(file, "SELECT count(*) FROM states") == before
    assert ask(file, "SELECT count(DISTINCT run) FROM run_states") == [(2,)]


def test_the_same_moment_is_replaced(file: HistoryFile) -> None:
    file.record(on(20))
    file.record(on(20, score=1.0, grade="F"))
    assert [(run.grade, run.score) for run in file.runs()] == [("F", 1.0)]
    assert ask(file, "SELECT count(DISTINCT run) FROM run_states") == [(1,)]


def test_an_audit_and_a_backfill_of_one_moment_are_two_runs(file: HistoryFile) -> None:
    file.record(on(20))
    file.record_all([on(20), on(21)], "backfill")
    assert [(run.at[8:10], run.way) for run in file.runs()] == [("20", "audit"), ("20", "backfill"), ("21", "backfill")]


def test_what_is_not_met_can_be_asked_of_the_newest_run(file: HistoryFile) -> None:
    file.record(on(20, SINGLE))
    unmet = {r.rule for r in SINGLE.repositories[0].results if r.outcome in {"fail", "partial"}}
    assert {rule for (rule,) in ask(file, "SELECT rule FROM unmet WHERE project = ''")} == unmet
    file.record(on(21, SINGLE, repositories=(replace(SINGLE.repositories[0], results=()),)))
    assert ask(file, "SELECT rule FROM unmet") == []
