"""How the work came about, from the commits that lead to the audited one, and the versions that were tagged."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.record import told
from portfolio_audit.model.fact import Fact, FactSpec, FactType
from portfolio_audit.model.location import Location
from portfolio_audit.model.record import Release
from portfolio_audit.model.snapshot import History, Unavailable

FACTS = (
    FactSpec("history.commits", FactType.NUMBER, "Commits that lead to the audited one.", "commits"),
    FactSpec("history.days", FactType.NUMBER, "Days on which there were commits.", "days"),
    FactSpec("history.span", FactType.NUMBER, "Days from the first commit to the last.", "days"),
    FactSpec("history.authors", FactType.NUMBER, "Names under which was committed.", "names"),
    FactSpec("history.busiest_share", FactType.NUMBER, "Share of the commits made on the busiest day.", "share"),
    FactSpec("history.versions", FactType.NAMES, "Tags and releases that name a version, such as v1.2.0 or 2026.1."),
)
WANTS: tuple[str, ...] = ()

_VERSION = re.compile(
    r"(?:\w{1,40}[-/_@])?(?:v|ver|version|release|rel)?[-_.]?\d+(?:\.\d+){0,3}\S{0,20}", re.IGNORECASE
)
_MOST = 20
_CUT_OFF = Unavailable("the clone holds only a part of the history: fetch it whole (`git fetch --unshallow --tags`)")
_TELLING = 50
"""So many commits tell how somebody works, even if there were more before them."""


def extract(documents: Documents) -> Iterator[Fact]:
    """Give the numbers of the history, and the versions."""
    history, releases = documents.snapshot.metadata.history, documents.snapshot.metadata.releases
    yield from () if isinstance(releases, Unavailable) else _released(releases)
    if isinstance(history, Unavailable):
        yield from (Fact(spec.id, history) for spec in FACTS)
        return
    if history.truncated and len(history.commits) < _TELLING:
        yield from (Fact(spec.id, _CUT_OFF) for spec in FACTS if spec.type is FactType.NUMBER)
    else:
        yield from (Fact(f"history.{name}", value) for name, value in _numbers(history).items())
    yield from _versions(history)


def _versions(history: History) -> Iterator[Fact]:
    versions = [tag for tag in history.tags if _VERSION.fullmatch(tag)]
    for tag in versions[:_MOST]:
        yield Fact("history.versions", tag, Location("", note=f"the tag {tag[:60]}"))
    if history.truncated and not versions:
        yield Fact("history.versions", _CUT_OFF)


def _released(releases: tuple[Release, ...]) -> Iterator[Fact]:
    for release in [release for release in releases if _VERSION.fullmatch(release.tag)][:_MOST]:
        yield Fact("history.versions", release.tag, Location("", note=told(release)))


def _numbers(history: History) -> dict[str, float]:
    days = Counter(commit.at.date() for commit in history.commits)
    return {
        "commits": len(history.commits),
        "days": len(days),
        "span": (max(days) - min(days)).days if days else 0,
        "authors": len({commit.author.casefold() for commit in history.commits}),
        "busiest_share": max(days.values(), default=0) / max(len(history.commits), 1),
    }
