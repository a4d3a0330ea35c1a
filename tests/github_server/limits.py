"""How many requests are left: GitHub's primary rate limits."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from threading import Lock

from github_server.settings import Settings

HOUR = 3600
MINUTE = 60


@dataclass(slots=True)
class Window:
    """What one caller may do of one kind until ``reset`` (seconds since 1970)."""

    resource: str
    limit: int
    reset: int
    used: int = 0

    @property
    def remaining(self) -> int:
        return max(self.limit - self.used, 0)

    def headers(self) -> dict[str, str]:
        """What every reply of the API says about the limit."""
        return {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.remaining),
            "X-RateLimit-Reset": str(self.reset),
            "X-RateLimit-Used": str(self.used),
            "X-RateLimit-Resource": self.resource,
        }

    def body(self) -> dict[str, int]:
        return {"limit": self.limit, "used": self.used, "remaining": self.remaining, "reset": self.reset}


@dataclass(slots=True)
class Limits:
    """The windows of every caller; a caller is a login, or nobody for those without a token."""

    settings: Settings
    windows: dict[tuple[str | None, str], Window] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def window(self, caller: str | None, resource: str) -> Window:
        """The window of now."""
        key = (caller, resource)
        with self.lock:
            found = self.windows.get(key)
            if found is None or found.reset <= time.time():
                length = MINUTE if resource == "search" else HOUR
                limit = self.settings.limit(resource, anonymous=caller is None)
                found = self.windows[key] = Window(resource, limit, int(time.time()) + length)
            return found

    def charge(self, caller: str | None, resource: str, points: int = 1) -> None:
        window = self.window(caller, resource)
        with self.lock:
            window.used = min(window.used + points, window.limit)

    def exhaust(self, caller: str | None, resource: str = "core", *, seconds: int = HOUR) -> None:
        """Leave a caller nothing for so many seconds."""
        window = self.window(caller, resource)
        window.used, window.reset = window.limit, int(time.time()) + seconds
