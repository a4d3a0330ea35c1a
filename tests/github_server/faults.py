"""Scripted misbehaviour: which requests it strikes, how often, and in what order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from threading import Lock

from github_server.messages import Request
from github_server.outcome import Outcome

Genuine = Callable[[], Outcome]
Fault = Callable[[Request, Genuine], Outcome]
"""Answers in place of the server; the genuine answer is there to be spoilt."""


@dataclass(slots=True)
class Rule:
    """A fault with the requests it strikes: after the first ``after`` of them, ``times`` (None: for ever)."""

    fault: Fault
    host: str
    path: str
    after: int = 0
    times: int | None = 1

    def strikes(self, request: Request) -> bool:
        """Whether this request is one of them; asking counts."""
        if not (fnmatchcase(request.host, self.host) and fnmatchcase(request.path, self.path)) or self.times == 0:
            return False
        if self.after > 0:
            self.after -= 1
            return False
        if self.times is not None:
            self.times -= 1
        return True


@dataclass(slots=True)
class Faults:
    """The faults still to come; of several that fit a request the first added strikes."""

    rules: list[Rule] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def add(self, fault: Fault, host: str = "*", path: str = "*", *, after: int = 0, times: int | None = 1) -> None:
        """Let a fault strike requests whose host (``api``, ``graphql``, ``raw``, ``archive``) and path fit."""
        self.rules.append(Rule(fault, host, path, after, times))

    def clear(self) -> None:
        self.rules.clear()

    def answer(self, request: Request, genuine: Genuine) -> Outcome:
        """The genuine answer, unless a fault strikes."""
        with self.lock:
            struck = next((rule.fault for rule in self.rules if rule.strikes(request)), None)
        return genuine() if struck is None else struck(request, genuine)
