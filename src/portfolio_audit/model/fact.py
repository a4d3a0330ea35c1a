"""What was seen in a repository: typed observations with their locations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from portfolio_audit.model.location import REPOSITORY, Location
from portfolio_audit.model.snapshot import Unavailable


class Rung(IntEnum):
    """The evidence ladder: how far from words to working something is."""

    MENTIONED = 1
    DECLARED = 2
    WIRED = 3
    EXERCISED = 4
    OBSERVED = 5

    @property
    def label(self) -> str:
        """The rung as users write and read it."""
        return self.name.lower()


class FactType(StrEnum):
    """What the value of a fact is.

    ``FLAG``: every observation says "seen here" (value True). ``NUMBER``: at most one observation, a
    number in ``unit``. ``NAMES``: one observation a name (value str), several locations possible.
    """

    FLAG = "flag"
    NUMBER = "number"
    NAMES = "names"


@dataclass(frozen=True, slots=True)
class FactSpec:
    """The declaration of a fact by its extractor: what an observation of it means.

    ``ladder``: its observations carry a rung. ``reads``: globs of the files that could show it; when one of
    them cannot be read the fact is undecided there.
    """

    id: str
    type: FactType
    about: str
    unit: str = ""
    ladder: bool = False
    reads: tuple[str, ...] = ("*",)


@dataclass(frozen=True, slots=True)
class Fact:
    """One observation; a value of :class:`Unavailable` says it could not be decided here.

    ``rung`` is set on facts whose spec has ``ladder``.
    """

    id: str
    value: bool | int | float | str | Unavailable = True
    at: Location = REPOSITORY
    rung: Rung = Rung.MENTIONED


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the auditor could not do, and where."""

    message: str
    at: Location = REPOSITORY


@dataclass(frozen=True, slots=True)
class Evidence:
    """All facts about one repository (or one profile), in order of discovery.

    A fact with no observation is false, zero or empty: it was looked for and not seen.
    """

    facts: tuple[Fact, ...] = ()
    problems: tuple[Problem, ...] = ()
    _index: dict[str, list[Fact]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the facts by id."""
        index: dict[str, list[Fact]] = {}
        for fact in self.facts:
            index.setdefault(fact.id, []).append(fact)
        object.__setattr__(self, "_index", index)

    def of(self, fact_id: str) -> tuple[Fact, ...]:
        """Every observation of one fact, decided or not."""
        return tuple(self._index.get(fact_id, ()))

    def known(self, fact_id: str) -> tuple[Fact, ...]:
        """The decided observations of one fact."""
        return tuple(f for f in self._index.get(fact_id, ()) if not isinstance(f.value, Unavailable))

    def undecided(self, fact_id: str) -> tuple[Fact, ...]:
        """The observations that say the fact could not be decided somewhere."""
        return tuple(f for f in self._index.get(fact_id, ()) if isinstance(f.value, Unavailable))

    def has(self, fact_id: str) -> bool:
        """Whether there is a decided observation of the fact."""
        return bool(self.known(fact_id))

    def names(self, fact_id: str) -> frozenset[str]:
        """The distinct names of a NAMES fact."""
        return frozenset(str(f.value) for f in self.known(fact_id))

    def number(self, fact_id: str, default: float = 0) -> float:
        """The value of a NUMBER fact, or ``default`` if it was not observed."""
        return next(
            (float(f.value) for f in self.known(fact_id) if not isinstance(f.value, str | Unavailable)), default
        )

    def rung(self, fact_id: str) -> Rung | None:
        """The highest rung among the decided observations."""
        return max((f.rung for f in self.known(fact_id)), default=None)


def merge(parts: Iterable[Evidence]) -> Evidence:
    """Join evidence gathered apart, keeping order."""
    gathered = tuple(parts)
    return Evidence(
        tuple(fact for evidence in gathered for fact in evidence.facts),
        tuple(problem for evidence in gathered for problem in evidence.problems),
    )
