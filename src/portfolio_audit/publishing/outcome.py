"""What became of something that was to be written."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How it ended; ``OUTDATED``: somebody wrote of a newer commit; ``REFUSED``: the token may not write it."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    OUTDATED = "outdated"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Published:
    """What was to be written, and what came of it; ``url`` is the page it is on, empty if there is none."""

    what: str
    state: State
    url: str = ""
    reason: str = ""

    @property
    def is_there(self) -> bool:
        """Whether it can be seen on GitHub as it should be."""
        return self.state in {State.CREATED, State.UPDATED, State.UNCHANGED}

    def __str__(self) -> str:
        """A sentence for a log."""
        told = self.reason or self.url
        return f"{self.what[:1].upper()}{self.what[1:]}: {self.state.value}{f' ({told})' if told else ''}."
