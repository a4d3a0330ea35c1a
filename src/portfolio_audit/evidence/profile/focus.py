"""Is there an area of specialisation, and how much of the portfolio lies in it?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from portfolio_audit.evidence.profile.overview import Overview, inside
from portfolio_audit.evidence.wording import phrases
from portfolio_audit.model.digest import Digest
from portfolio_audit.model.fact import Fact, FactSpec, FactType
from portfolio_audit.model.snapshot import Unavailable

FACTS = (
    FactSpec("focus.area", FactType.NAMES, "The area most of the portfolio lies in, seen in each piece of it."),
    FactSpec("focus.share", FactType.NUMBER, "Share of the portfolio, weighted by score, in that area.", "share"),
    FactSpec("focus.stated", FactType.FLAG, "The profile README, the bio or the name beside it names that area."),
)
INPUTS = ("area.imports", "area.words", "readme.exists")

_LEAST_PIECES = 2
_SERVING = frozenset({"mlops"})


def extract(overview: Overview) -> Iterator[Fact]:
    """Give the leading area, its share, and whether the profile says so."""
    if len(overview.pieces) < _LEAST_PIECES:
        reason = Unavailable("an area shows only across two or more pieces")
        yield from (Fact(fact_id, reason) for fact_id in ("focus.share", "focus.area"))
        return
    shares = _shares(overview.pieces)
    if not shares:
        return
    area, share = max(shares.items(), key=lambda item: (item[1], item[0]))
    yield Fact("focus.share", share)
    for piece in overview.pieces:
        if area in _areas(piece):
            yield Fact("focus.area", _title(overview, area), inside(piece))
    yield from _stated(overview, area)


def _shares(pieces: tuple[Digest, ...]) -> dict[str, float]:
    """Each area's share of the pieces that show an area; a piece in several areas is split between them.

    Pieces weigh by their score, with a floor, so that one scratch repository does not blur a clear picture.
    """
    weights: dict[str, float] = defaultdict(float)
    for piece in pieces:
        areas = _areas(piece)
        for area in areas:
            weights[area] += max(piece.score, 5.0) / len(areas)
    total = sum(weights.values())
    return {area: weight / total for area, weight in weights.items()}


def _areas(piece: Digest) -> frozenset[str]:
    """The areas a piece shows: those its words and imports agree on, else its words', else its imports'.

    What serves every area (``mlops``) is an area only of a piece that shows no other.
    """
    words, imports = piece.evidence.names("area.words"), piece.evidence.names("area.imports")
    own_words, own_imports = words - _SERVING, imports - _SERVING
    return own_words & own_imports or own_words or own_imports or words | imports


def _title(overview: Overview, area: str) -> str:
    return next((a.title for a in overview.vocabulary.areas if a.id == area), area)


def _stated(overview: Overview, area: str) -> Iterator[Fact]:
    home = overview.profile_repository
    words = next((a.words for a in overview.vocabulary.areas if a.id == area), ())
    bio, name = overview.profile.bio, overview.profile.name
    if home is not None and area in home.evidence.names("area.words"):
        yield Fact("focus.stated", at=inside(home, next((f.at for f in home.evidence.known("readme.exists")), None)))
    elif not isinstance(bio, Unavailable) and phrases(words).search(bio):
        yield Fact("focus.stated", at=inside(overview.pieces[0], note="said in the bio"))
    elif not isinstance(name, Unavailable) and phrases(words).search(name):
        yield Fact("focus.stated", at=inside(overview.pieces[0], note="said beside the name"))
    elif home is None and isinstance(bio, Unavailable):
        yield Fact("focus.stated", Unavailable("neither a bio nor a profile README could be seen"))
