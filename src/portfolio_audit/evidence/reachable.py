"""Where the application can be reached: addresses that are written down, deployments on record, a page that runs it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_audit.evidence.addresses import OTHER_CODE, Answers, Places, addresses, plain
from portfolio_audit.evidence.deployments import Deployments
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.wording import phrases
from portfolio_audit.model.fact import Fact, Rung
from portfolio_audit.model.location import Location

_FRONT_ENDS = tuple(glob for glob in OTHER_CODE if glob.endswith((".html", ".js", ".jsx", ".ts", ".tsx")))
_ADDRESS = re.compile(r"https?://\w", re.IGNORECASE)
_MOST = 40
_LONGEST = 80
_LONGEST_TEXT = 200_000


def reachable(documents: Documents, *, deployed: bool) -> Iterator[Fact]:
    """Give every place; an address where places have closed counts less, unless something else ``deployed`` there."""
    yield from _on_record(documents)
    yield from _in_the_browser(documents)
    places = documents.once(Places)
    told: set[str] = set()
    for url, at in addresses(documents):
        if url not in told and len(told) < _MOST:
            told.add(url)
            closed = not deployed and places.closed.match(url.partition("://")[2]) is not None
            yield from _address(documents, url, at, gone=", a place that has closed" if closed else "")


def to_ask(documents: Documents) -> Iterator[str]:
    """The addresses that somebody who wants to see the application would open, each once, the homepage first."""
    homepage = documents.snapshot.metadata.homepage
    deployed = (url for url, _ in documents.once(Deployments).hosted())
    written = (url for url, _ in addresses(documents))
    told: set[str] = set()
    for url in (homepage if isinstance(homepage, str) else "", *deployed, *written):
        if _ADDRESS.match(url) and plain(url) not in told:
            told.add(plain(url))
            yield url


def _address(documents: Documents, url: str, at: Location, gone: str = "") -> Iterator[Fact]:
    """An address by what is known of it: that it answers, that it is gone, or only that it is written."""
    answered = documents.once(Answers).of(url)
    if answered is False or (gone and not answered):
        yield Fact("hosting.live", at=_noted(at, gone or ", which is no longer there"), rung=Rung.WIRED)
        return
    seen = _noted(at, ", which answers" if answered else "")
    yield Fact("hosting.live", at=seen, rung=Rung.OBSERVED if answered else Rung.EXERCISED)
    yield Fact("hosting.address", url[:_LONGEST], at)


def _noted(at: Location, more: str) -> Location:
    return Location(at.path, at.line, at.cell, f"{at.note}{more}")


def _on_record(documents: Documents) -> Iterator[Fact]:
    """Deployments of the application that the host has on record, those that are known to be gone apart."""
    for url, at in documents.once(Deployments).hosted():
        if url and documents.once(Answers).of(url) is False:
            yield from _address(documents, url, at)
            continue
        yield Fact("hosting.live", at=at, rung=Rung.OBSERVED)
        if url:
            yield Fact("hosting.address", url[:_LONGEST], at)


def _in_the_browser(documents: Documents) -> Iterator[Fact]:
    """A front end that runs a model by itself, where GitHub Pages shows it."""
    if documents.snapshot.metadata.pages is not True:
        return
    runtimes = phrases(documents.vocabulary.words.get("browser-model", ()))
    for path in documents.matching(*_FRONT_ENDS)[:_MOST]:
        text = (documents.text(path) or "")[:_LONGEST_TEXT]
        if found := runtimes.search(text):
            note = f"loads {found[0]}, and GitHub Pages shows it"
            at = Location(path, text.count("\n", 0, found.start()) + 1, note=note)
            yield Fact("hosting.live", at=at, rung=Rung.OBSERVED)
            return
