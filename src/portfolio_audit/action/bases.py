"""Which commit an event is compared with: the one that shows what this push, or this pull request, changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from portfolio_audit.action.event import Event
from portfolio_audit.errors import ConfigError

FIRST = "This is the first commit: there is nothing before it to compare with."
_SHORT = 12


class Ancestry(Protocol):
    """What must be known of the commits; see sources.ancestry."""

    def find(self, revision: str) -> str:
        """The commit that a revision names, or nothing."""
        ...

    def has(self, commit: str) -> bool:
        """Whether a commit is here."""
        ...

    def first_parent(self, commit: str) -> str:
        """The commit before, or nothing."""
        ...

    def merge_base(self, one: str, other: str) -> str:
        """Where two lines parted, or nothing."""
        ...

    def is_ancestor(self, older: str, newer: str) -> bool:
        """Whether one is before the other."""
        ...


@dataclass(frozen=True, slots=True)
class Base:
    """The commit to compare with, and in words why it is that one; or why there is none."""

    commit: str
    why: str


def choose_base(event: Event, head: str, commits: Ancestry, wanted: str = "") -> Base:
    """The base of an event; ``wanted`` is a revision that the user named. Raises ConfigError if that is not here."""
    if wanted:
        return _named(wanted, head, commits)
    if event.is_pull:
        return _of_pull(event, head, commits)
    if event.is_push:
        return _of_push(event, head, commits)
    what = "A tag" if event.is_tag else f"The event {event.name}"
    return Base("", f"{what} changes no branch: there is nothing to compare with.")


def _named(wanted: str, head: str, commits: Ancestry) -> Base:
    """Where the head parted from what the user named: for a commit before the head that is the commit itself."""
    found = commits.find(wanted)
    if not found:
        raise ConfigError(f"base-ref: there is no revision '{wanted}' in this checkout; fetch-depth: 0 brings all.")
    return Base(commits.merge_base(found, head) or found, f"the base that was asked for, {wanted}")


def _of_pull(event: Event, head: str, commits: Ancestry) -> Base:
    parted = commits.merge_base(event.base, head) if event.base else ""
    if parted:
        return Base(parted, "where the branch parted from its base")
    if commits.has(event.base):
        return Base(event.base, "the base of the pull request")
    return Base("", f"The base of the pull request is not in this checkout; {_DEPTH}")


def _of_push(event: Event, head: str, commits: Ancestry) -> Base:
    if event.before and commits.has(event.before):
        return Base(event.before, "what the branch was before the push")
    parent = commits.first_parent(_first_pushed(event, head, commits))
    if event.before and parent:
        return Base(parent, f"the commit before, since {event.before[:_SHORT]} is gone from the branch")
    if parent:
        return Base(parent, "the commit that the new branch began at")
    return Base("", FIRST)


def _first_pushed(event: Event, head: str, commits: Ancestry) -> str:
    """The oldest commit of a new branch that this push brought."""
    new = not event.before and event.earliest and commits.is_ancestor(event.earliest, head)
    return event.earliest if new else head


_DEPTH = "with fetch-depth: 0 it would be."
