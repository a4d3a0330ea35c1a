"""What was asked of the server, in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock


@dataclass(frozen=True, slots=True)
class Logged:
    """One request; ``resource`` and ``points`` say which limit it counted against and how much (none: not counted)."""

    method: str
    host: str
    path: str
    status: int
    resource: str | None = None
    points: int = 0
    authorized: bool = False
    conditional: bool = False

    @property
    def target(self) -> str:
        return f"{self.method} /{self.host}{self.path}"


@dataclass(slots=True)
class Log:
    """All requests since the start or the last :meth:`clear`."""

    entries: list[Logged] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def add(self, entry: Logged) -> None:
        with self.lock:
            self.entries.append(entry)

    def clear(self) -> None:
        with self.lock:
            self.entries.clear()

    def requests(self, host: str | None = None, *, status: int | None = None) -> list[Logged]:
        """The requests to a host, or of all, with a status, or any."""
        with self.lock:
            return [e for e in self.entries if host in {None, e.host} and status in {None, e.status}]

    def counted(self, resource: str | None = None) -> int:
        """Points spent of one limit, or of all: requests for REST, points for GraphQL."""
        return sum(e.points for e in self.requests() if e.resource is not None and resource in {None, e.resource})

    def leaks(self) -> list[Logged]:
        """Requests that took a token to a host that must not have it."""
        return [e for e in self.requests() if e.authorized and e.host not in {"api", "graphql"}]
