"""Secondary rate limits: how much at once, and how much a minute."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from github_server.messages import Reply, Request, json_reply
from github_server.outcome import Outcome
from github_server.settings import Settings

MESSAGE = (
    "You have exceeded a secondary rate limit. Please wait a few minutes before you try again. "
    "If you reach out to GitHub Support for help, please include the request ID."
)
DOCS = "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits"
MINUTE = 60.0
COUNTED = ("api", "graphql")


def too_fast(retry_after: int | None, code: int = 403) -> Reply:
    """What the API says to those who ask too much at once; how long to wait, or not."""
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    plenty = {"X-RateLimit-Remaining": "4900", "X-RateLimit-Limit": "5000"}
    return json_reply({"documentation_url": DOCS, "message": MESSAGE}, code, {**plenty, **headers})


@dataclass(slots=True)
class Traffic:
    """The requests under way and of the last minute, by host."""

    settings: Settings
    most_under_way: dict[str, int] = field(default_factory=dict)
    """The most requests at once that each host has seen."""
    recent: dict[str, deque[float]] = field(default_factory=lambda: {host: deque() for host in COUNTED})
    now: dict[str, int] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    @contextmanager
    def entering(self, request: Request) -> Iterator[Outcome | None]:
        """Be one request more; what is given is the refusal if it is one too many."""
        with self.lock:
            self.now[request.host] = self.now.get(request.host, 0) + 1
            most = max(self.most_under_way.get(request.host, 0), self.now[request.host])
            self.most_under_way[request.host] = most
            refused = request.host in COUNTED and self._is_too_much(request.host)
        try:
            yield Outcome(too_fast(60)) if refused else None
        finally:
            with self.lock:
                self.now[request.host] -= 1

    def _is_too_much(self, host: str) -> bool:
        recent, moment = self.recent[host], time.monotonic()
        while recent and recent[0] < moment - MINUTE:
            recent.popleft()
        recent.append(moment)
        most = self.settings.graphql_a_minute if host == "graphql" else self.settings.rest_a_minute
        return len(recent) > most or sum(self.now.get(name, 0) for name in COUNTED) > self.settings.concurrent
