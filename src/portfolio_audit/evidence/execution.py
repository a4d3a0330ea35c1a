"""Execution readiness: how likely a stranger's run would succeed, and what would stop it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from math import prod
from statistics import fmean

from portfolio_audit.evidence import declarations, jobs
from portfolio_audit.evidence.codebase import CODE_FILES
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.obstacles import RISKS, Obstacle, Obstacles
from portfolio_audit.model.fact import Fact, FactSpec, FactType

WANTS = (*CODE_FILES, *declarations.WANTS, *jobs.SCRIPTS)
FACTS = (
    FactSpec(
        "execution.runnable",
        FactType.NUMBER,
        "Notebooks in Python, or where there is none, modules that run as scripts.",
        "notebooks or scripts",
        reads=CODE_FILES,
    ),
    FactSpec(
        "execution.readiness",
        FactType.NUMBER,
        "How likely a stranger's run of all of them succeeds, as far as reading tells.",
        "share",
        reads=CODE_FILES,
    ),
    FactSpec(
        "execution.clear",
        FactType.NUMBER,
        "How many of them have nothing in them that would stop a run.",
        "notebooks or scripts",
        reads=CODE_FILES,
    ),
    FactSpec(
        "execution.lost_data",
        FactType.NAMES,
        "Paths that a run reads and that neither the tree has, nor code makes or brings.",
        reads=CODE_FILES,
    ),
    FactSpec(
        "execution.undefined",
        FactType.NAMES,
        "Names that a run uses before anything defines them.",
        reads=CODE_FILES,
    ),
    FactSpec(
        "execution.unavailable",
        FactType.NAMES,
        "Modules that a run imports and neither Python, the declared environment, a scientific platform nor the tree "
        "gives.",
        reads=CODE_FILES,
    ),
    FactSpec("execution.misplaced", FactType.NAMES, "Own modules that lie where a run does not find them."),
    FactSpec("execution.outdated", FactType.NAMES, "Code that only Python 2 runs.", reads=CODE_FILES),
)

_TOLD = {
    "lost-data": "execution.lost_data",
    "undefined": "execution.undefined",
    "unavailable": "execution.unavailable",
    "misplaced": "execution.misplaced",
    "outdated": "execution.outdated",
}
_MOST = 60
_HARD = 0.5


def extract(documents: Documents) -> Iterator[Fact]:
    """Give what would stop each run, and the readiness of all: half the mean, half the least ready of them."""
    met = documents.once(Obstacles).met
    for risk, fact_id in _TOLD.items():
        found = (o for obstacles in met.values() for o in obstacles if o.risk == risk)
        yield from (Fact(fact_id, obstacle.name, obstacle.at) for obstacle in islice(found, _MOST))
    if met:
        ready = [readiness(obstacles) for obstacles in met.values()]
        yield Fact("execution.runnable", len(met))
        yield Fact("execution.clear", sum(not any(RISKS[o.risk] >= _HARD for o in found) for found in met.values()))
        yield Fact("execution.readiness", round((fmean(ready) + min(ready)) / 2, 4))


def readiness(obstacles: tuple[Obstacle, ...]) -> float:
    """The chance that none of them stops the run, each kind counted once and taken to act by itself (noisy-or)."""
    shares: dict[str, float] = {}
    for obstacle in obstacles:
        shares[obstacle.risk] = max(obstacle.share, shares.get(obstacle.risk, 0.0))
    return prod(1 - RISKS[risk] * share for risk, share in shares.items())
