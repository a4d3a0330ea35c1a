"""Runs of the newest commit, and the workflows they belong to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from conftest import snapshot_of
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.runs import Ran, Runs
from portfolio_audit.model.fact import Rung
from portfolio_audit.model.location import Location
from portfolio_audit.model.record import Run
from portfolio_audit.model.snapshot import NOT_FROM_FILES, Metadata
from portfolio_audit.model.vocabulary import Vocabulary

DAY = datetime(2026, 3, 1, 12, tzinfo=UTC)
PATH = ".github/workflows/ci.yml"
FILES = {PATH: "name: Tests\non:\n  push:\n  schedule: [{cron: 0 6 * * 1}]\njobs: {a: {steps: [{run: pytest}]}}\n"}


def runs(*recorded: Run, files: Mapping[str, str] = FILES) -> Runs:
    return Runs(Documents(snapshot_of(files, Metadata(runs=recorded)), Vocabulary()))


def test_a_run_points_to_what_started_it() -> None:
    found = runs(Run("Tests", "push", "success", DAY), Run("tests", "schedule", "failure"), Run("codecov", "", ""))
    assert found.known == (
        Ran(
            "Tests",
            "push",
            frozenset({"success"}),
            Location(PATH, 3, note="the run of 'Tests' started by push succeeded on 2026-03-01"),
            PATH,
        ),
        Ran(
            "tests",
            "schedule",
            frozenset({"failure"}),
            Location(PATH, 4, note="the run of 'tests' started by schedule failed"),
            PATH,
        ),
        Ran("codecov", "", frozenset({""}), Location("", note="the run of 'codecov' did not succeed")),
    )


@pytest.mark.parametrize("name", ["Tests", "TESTS", PATH, "ci.yml"])
def test_a_workflow_is_known_by_its_name_and_its_file(name: str) -> None:
    assert [ran.path for ran in runs(Run(name, "push", "success")).known] == [PATH]


def test_of_two_workflows_with_one_name_neither_is_meant() -> None:
    files = {**FILES, ".github/workflows/b.yml": FILES[PATH]}
    assert [ran.path for ran in runs(Run("Tests", "push", "success"), files=files).known] == [""]


@pytest.mark.parametrize(
    ("conclusions", "green", "whole", "failed"),
    [
        (["success"], True, True, False),
        (["success", "success"], True, True, False),
        (["success", "skipped"], True, False, False),
        (["success", ""], True, False, False),
        (["success", "failure"], False, False, True),
        (["success", "cancelled"], False, False, False),
        (["timed_out"], False, False, True),
        (["error"], False, False, True),
        (["skipped"], False, False, False),
        ([""], False, False, False),
    ],
)
def test_what_the_jobs_of_a_run_come_to(conclusions: list[str], green: bool, whole: bool, failed: bool) -> None:
    ran = runs(*(Run("Tests", "push", conclusion) for conclusion in conclusions)).known[0]
    assert (ran.green, ran.whole, ran.failed) == (green, whole, failed)


def test_what_a_run_proves() -> None:
    tried = runs(Run("Tests", "pull_request", "success"))
    assert tried.proves(PATH, Rung.WIRED) is Rung.OBSERVED
    assert tried.proves_whole(PATH, Rung.WIRED) is Rung.WIRED
    assert tried.proves("other.yml", Rung.WIRED) is Rung.WIRED
    assert runs(Run("Tests", "push", "success")).proves_whole(PATH, Rung.WIRED) is Rung.OBSERVED


def test_schedules_that_were_green() -> None:
    assert runs(Run("Tests", "schedule", "success")).scheduled() == {PATH}
    assert runs(Run("Tests", "push", "success"), Run("Tests", "schedule", "failure")).scheduled() == frozenset()


def test_nothing_ran_when_nobody_was_asked() -> None:
    assert Metadata().runs is NOT_FROM_FILES
    assert Runs(Documents(snapshot_of(FILES), Vocabulary())).known == ()
