"""Reports: whose score counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from portfolio_audit.model.digest import Digest
from portfolio_audit.model.fact import Evidence, Rung
from portfolio_audit.model.report import Coverage, Kind, PortfolioReport, Report, RepositoryReport
from portfolio_audit.model.score import CriterionScore, Score
from portfolio_audit.model.snapshot import NOT_FROM_FILES, Metadata

KIND = Kind("ml-project", counted=True, reason="has a notebook")
ONE, BOTH = Score(40, "C", ()), Score(70, "B", ())
REPOSITORY = RepositoryReport("tides", "ada", NOT_FROM_FILES, "", KIND, ONE, (), (), (), Coverage(1, 1, 9, 0))
REPORT = Report("0.1", "1", datetime(2024, 1, 1, tzinfo=UTC), ".", (), (REPOSITORY,))


def test_a_repository_alone_gives_the_score() -> None:
    assert REPORT.score is ONE


def test_a_portfolio_gives_the_score_when_there_is_one() -> None:
    portfolio = PortfolioReport("ada", BOTH, ("ada/tides",), 40, (), ())
    assert replace(REPORT, portfolio=portfolio).score is BOTH


@pytest.mark.parametrize(("owner", "name"), [("ada", "ada/tides"), ("", "tides")])
def test_a_repository_is_called_by_its_owner_if_known(owner: str, name: str) -> None:
    assert replace(REPOSITORY, owner=owner).full_name == name


def test_criteria_of_a_score_are_found_by_id() -> None:
    depth = CriterionScore("depth", 0.5, 2, 4, 35)
    score = Score(50, "C", (depth,))
    assert (score.criterion("depth"), score.criterion("gone")) == (depth, None)


@pytest.mark.parametrize(("least", "parts"), [(Rung.DECLARED, 2), (Rung.WIRED, 1), (Rung.OBSERVED, 0)])
def test_a_digest_counts_the_parts_that_reach_a_rung(least: Rung, parts: int) -> None:
    rungs = (("api", Rung.WIRED), ("hosting", Rung.DECLARED))
    assert Digest("tides", "ml-project", True, 40, Metadata(), Evidence(), rungs).reached(least) == parts
