"""What a test may turn on the server."""

from __future__ import annotations

from dataclasses import dataclass

ANONYMOUS = {"core": 60, "search": 10, "graphql": 0}
AUTHENTICATED = {"core": 5000, "search": 30, "graphql": 5000}


@dataclass(frozen=True, slots=True)
class Settings:
    """How generous and how fast this GitHub is; ``latency`` in seconds is waited before every reply."""

    latency: float = 0.0
    core_limit: int | None = None
    """In place of 60 and 5000 requests an hour."""
    graphql_limit: int | None = None
    search_limit: int | None = None
    tree_entries: int = 100_000
    """The number of entries above which a recursive tree is truncated."""
    graphql_repositories: int | None = None
    """The number of repositories a query above which it times out (502)."""
    graphql_timeout: float = 0.0
    """How long a query that times out takes."""
    concurrent: int = 100
    """The number of requests to the API at once above which the secondary limit refuses them."""
    rest_a_minute: int = 900
    """The points a minute of the secondary limit; reading costs one."""
    graphql_a_minute: int = 2000

    def limit(self, resource: str, *, anonymous: bool) -> int:
        wished = {"core": self.core_limit, "graphql": self.graphql_limit, "search": self.search_limit}.get(resource)
        usual = ANONYMOUS if anonymous else AUTHENTICATED
        return usual.get(resource, 0) if wished is None else wished
