"""Do they write about their work: articles, posts, talks, linked?"""

from __future__ import annotations

from collections.abc import Iterator

from portfolio_audit.evidence.profile.overview import Overview, inside
from portfolio_audit.model.fact import Fact, FactSpec, FactType

FACTS = (FactSpec("writing.pieces", FactType.NAMES, "Distinct articles, posts and talks linked from any README."),)
INPUTS = ("writing.links",)


def extract(overview: Overview) -> Iterator[Fact]:
    """Give every linked piece of writing once, where it is linked first."""
    seen: set[str] = set()
    for repository, fact in overview.observations("writing.links"):
        url = str(fact.value).rstrip("/").lower()
        if url not in seen:
            seen.add(url)
            yield Fact("writing.pieces", str(fact.value), inside(repository, fact.at))
