"""What profile extractors read from: the person, and every audited repository in brief."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from portfolio_audit.model.digest import Digest
from portfolio_audit.model.fact import Fact
from portfolio_audit.model.location import Location
from portfolio_audit.model.profile import Profile
from portfolio_audit.model.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Overview:
    """A profile at the moment ``now``."""

    profile: Profile
    repositories: tuple[Digest, ...]
    vocabulary: Vocabulary
    now: datetime

    @property
    def pieces(self) -> tuple[Digest, ...]:
        """The repositories that count as portfolio pieces, best first."""
        return tuple(sorted((r for r in self.repositories if r.counted), key=lambda r: (-r.score, r.name)))

    @property
    def own(self) -> tuple[Digest, ...]:
        """The repositories the person made: forks and templates left out."""
        return tuple(r for r in self.repositories if r.kind not in {"fork", "template"})

    @property
    def profile_repository(self) -> Digest | None:
        """The repository GitHub shows on the profile page, if it is among those audited."""
        return next((r for r in self.repositories if r.kind == "profile"), None)

    def observations(self, fact_id: str, among: Iterable[Digest] | None = None) -> Iterator[tuple[Digest, Fact]]:
        """The decided observations of a repository fact, with the repository."""
        for repository in self.own if among is None else among:
            for fact in repository.evidence.known(fact_id):
                yield repository, fact


def inside(repository: Digest, at: Location | None = None, note: str = "") -> Location:
    """A place in one of the repositories, as a location of the profile."""
    if at is None or not at.path:
        return Location(repository.name, note=note)
    return Location(f"{repository.name}/{at.path}", at.line, at.cell, note or at.note)


def is_home(full_name: str) -> bool:
    """Whether a repository, as ``owner/name``, is the one whose README GitHub shows on the profile page."""
    owner, _, name = full_name.lower().partition("/")
    return owner == name
