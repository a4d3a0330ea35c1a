"""A small world, and clients that speak to it without knowing anything of our own client."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Protocol

import httpx
import pytest

from github_server import Account, Content, GitHub, PullRequest, Repository, Token, World

CLASSIC, FINE = "ghp_classic", "github_pat_fine"
FILES: dict[str, Content] = {"README.md": "# Sales\n", "src/train.py": "print(1)\n", "data/x.bin": b"\0\1"}
WORLD = World(
    (
        Repository("ada", "sales", FILES, description="Sales of bread", topics=("ml",), license="mit"),
        Repository("ada", "secret", {"README.md": "# Secret\n"}, private=True),
        Repository("ada", "empty"),
        Repository("acme", "ovens", {"README.md": "# Ovens\n"}),
        Repository("ada", "new", {"a.txt": "a"}, renamed_from=("ada/old",)),
    ),
    (
        Account("ada", bio="Bakes", blog="https://ada.example", pinned=("sales",), pull_requests=(PullRequest("x/y"),)),
        Account("acme", "Organization", members=("ada",)),
    ),
    (Token(CLASSIC, "ada"), Token(FINE, "ada", scopes=None)),
)


class Ask(Protocol):
    def __call__(self, path: str, token: str | None = None, **headers: str) -> httpx.Response: ...


@pytest.fixture
def github(github_server: Callable[..., GitHub]) -> GitHub:
    return github_server(WORLD)


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with httpx.Client(headers={"User-Agent": "checks"}, trust_env=False, verify=False) as made:  # noqa: S501
        yield made


@pytest.fixture
def get(github: GitHub, client: httpx.Client) -> Ask:
    """GET a path of any host (``/api/user``), header names with ``_`` for ``-``."""

    def ask(path: str, token: str | None = None, **headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        authorization = {"Authorization": f"Bearer {token}"} if token else {}
        return client.get(github.base + path, headers={**named, **authorization})

    return ask


@pytest.fixture
def query(github: GitHub, client: httpx.Client) -> Callable[..., dict[str, Any]]:
    """Run a GraphQL query; the whole body of the reply comes back."""

    def run(text: str, token: str = CLASSIC, **variables: object) -> dict[str, Any]:
        headers = {"Authorization": f"bearer {token}"}
        reply = client.post(github.addresses.graphql, json={"query": text, "variables": variables}, headers=headers)
        found: dict[str, Any] = reply.json()
        return found

    return run
