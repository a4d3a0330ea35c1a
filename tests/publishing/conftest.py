"""A repository on the tests' GitHub with a pull request, and ways to write to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from github_server import Account, Commit, GitHub, Pull, Repository, Token, World
from portfolio_audit.github.addresses import addresses_of
from portfolio_audit.github.credentials import Token as Ours
from portfolio_audit.github.faults import Reader
from portfolio_audit.publishing import Writer, open_writer
from portfolio_audit.publishing.retrying import Persistence

OLD, NEW = "1" * 40, "2" * 40
PERSON, WORKFLOW, READER = "ghp_ada", "ghs_workflow", "ghs_reader"
CHURN = Repository(
    "ada",
    "churn",
    {"README.md": "# Churn\n"},
    (Commit("Second", oid=NEW), Commit("First", oid=OLD)),
    pulls=(Pull(7, "topic", NEW, OLD), Pull(6, "topic", OLD, OLD, state="closed")),
)
BOT = "github-actions[bot]"
WORLD = World(
    (CHURN,),
    (Account("ada"), Account("eve")),
    (Token(PERSON, "ada"), Token(WORKFLOW, BOT, None), Token(READER, BOT, None, writes=frozenset())),
)
Open = Callable[..., AbstractContextManager[Writer]]


@pytest.fixture
def github(github_server: Callable[..., GitHub]) -> GitHub:
    return github_server(WORLD)


@pytest.fixture
def waits() -> list[float]:
    """How long was slept."""
    return []


@pytest.fixture
def writer(github: GitHub, waits: list[float]) -> Open:
    @contextmanager
    def made(secret: str = WORKFLOW) -> Iterator[Writer]:
        reader = Reader(addresses_of(github.environment), Ours(secret, "GITHUB_TOKEN"))
        with open_writer(reader, "ada/churn", Persistence(sleep=waits.append)) as opened:
            yield opened

    return made
