"""Deployments on record: what stands, what failed, and what hosts an application."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from conftest import snapshot_of
from portfolio_audit.evidence.deployments import Deployments
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.model.location import Location
from portfolio_audit.model.record import Deployment
from portfolio_audit.model.snapshot import Metadata
from portfolio_audit.model.vocabulary import Vocabulary

DAY = datetime(2026, 3, 1, 12, tzinfo=UTC)
URL = "https://tides.example"


def deployments(vocabulary: Vocabulary, *recorded: Deployment) -> Deployments:
    return Deployments(Documents(snapshot_of({}, Metadata(deployments=recorded)), vocabulary))


def states(*newest_first: str) -> tuple[Deployment, ...]:
    """Deployments to one environment, a day apart."""
    return tuple(Deployment("production", DAY - timedelta(days=n), state) for n, state in enumerate(newest_first))


@pytest.mark.parametrize(
    ("newest_first", "stands", "failed"),
    [
        (["success", "inactive", "failure"], True, False),
        (["in_progress", "success"], True, False),
        (["failure", "success"], True, True),
        (["inactive", "success"], True, False),
        (["inactive"], False, False),
        (["error"], False, True),
        (["queued", ""], False, False),
        ([], False, False),
    ],
)
def test_what_became_of_the_newest(vocabulary: Vocabulary, newest_first: list[str], stands: bool, failed: bool) -> None:
    found = deployments(vocabulary, *states(*newest_first))
    assert ([*found.succeeded()] != [], [*found.failed()] != []) == (stands, failed)


def test_each_environment_is_told_once(vocabulary: Vocabulary) -> None:
    found = deployments(vocabulary, Deployment("staging", DAY, "success"), *states("success", "success"))
    assert [*found.succeeded()] == [
        ("staging", Location("", note="the deployment to 'staging' succeeded on 2026-03-01")),
        ("production", Location("", note="the deployment to 'production' succeeded on 2026-03-01")),
    ]


@pytest.mark.parametrize(
    ("environment", "url", "delivered", "hosted"),
    [
        ("production", "", True, True),
        ("Production \u2013 tides", URL, True, True),
        ("energy / live", "", True, True),
        ("tides-app", URL, True, True),
        ("tides-app", "", True, False),
        ("pypi", "https://pypi.org/project/tides", True, False),
        ("release", URL, True, False),
        ("production", "https://github.com/ada/tides/pkgs/container/tides", True, False),
        ("production", "https://tides.readthedocs.io", True, False),
        ("github-pages", "https://ada.github.io/tides", False, False),
        ("Preview", URL, False, False),
        ("pull_request-12", URL, False, False),
        ("testing", "", False, False),
    ],
)
def test_what_delivers_and_what_hosts(
    vocabulary: Vocabulary, environment: str, url: str, delivered: bool, hosted: bool
) -> None:
    found = deployments(vocabulary, Deployment(environment, DAY, "success", url))
    assert ([*found.delivered()] != [], [given for given, _ in found.hosted()]) == (delivered, [url] if hosted else [])


def test_nothing_was_deployed_when_nobody_was_asked(vocabulary: Vocabulary) -> None:
    found = Deployments(Documents(snapshot_of({}), vocabulary))
    assert [*found.succeeded(), *found.failed(), *found.delivered(), *found.hosted()] == []
