"""The demo portfolio is ranked as a careful reader would rank it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from portfolio_audit.audit import audit_portfolio, audit_repository
from portfolio_audit.defaults import default_settings
from portfolio_audit.engine.locate import shipped
from portfolio_audit.model.fact import Rung
from portfolio_audit.model.report import Report, RepositoryReport
from portfolio_audit.model.result import Outcome
from portfolio_audit.settings import Settings


@pytest.fixture(scope="module")
def settings() -> Settings:
    return replace(default_settings(), now=datetime(2026, 11, 1, tzinfo=UTC))


@pytest.fixture(scope="module")
def report(settings: Settings) -> Report:
    return audit_portfolio(str(shipped("demo")), settings)


@pytest.fixture(scope="module")
def by_name(report: Report) -> dict[str, RepositoryReport]:
    return {repository.name: repository for repository in report.repositories}


def test_full_mlops_beats_a_clean_study_beats_a_monorepo_beats_a_bare_notebook(
    by_name: dict[str, RepositoryReport], settings: Settings
) -> None:
    scores = {name: repository.score.value for name, repository in by_name.items()}
    assert scores["energy-demand-mlops"] > scores["churn-baseline-study"] > scores["retail-monorepo"]
    bare = scores["titanic-notebook"]
    assert bare >= scores["ai-platform-ultimate"]
    for project in ("price-elasticity", "basket-recommender"):
        alone = audit_repository(str(shipped("demo") / "retail-monorepo" / project), settings).score.value
        assert scores["churn-baseline-study"] > alone > bare


def test_a_keyword_stuffed_readme_is_an_f(by_name: dict[str, RepositoryReport]) -> None:
    stuffed = by_name["ai-platform-ultimate"]
    assert stuffed.score.grade == "F"
    assert all(rung < Rung.WIRED for _, rung in stuffed.rungs)


def test_the_best_piece_works_in_every_depth_part(by_name: dict[str, RepositoryReport]) -> None:
    depth = by_name["energy-demand-mlops"].score.criterion("depth")
    assert depth is not None
    assert [part.id for part in depth.parts if not part.score] == []


def test_an_undeployed_study_earns_no_depth_by_words(by_name: dict[str, RepositoryReport]) -> None:
    study = by_name["churn-baseline-study"]
    unmet = {r.rule.part for r in study.results if r.rule.part and r.outcome is Outcome.FAIL}
    assert {"hosting", "monitoring"} <= unmet


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("awesome-forecasting", "fork"),
        ("ml-course-homework", "coursework"),
        ("mira-holt", "profile"),
        ("new-project", "empty"),
    ],
)
def test_what_is_no_piece_is_left_out_with_the_reason(
    by_name: dict[str, RepositoryReport], name: str, kind: str
) -> None:
    found = by_name[name].kind
    assert (found.id, found.counted) == (kind, False)
    assert found.reason


def test_every_verdict_has_evidence_or_a_reason(report: Report) -> None:
    for repository in report.repositories:
        for result in repository.results:
            unmet = result.outcome in {Outcome.PARTIAL, Outcome.FAIL}
            assert bool(result.findings) is unmet
            assert result.outcome.judged or result.reason


def test_every_place_is_in_the_tree(report: Report) -> None:
    for repository in report.repositories:
        places = [at for result in repository.results for at in (*result.evidence, *(f.at for f in result.findings))]
        root = Path(shipped("demo"), repository.name)
        assert [at.path for at in places if at.path and not (root / at.path).exists()] == []


def test_the_plan_leads_upwards(report: Report) -> None:
    assert report.portfolio is not None
    reached = [step.score for step in report.portfolio.plan]
    assert reached == sorted(reached)
    assert len(reached) > 3


def test_nothing_in_it_is_a_problem(report: Report) -> None:
    assert [p.message for repository in report.repositories for p in repository.problems] == []
