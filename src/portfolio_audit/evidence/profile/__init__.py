"""Many repositories to facts about the profile: one extractor a criterion, joined here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Protocol

from portfolio_audit.evidence.boundary import attempt, failed
from portfolio_audit.evidence.profile import ambition, breadth, discussion, focus, research, writing
from portfolio_audit.evidence.profile.overview import Overview, is_home
from portfolio_audit.model.digest import Digest
from portfolio_audit.model.fact import Evidence, Fact, FactSpec, FactType, Problem
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Unavailable


class ProfileExtractor(Protocol):
    """A module that sees one aspect of a profile."""

    @property
    def FACTS(self) -> tuple[FactSpec, ...]:  # noqa: N802  # a constant of the module
        """The facts it gives."""
        ...

    @property
    def INPUTS(self) -> tuple[str, ...]:  # noqa: N802  # a constant of the module
        """The repository facts it asks for."""
        ...

    def extract(self, overview: Overview) -> Iterable[Fact]:
        """Give what is seen; the path of a location starts with the repository's name."""
        ...


EXTRACTORS: tuple[ProfileExtractor, ...] = (breadth, focus, writing, ambition, research, discussion)

_OF_THE_PAGE = frozenset({"ambition.contributions", "writing.places"})
_OF_THE_HOME = frozenset({"breadth.profile_readme", "focus.stated"})
_MOST_REASONS = 3


def fact_specs() -> dict[str, FactSpec]:
    """Every fact a profile can show, by id."""
    return {spec.id: spec for extractor in EXTRACTORS for spec in extractor.FACTS}


def digested(evidence: Evidence) -> Evidence:
    """The part of a repository's evidence that profile extractors ask for."""
    wanted = {fact_id for extractor in EXTRACTORS for fact_id in extractor.INPUTS}
    return Evidence(tuple(fact for fact in evidence.facts if fact.id in wanted))


def extract(overview: Overview) -> Evidence:
    """Run every profile extractor; the facts of one that fails are undecided, and a problem says so."""
    facts: list[Fact] = []
    problems: list[Problem] = []
    for extractor in EXTRACTORS:
        outcome = attempt(partial(extractor.extract, overview))
        if isinstance(outcome, Exception):
            name = str(getattr(extractor, "__name__", extractor)).rpartition(".")[2]
            problems.append(Problem(f"the extractor '{name}' failed ({type(outcome).__name__})"))
            outcome = failed(extractor.FACTS, outcome)
        facts += outcome
    return Evidence(tuple(facts), tuple(problems))


def left_open(seen: Evidence, unseen: Mapping[str, str], left_out: Collection[str] = ()) -> Evidence:
    """The facts, and where they stay open: in repositories that could not be read, each with the reason.

    A share of those that were read stands, and what only the person's page shows is not touched. Nothing is said of a
    profile README that is in a repository ``left_out``.
    """
    could_not = {name: Unavailable(f"could not be read: {reason}") for name, reason in sorted(unseen.items())}
    homes = {name: reason for name, reason in could_not.items() if is_home(name)}
    homes |= {name: Unavailable("was left out of the audit") for name in left_out if is_home(name)}
    shares = {spec.id for spec in fact_specs().values() if spec.type is FactType.NUMBER and seen.has(spec.id)}
    undecided = (
        Fact(fact_id, reason, Location(name))
        for fact_id in fact_specs()
        if fact_id not in _OF_THE_PAGE | shares
        for name, reason in islice((homes if fact_id in _OF_THE_HOME else could_not).items(), _MOST_REASONS)
    )
    return replace(seen, facts=(*seen.facts, *undecided))


__all__ = ["EXTRACTORS", "Digest", "Overview", "digested", "extract", "fact_specs"]
