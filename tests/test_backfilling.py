"""Past commits, audited as of the moment they were made."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pygit2
import pytest

from portfolio_audit.audit import audit_repository
from portfolio_audit.backfilling import audits
from portfolio_audit.defaults import default_settings
from portfolio_audit.reporting.wire import export
from portfolio_audit.settings import Settings
from portfolio_audit.sources.timeline import Milestone
from repositories import commit

FILES = {"README.md": b"# Churn\n\nWhich customers leave.\n", "train.py": b"import sklearn\nsklearn.fit()\n"}
DAY = 24 * 3600


@pytest.fixture(scope="module")
def settings() -> Settings:
    """The shipped rules."""
    return default_settings()


@pytest.fixture
def past(tmp_path: Path) -> tuple[str, list[Milestone]]:
    """A repository of twelve commits, each of which changes one file, and when they were made."""
    repository = pygit2.init_repository(str(tmp_path / "churn"), initial_head="main")
    made = [commit(repository, {**FILES, "notes.md": b"# %d\n" % n}, at=n * DAY) for n in range(12)]
    moments = [datetime.fromtimestamp(repository[one].commit_time, UTC) for one in made]
    return str(tmp_path / "churn"), [Milestone(str(one), at) for one, at in zip(made, moments, strict=True)]


def test_every_commit_is_audited_in_order_as_of_its_moment(
    past: tuple[str, list[Milestone]], settings: Settings
) -> None:
    target, milestones = past
    reports = list(audits(target, milestones, settings))
    assert [report.repositories[0].commit for report in reports] == [one.commit for one in milestones]
    assert [report.at for report in reports] == [one.at.strftime("%Y-%m-%dT%H:%M:%SZ") for one in milestones]


def test_what_is_parsed_once_for_several_commits_gives_what_each_gives_alone(
    past: tuple[str, list[Milestone]], settings: Settings
) -> None:
    target, milestones = past
    for report, one in zip(audits(target, milestones, settings), milestones, strict=True):
        alone = audit_repository(target, replace(settings, ref=one.commit, now=one.at))
        assert report == export(alone)
