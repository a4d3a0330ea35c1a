"""Are they ready to talk: decisions, alternatives, failures and limits written down?"""

from __future__ import annotations

from collections.abc import Iterator

from portfolio_audit.evidence.profile.overview import Overview, inside
from portfolio_audit.model.digest import Digest
from portfolio_audit.model.fact import Fact, FactSpec, FactType

_ASPECTS = ("discussion.decisions", "discussion.alternatives", "discussion.failures", "discussion.limits")
FACTS = (
    FactSpec(
        "discussion.ready",
        FactType.NAMES,
        "Pieces that tell at least two of: decisions, alternatives, failures, limits.",
    ),
    FactSpec("discussion.ready_share", FactType.NUMBER, "Share of the pieces that do.", "share"),
    FactSpec("discussion.silent", FactType.NAMES, "Pieces that tell none of them."),
)
INPUTS = _ASPECTS

_ENOUGH = 2


def extract(overview: Overview) -> Iterator[Fact]:
    """Give which pieces are ready for a discussion."""
    told = {piece.name: _told(piece) for piece in overview.pieces}
    ready = [piece for piece in overview.pieces if told[piece.name] >= _ENOUGH]
    if overview.pieces:
        yield Fact("discussion.ready_share", len(ready) / len(overview.pieces))
    for piece in overview.pieces:
        if piece in ready:
            yield Fact("discussion.ready", piece.name, inside(piece))
        elif not told[piece.name]:
            yield Fact("discussion.silent", piece.name, inside(piece))


def _told(piece: Digest) -> int:
    return sum(piece.evidence.has(aspect) for aspect in _ASPECTS)
