"""What the host recorded raises what files show to observed, and what it does not know changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, datetime
from types import ModuleType

import pytest

from conftest import snapshot_of
from portfolio_audit import evidence
from portfolio_audit.evidence import delivery, history, monitoring, retraining, workflows
from portfolio_audit.model.fact import Evidence, Rung
from portfolio_audit.model.record import Deployment, Release, Run
from portfolio_audit.model.snapshot import NOT_FROM_FILES, Metadata, Snapshot, Unavailable
from portfolio_audit.model.vocabulary import Vocabulary

Seen = Callable[[ModuleType, Snapshot], Evidence]
DAY = datetime(2026, 3, 1, tzinfo=UTC)
WORKFLOW = """\
name: All
on: {push: {}, schedule: [{cron: 0 6 * * 1}]}
jobs:
  a:
    steps:
      - run: pytest
      - run: python train.py
      - run: python monitor.py
      - run: gcloud run deploy tides
"""
FILES = {
    ".github/workflows/all.yml": WORKFLOW,
    "tests/test_train.py": "from train import fit\ndef test_fit():\n    assert fit()\n",
    "train.py": "from sklearn.svm import SVC\ndef fit():\n    return SVC().fit([[0], [1]], [0, 1])\nfit()\n",
    "monitor.py": "from drifts import measure\nmeasure()\n",
    "drifts.py": (
        "from evidently.report import Report\n"
        "def measure():\n    Report(metrics=[]).run(reference_data=a, current_data=b)\n"
    ),
}
GREEN = Metadata(runs=(Run("All", "schedule", "success"),))
RED = Metadata(runs=(Run("All", "schedule", "failure"),))


@pytest.mark.parametrize(
    ("extractor", "fact", "by_files"),
    [
        (workflows, "workflows.tests", Rung.WIRED),
        (delivery, "delivery.pipeline", Rung.WIRED),
        (retraining, "retraining.pipeline", Rung.EXERCISED),
        (monitoring, "monitoring.model", Rung.WIRED),
    ],
)
def test_a_green_run_is_observed(seen_of: Seen, extractor: ModuleType, fact: str, by_files: Rung) -> None:
    rungs = [seen_of(extractor, snapshot_of(FILES, told)).rung(fact) for told in (Metadata(), RED, GREEN)]
    assert rungs == [by_files, by_files, Rung.OBSERVED]


def test_a_run_that_left_a_job_out_proves_no_delivery(seen_of: Seen) -> None:
    partly = Metadata(runs=(Run("All", "push", "success"), Run("All", "push", "skipped")))
    assert seen_of(delivery, snapshot_of(FILES, partly)).rung("delivery.pipeline") is Rung.WIRED
    assert seen_of(workflows, snapshot_of(FILES, partly)).rung("workflows.tests") is Rung.OBSERVED


def test_a_job_that_publishes_is_observed_by_the_releases(seen_of: Seen) -> None:
    files = {".github/workflows/r.yml": "on: push\njobs: {a: {steps: [{run: gh release create v1}]}}\n"}
    released = Metadata(releases=(Release("v1", DAY),))
    rungs = [seen_of(delivery, snapshot_of(files, told)).rung("delivery.pipeline") for told in (Metadata(), released)]
    assert rungs == [Rung.WIRED, Rung.OBSERVED]


def test_a_deployment_on_record_delivers_whatever_made_it(seen_of: Seen) -> None:
    deployed = Metadata(deployments=(Deployment("production", DAY, "success"),))
    assert seen_of(delivery, snapshot_of({}, deployed)).rung("delivery.pipeline") is Rung.OBSERVED


def test_a_release_names_a_version(seen_of: Seen) -> None:
    released = Metadata(releases=(Release("v1.0.0", DAY), Release("nightly", DAY)))
    found = seen_of(history, snapshot_of({}, released)).known("history.versions")
    assert [(fact.value, fact.at.note) for fact in found] == [("v1.0.0", "the release v1.0.0 of 2026-03-01")]


@pytest.mark.parametrize("name", [field.name for field in fields(Metadata)])
def test_what_the_host_does_not_tell_changes_nothing(name: str, vocabulary: Vocabulary) -> None:
    """A reason of another kind (a limit, a missing scope) leaves every fact but the record as files alone do."""
    untold = replace(Metadata(), **{name: Unavailable("rate limit")})  # type: ignore[arg-type]  # by name

    def decided(metadata: Metadata) -> list[object]:
        seen = evidence.extract(snapshot_of(FILES, metadata), vocabulary)
        return [(fact.id, fact.at, fact.rung, isinstance(fact.value, Unavailable) or fact.value) for fact in seen.facts]

    assert getattr(Metadata(), name) == NOT_FROM_FILES
    assert decided(untold) == decided(Metadata())
