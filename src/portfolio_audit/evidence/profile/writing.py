"""Do they write about their work: articles, posts, talks, linked?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_audit.evidence.profile.overview import Overview, inside
from portfolio_audit.evidence.references import publishing
from portfolio_audit.model.fact import Fact, FactSpec, FactType
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Unavailable

FACTS = (
    FactSpec("writing.pieces", FactType.NAMES, "Distinct articles, posts and talks linked from any README."),
    FactSpec("writing.places", FactType.NAMES, "Blogs and other places to publish that the profile links."),
)
INPUTS = ("writing.links",)

_BLOG = re.compile(r"[./](?:blog|weblog|newsletter|articles|writing|posts)(?:[./]|$)", re.IGNORECASE)
_MOST = 20
_LONGEST = 300


def extract(overview: Overview) -> Iterator[Fact]:
    """Give every linked piece of writing once, where it is linked first."""
    seen: set[str] = set()
    for repository, fact in overview.observations("writing.links"):
        url = str(fact.value).rstrip("/").lower()
        if url not in seen:
            seen.add(url)
            yield Fact("writing.pieces", str(fact.value), inside(repository, fact.at))
    yield from _places(overview)


def _places(overview: Overview) -> Iterator[Fact]:
    """Where they publish, as far as the profile tells; what it does not tell leaves nothing open."""
    profile = overview.profile
    links = () if isinstance(profile.links, Unavailable) else profile.links
    blog = () if isinstance(profile.blog, Unavailable) else (profile.blog,)
    published = publishing(overview.vocabulary)
    for url in dict.fromkeys((*blog, *links[:_MOST])):
        address = url[:_LONGEST] if "://" in url else f"https://{url[:_LONGEST]}"
        if published.search(address) or _BLOG.search(address):
            yield Fact("writing.places", address, Location("", note=f"the profile links {address}"))
