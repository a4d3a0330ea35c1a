"""Many repositories to facts about the profile: one extractor a criterion, joined here."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Protocol

from portfolio_audit.evidence.boundary import attempt, failed
from portfolio_audit.evidence.profile import ambition, breadth, discussion, focus, research, writing
from portfolio_audit.evidence.profile.overview import Overview
from portfolio_audit.model.digest import Digest
from portfolio_audit.model.fact import Evidence, Fact, FactSpec, Problem


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


__all__ = ["EXTRACTORS", "Digest", "Overview", "digested", "extract", "fact_specs"]
