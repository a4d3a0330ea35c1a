"""What GraphQL objects are made of: a thing together with the repository it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from github_server.accounts import Account, Token
from github_server.identity import database_id, node_id
from github_server.outcome import Hub
from github_server.repository import Repository
from github_server.world import World

Args = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Context:
    """Who runs a query, and what it costs."""

    hub: Hub
    token: Token
    points: int
    nodes: int

    @property
    def world(self) -> World:
        return self.hub.world

    @property
    def viewer(self) -> Account:
        return self.world.holder(self.token)

    def sees(self, repository: Repository) -> bool:
        return self.world.sees(self.token, repository)


@dataclass(frozen=True, slots=True)
class Node:
    """A thing inside a repository; ``kind`` is its GraphQL type."""

    kind: str
    repository: Repository
    value: Any

    @property
    def id(self) -> int:
        return database_id(self.kind, self.repository.full_name, repr(self.value))

    @property
    def node_id(self) -> str:
        """The global id, under the beginning that GitHub uses for the type."""
        return node_id(PREFIXES.get(self.kind, self.kind[:2].upper()), self.id)


PREFIXES = {"Release": "RE", "Deployment": "DE", "CheckRun": "CR", "CheckSuite": "CS", "WorkflowRun": "WFR"}
Resolver = Callable[[Any, Context, Args], Any]
Fields = Mapping[str, Resolver]


def type_of(value: object) -> str:
    """The GraphQL type of a value where the schema leaves it open."""
    if isinstance(value, Node):
        return value.kind
    return value.kind if isinstance(value, Account) else type(value).__name__
