"""What the hosts need of the server, and what they give back to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from github_server.limits import Limits
from github_server.messages import Reply
from github_server.settings import Settings
from github_server.talk import Talk
from github_server.world import World


@dataclass(frozen=True, slots=True)
class Outcome:
    """A reply and what it cost of which limit."""

    reply: Reply
    resource: str = "core"
    points: int = 0


class Hub(Protocol):
    """The server as its hosts see it."""

    world: World
    settings: Settings
    limits: Limits
    talk: Talk

    @property
    def base(self) -> str: ...
