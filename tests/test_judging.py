"""A collection is judged project by project and as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from conftest import snapshot_of
from portfolio_audit.defaults import default_settings
from portfolio_audit.judging import judge, with_links_checked
from portfolio_audit.model.record import Deployment, Release, Run
from portfolio_audit.model.report import RepositoryReport
from portfolio_audit.model.result import Outcome
from portfolio_audit.model.rule import Suppression
from portfolio_audit.model.snapshot import Metadata, Unavailable
from portfolio_audit.scoring import score_pieces
from portfolio_audit.settings import Settings

FILES = {
    "README.md": "# My projects\n\n- [churn](churn)\n- [prices](prices)\n",
    "churn/README.md": "# Churn\n\nWho will leave?\n",
    "churn/train.py": "from sklearn.svm import SVC\nSVC().fit([[0], [1]], [0, 1])\n",
    "churn/requirements.txt": "scikit-learn\n",
    "prices/README.md": "# Prices\n\nWhat is a house worth?\n",
    "prices/train.py": "from sklearn.svm import SVR\nSVR().fit([[0], [1]], [0, 1])\n",
    "prices/requirements.txt": "scikit-learn==1.7.0\n",
}


@pytest.fixture(scope="module")
def settings() -> Settings:
    return default_settings()


@pytest.fixture(scope="module")
def report(settings: Settings) -> RepositoryReport:
    return judge(snapshot_of(FILES), settings).report


def test_a_collection_has_the_projects_in_it_best_first(report: RepositoryReport) -> None:
    assert report.kind.id == "ml-collection"
    assert [project.folder for project in report.projects] == ["prices", "churn"]
    assert {project.kind.id for project in report.projects} == {"ml-project"}


def test_its_score_lies_between_the_whole_and_what_the_projects_make(
    report: RepositoryReport, settings: Settings
) -> None:
    assert report.whole is not None
    made = score_pieces(settings.ruleset, [project.score.value for project in report.projects]).value
    assert report.score.value == pytest.approx((report.whole.value + made) / 2)


def test_what_is_recorded_of_the_whole_is_no_merit_of_each_project(settings: Settings) -> None:
    deployed = Deployment("production", datetime(2026, 3, 1, tzinfo=UTC), "success")
    metadata = Metadata(checks="failure", deployments=(deployed,))
    report = judge(snapshot_of(FILES, metadata), settings).report
    whole = {r.rule.id: r.outcome for r in report.results}
    parts = {(r.rule.id, r.outcome) for project in report.projects for r in project.results}
    assert (whole["failing-checks"], whole["unhosted-model"]) == (Outcome.FAIL, Outcome.PASS)
    assert {("failing-checks", Outcome.UNKNOWN), ("unhosted-model", Outcome.FAIL)} <= parts


def test_a_record_in_good_order_raises_and_an_unknown_one_lowers_nothing(settings: Settings) -> None:
    deployed = Deployment("production", datetime(2026, 3, 1, tzinfo=UTC), "success")
    good = Metadata(checks="success", deployments=(deployed,), homepage="https://prices.streamlit.app")
    files = {path.removeprefix("prices/"): text for path, text in FILES.items() if path.startswith("prices/")}
    by_files, known = (judge(snapshot_of(files, told), settings).report for told in (Metadata(), good))
    earned = {r.rule.id: r.points for r in known.results}
    assert all(earned[r.rule.id] >= r.points for r in by_files.results)
    assert known.score.value > by_files.score.value


def test_a_digest_leaves_out_what_may_be_long(settings: Settings) -> None:
    told = Metadata(topics=("churn",), releases=(Release("v1", datetime(2026, 3, 1, tzinfo=UTC)),), runs=(Run("CI"),))
    kept = judge(snapshot_of({}, told), settings).digest.metadata
    assert kept.topics == ("churn",)
    assert {kept.history, kept.releases, kept.deployments, kept.runs} == {Unavailable("is left out")}


def test_findings_in_a_project_name_files_of_the_repository(report: RepositoryReport) -> None:
    churn = report.projects[1]
    unpinned = next(r for r in churn.results if r.rule.id == "unpinned-environment")
    assert [str(finding.at) for finding in unpinned.findings] == ["churn/requirements.txt:1"]
    assert {step.project for step in churn.plan} == {"churn"}


def test_suppressions_know_a_project_by_the_paths_of_the_repository(settings: Settings) -> None:
    silence = Suppression("unpinned-environment", "kept open on purpose", paths=("churn/*",))
    silenced = replace(settings, ruleset=replace(settings.ruleset, suppressions=(silence,)))
    churn = judge(snapshot_of(FILES), silenced).report.projects[1]
    assert [r.rule.id for r in churn.results if r.suppressed] == ["unpinned-environment"]


def test_a_single_project_is_judged_once(settings: Settings) -> None:
    alone = {path.removeprefix("churn/"): text for path, text in FILES.items() if path.startswith("churn/")}
    report = judge(snapshot_of(alone), settings).report
    assert (report.whole, report.projects) == (None, ())


def test_the_addresses_of_demos_are_asked_when_the_user_wants_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answering(urls: Iterable[str]) -> dict[str, bool]:
        asked.extend(urls)
        return dict.fromkeys(asked, True)

    monkeypatch.setattr("portfolio_audit.sources.liveness.answering", answering)
    snapshot = snapshot_of({"README.md": "# Churn\n\nTry [the demo](https://churn-ada.streamlit.app).\n"})

    assert with_links_checked(snapshot, settings) is snapshot
    assert asked == []
    checked = with_links_checked(snapshot, replace(settings, check_links=True))
    assert checked == replace(snapshot, alive={"https://churn-ada.streamlit.app": True})


def prints(report: RepositoryReport) -> list[tuple[str, str, str]]:
    """Rule, path and fingerprint of every finding, the projects' too."""
    found = [
        (finding.rule, finding.at.path, finding.fingerprint)
        for one in (report, *report.projects)
        for result in one.results
        for finding in result.findings
    ]
    return sorted(found)


def test_no_two_findings_of_a_collection_share_a_fingerprint(report: RepositoryReport) -> None:
    made = [fingerprint for _, _, fingerprint in prints(report)]
    assert all(made)
    assert len(set(made)) == len(made)


def test_findings_keep_their_fingerprints_when_lines_move(report: RepositoryReport, settings: Settings) -> None:
    moved = {path: f"\n\n{text}" for path, text in FILES.items()}
    assert prints(judge(snapshot_of(moved), settings).report) == prints(report)
