"""What the host recorded, and what it did not say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from types import ModuleType

import pytest

from conftest import snapshot_of
from portfolio_audit.evidence import record
from portfolio_audit.model.fact import Evidence, Fact, Rung
from portfolio_audit.model.location import Location
from portfolio_audit.model.record import Deployment, Release, Run
from portfolio_audit.model.snapshot import NOT_FROM_FILES, Metadata, Snapshot, Unavailable

Seen = Callable[[ModuleType, Snapshot], Evidence]
DAY = datetime(2026, 3, 1, 12, tzinfo=UTC)
DEMO = "https://tides.streamlit.app"


def known(evidence: Evidence) -> list[Fact]:
    return [fact for fact in evidence.facts if not isinstance(fact.value, Unavailable)]


def noted(name: str, note: str, value: str | bool = True, rung: Rung = Rung.MENTIONED) -> Fact:
    return Fact(f"record.{name}", value, Location("", note=note), rung)


def test_what_was_not_said_is_undecided(seen_of: Seen) -> None:
    seen = seen_of(record, snapshot_of({}))
    asked = {"record.live", "record.dead"}
    assert {fact.id for fact in seen.facts} == {spec.id for spec in record.FACTS} - asked
    assert {fact.value for fact in seen.facts} == {NOT_FROM_FILES}


def test_what_is_said_to_be_nothing_is_nothing(seen_of: Seen) -> None:
    nothing = Metadata(
        homepage="", archived=False, parent="", licence="", releases=(), deployments=(), environments=(), checks="",
        runs=(), pages=False, private=False,
    )  # fmt: skip
    assert seen_of(record, snapshot_of({}, nothing)).facts == ()


def test_everything_that_can_be_said(seen_of: Seen) -> None:
    said = Metadata(
        homepage="https://tides.example",
        archived=True,
        parent="org/tides",
        licence="MIT",
        releases=(Release("v1", DAY, assets=2), Release("v2-rc1", DAY, prerelease=True, assets=1)),
        deployments=(Deployment("production", DAY, "success"), Deployment("staging", DAY, "failure")),
        environments=("production",),
        checks="success",
        runs=(
            Run("Tests", "push", "success", DAY),
            Run("Lint", "push", "failure"),
            Run("Drift", "schedule", "success"),
        ),
        pages=True,
        private=True,
    )
    assert known(seen_of(record, snapshot_of({}, said))) == [
        noted("releases", "the release v1 of 2026-03-01 with 2 files", "v1", Rung.OBSERVED),
        noted("releases", "the pre-release v2-rc1 of 2026-03-01 with a file", "v2-rc1", Rung.OBSERVED),
        noted("deployed", "the deployment to 'production' succeeded on 2026-03-01", "production", Rung.OBSERVED),
        noted("deployment_failed", "the deployment to 'staging' failed on 2026-03-01", "staging"),
        noted("environments", "the environment 'production'", "production"),
        noted("green", "the checks of the newest commit succeeded", rung=Rung.OBSERVED),
        noted("runs_green", "the run of 'Tests' started by push succeeded on 2026-03-01", "Tests", Rung.OBSERVED),
        noted("runs_failed", "the run of 'Lint' started by push failed", "Lint"),
        noted("runs_green", "the run of 'Drift' started by schedule succeeded", "Drift", Rung.OBSERVED),
        noted("scheduled_run", "the run of 'Drift' started by schedule succeeded", rung=Rung.OBSERVED),
        noted("homepage", "the homepage is https://tides.example", "https://tides.example"),
        noted("licence", "the host found the licence MIT", "MIT"),
        noted("parent", "forked from org/tides", "org/tides"),
        noted("pages", "GitHub Pages is on"),
        noted("archived", "it is archived"),
        noted("private", "it is private"),
    ]


@pytest.mark.parametrize(
    ("state", "green", "red"),
    [("success", True, False), ("failure", False, True), ("error", False, True), ("", False, False)],
)
def test_checks_are_green_red_or_none(seen_of: Seen, state: str, green: bool, red: bool) -> None:
    seen = seen_of(record, snapshot_of({}, Metadata(checks=state)))
    assert (seen.has("record.green"), seen.has("record.red")) == (green, red)
    assert not seen.undecided("record.red")


@pytest.mark.parametrize("state", ["pending", "expected"])
def test_checks_that_run_are_undecided(seen_of: Seen, state: str) -> None:
    seen = seen_of(record, snapshot_of({}, Metadata(checks=state)))
    assert (len(seen.undecided("record.green")), len(seen.undecided("record.red"))) == (1, 1)


@pytest.mark.parametrize(("answered", "name"), [(True, "live"), (False, "dead")])
def test_an_address_that_was_asked_is_told_where_it_is_written(seen_of: Seen, answered: bool, name: str) -> None:
    files = {"README.md": f"# Tides\n\n[Try it]({DEMO}/)\n"}
    seen = seen_of(record, snapshot_of(files, alive={DEMO: answered}))
    assert [(fact.id, fact.value, fact.at.path, fact.at.line) for fact in known(seen)] == [
        (f"record.{name}", DEMO, "README.md", 3)
    ]


def test_an_address_that_nobody_could_ask_is_undecided(seen_of: Seen) -> None:
    seen = seen_of(record, snapshot_of({}, alive={DEMO: Unavailable("did not answer")}))
    assert [fact.value for fact in seen.of("record.dead")] == [Unavailable(f"{DEMO}: did not answer")]
