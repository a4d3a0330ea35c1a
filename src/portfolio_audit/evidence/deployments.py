"""The deployments that the host recorded: where the work stands now, and where putting it failed."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.wording import phrases
from portfolio_audit.model.location import Location
from portfolio_audit.model.record import Deployment
from portfolio_audit.model.snapshot import Unavailable

_SUCCESS = frozenset({"success"})
"""A deployment keeps this state as long as it stands: GitHub makes it inactive when another takes its place."""
_FAILED = frozenset({"failure", "error"})
_ENDED = _SUCCESS | _FAILED | {"inactive"}
_HOST = re.compile(r"https?://(?:[^/@]*@)?([\w.-]{1,253})", re.IGNORECASE)
_PUNCTUATION = re.compile(r"[^\w*]+|_+")
_MOST = 200
_LONGEST = 80


class Deployments:
    """What became of the newest deployments to each environment; nothing when the host was not asked."""

    def __init__(self, documents: Documents) -> None:
        recorded = documents.snapshot.metadata.deployments
        known = () if isinstance(recorded, Unavailable) else recorded[:_MOST]
        self._words = documents.vocabulary.words
        self._newest_first = sorted(known, key=lambda one: one.at, reverse=True)

    def succeeded(self) -> Iterator[tuple[str, Location]]:
        """The environments that the work stands in, whatever failed since, and what was seen of each."""
        return ((_name(one), _told(one, "succeeded")) for one in self._newest(_SUCCESS))

    def failed(self) -> Iterator[tuple[str, Location]]:
        """The environments where the newest deployment that came to an end failed."""
        return ((_name(one), _told(one, "failed")) for one in self._newest(_ENDED) if one.state in _FAILED)

    def delivered(self) -> Iterator[Location]:
        """Deployments that put the work where others use it: documents and trials do not."""
        return (_told(one, "succeeded") for one in self._standing("trial-environment", "document-environment"))

    def hosted(self) -> Iterator[tuple[str, Location]]:
        """Deployments of an application, each with its address, which may be empty; a package is none."""
        for one in self._standing("trial-environment", "document-environment", "package-environment"):
            if self._is_called(one, "production-environment") if not one.url else not self._publishes(one.url):
                yield one.url, _told(one, "succeeded")

    def _newest(self, states: Container[str]) -> Iterator[Deployment]:
        """The newest deployment of each environment that is in one of the states."""
        told: set[str] = set()
        for one in self._newest_first:
            if one.environment not in told and one.state in states:
                told.add(one.environment)
                yield one

    def _standing(self, *excluded: str) -> Iterator[Deployment]:
        for one in self._newest(_SUCCESS):
            if not any(self._is_called(one, words) for words in excluded):
                yield one

    def _is_called(self, one: Deployment, words: str) -> bool:
        return phrases(self._words.get(words, ())).search(_PUNCTUATION.sub(" ", _name(one))) is not None

    def _publishes(self, url: str) -> bool:
        """Whether an address is that of a package, an image, a page of documents or a repository."""
        found = _HOST.match(url)
        host = f".{found[1].lower()}" if found else ""
        return any(host.endswith(f".{place}") for place in self._words.get("publishing-host", ()))


def _name(one: Deployment) -> str:
    return one.environment[:_LONGEST]


def _told(one: Deployment, how: str) -> Location:
    where = f" at {one.url[:_LONGEST]}" if one.url else ""
    return Location("", note=f"the deployment to '{_name(one)}'{where} {how} on {one.at.date()}")
