"""Do they know where their field stands: recent papers and models cited?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_audit.evidence.profile.overview import Overview, inside
from portfolio_audit.model.fact import Fact, FactSpec, FactType

FACTS = (
    FactSpec("research.cited", FactType.NAMES, "Distinct papers cited in any repository."),
    FactSpec("research.recent", FactType.NAMES, "Those of them that are at most three years old at the audit."),
)
INPUTS = ("research.citations",)

_RECENT_YEARS = 3
_YEAR = re.compile(r"\((\d{4})\)$")


def extract(overview: Overview) -> Iterator[Fact]:
    """Give every cited paper once, and again when it is recent; the year stands in brackets after the id."""
    seen: set[str] = set()
    for repository, fact in overview.observations("research.citations"):
        name = str(fact.value)
        if name in seen:
            continue
        seen.add(name)
        yield Fact("research.cited", name, inside(repository, fact.at))
        year = _YEAR.search(name)
        if year and overview.now.year - int(year[1]) <= _RECENT_YEARS:
            yield Fact("research.recent", name, inside(repository, fact.at))
