"""Calls that are repeated when GitHub stumbles, and never for long.

Source: "Best practices for using the REST API" in GitHub's documentation: after a secondary limit wait as long as
``retry-after`` says; server errors pass.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from portfolio_audit.errors import RateLimited, SourceError, Unreachable
from portfolio_audit.github.faults import Reader
from portfolio_audit.github.typed import ask

Asked = TypeVar("Asked")
_PAUSES = (1.0, 3.0, 8.0)
_AT_LEAST = 1.0


@dataclass(frozen=True, slots=True)
class Persistence:
    """How patiently GitHub is asked: ``longest`` is the most seconds that are waited for a limit, each time."""

    longest: float = 90.0
    pauses: tuple[float, ...] = _PAUSES
    sleep: Callable[[float], object] = time.sleep

    def ask(self, reader: Reader, target: str, call: Callable[[], Asked]) -> Asked:
        """What GitHub says in the end; raises SourceError."""
        for pause in self.pauses:
            try:
                return ask(reader, target, call)
            except SourceError as error:
                wait = self._wait(error, pause)
                if wait is None:
                    raise
                self.sleep(wait)
        return ask(reader, target, call)

    def _wait(self, error: SourceError, pause: float) -> float | None:
        """Seconds until it may go better; None if it will not, or not soon."""
        if isinstance(error, Unreachable):
            return None if error.final else pause
        if isinstance(error, RateLimited) and error.resets_at:
            seconds = max(_AT_LEAST, (error.resets_at - datetime.now(UTC)).total_seconds())
            return seconds if seconds <= self.longest else None
        return None
