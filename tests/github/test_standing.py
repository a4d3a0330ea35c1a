"""Whose token it is, what it may read, and what is left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from github_server import Account, GitHub, World, misbehaviour
from github_server import Token as Secret
from portfolio_audit.errors import AuthenticationError, Forbidden
from portfolio_audit.github.addresses import addresses_of
from portfolio_audit.github.credentials import Token
from portfolio_audit.github.faults import Reader
from portfolio_audit.github.standing import Standing, standing

WORLD = World(
    accounts=(Account("ada"),),
    tokens=(
        Secret("classic", "ada", ("repo", "read:org")),
        Secret("ghp_public", "ada", ("public_repo",)),
        Secret("ghp_none", "ada", ()),
        Secret("github_pat_fine", "ada", None),
        Secret("gho_gh", "ada", ("repo",)),
    ),
)


@pytest.fixture
def github(github_server: Callable[..., GitHub]) -> GitHub:
    return github_server(WORLD)


def reader_of(github: GitHub, secret: str = "classic") -> Reader:  # noqa: S107  # of nobody
    return Reader(addresses_of(github.environment), Token(secret, "GH_TOKEN") if secret else None)


def found(github: GitHub, secret: str = "classic") -> Standing:  # noqa: S107
    return standing(reader_of(github, secret))


@pytest.mark.parametrize(
    ("secret", "kind", "scopes"),
    [
        ("classic", "classic", ("repo", "read:org")),
        ("ghp_public", "classic", ("public_repo",)),
        ("ghp_none", "classic", ()),
        ("github_pat_fine", "fine-grained", None),
        ("gho_gh", "of an application such as gh", ("repo",)),
    ],
)
def test_a_token(github: GitHub, secret: str, kind: str, scopes: tuple[str, ...] | None) -> None:
    assert replace(found(github, secret), limits=()) == Standing(kind, "ada", scopes)
    assert github.log.counted("core") == 1


def test_without_a_token_nothing_is_counted(github: GitHub) -> None:
    told = found(github, "")
    assert replace(told, limits=()) == Standing()
    assert [(limit.resource, limit.limit, limit.remaining) for limit in told.limits] == [
        ("core", 60, 60),
        ("graphql", 0, 0),
        ("search", 10, 10),
    ]
    assert github.log.counted("core") == 0


@pytest.mark.parametrize(
    ("header", "expires_at"),
    [
        ("2026-12-01 10:30:00 UTC", datetime(2026, 12, 1, 10, 30, tzinfo=UTC)),
        ("2026-12-01 10:30:00 +0000", datetime(2026, 12, 1, 10, 30, tzinfo=UTC)),
        ("2026-12-01 12:30:00 +0200", datetime(2026, 12, 1, 10, 30, tzinfo=UTC)),
        ("soon", None),
    ],
)
def test_when_a_token_expires(github: GitHub, header: str, expires_at: datetime | None) -> None:
    said = {"GitHub-Authentication-Token-Expiration": header}
    github.faults.add(misbehaviour.spoilt(lambda reply: replace(reply, headers=reply.headers | said)), path="/user")
    assert found(github).expires_at == expires_at


def test_a_server_without_limits(github: GitHub) -> None:
    github.faults.add(misbehaviour.status(404, "Rate limiting is not enabled."), path="/rate_limit")
    assert found(github) == Standing("classic", "ada", ("repo", "read:org"))


def test_a_workflows_token_is_nobodys(github: GitHub) -> None:
    github.faults.add(misbehaviour.status(403, "Resource not accessible by integration"), path="/user")
    assert found(github).login == ""


def test_what_refuses_the_token_is_told(github: GitHub) -> None:
    with pytest.raises(AuthenticationError, match="refused the token from GH_TOKEN"):
        found(github, "unknown")
    github.faults.add(misbehaviour.status(403, "Sorry. Your account was suspended"), path="/user")
    with pytest.raises(Forbidden, match="suspended"):
        found(github)


@pytest.mark.parametrize(
    ("standing", "private"),
    [
        (Standing(), "no: that needs a token"),
        (Standing("classic", "ada", ("repo",)), "yes"),
        (Standing("classic", "ada", ("public_repo",)), "no: the scope 'repo' is missing"),
        (Standing("fine-grained", "ada"), "those the token was made for"),
    ],
)
def test_what_follows_for_private_repositories(standing: Standing, private: str) -> None:
    assert standing.private.startswith(private)
