"""Is there a big-shot problem: a project beyond toy data sets, with much built around the model?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_audit.evidence.profile.overview import Overview, inside
from portfolio_audit.evidence.wording import phrases
from portfolio_audit.model.digest import Digest
from portfolio_audit.model.fact import Fact, FactSpec, FactType, Rung
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Unavailable

FACTS = (
    FactSpec("ambition.big_shot", FactType.NAMES, "Pieces beyond stock data where four or more depth parts work."),
    FactSpec("ambition.own_problem", FactType.NAMES, "Pieces on a problem and data that are in no tutorial."),
    FactSpec("ambition.only_stock", FactType.NAMES, "Pieces on stock data."),
    FactSpec(
        "ambition.contributions",
        FactType.NAMES,
        "Repositories of others that took work of theirs, those made to practise on apart.",
    ),
)
INPUTS = ("data.stock", "data.scripted", "data.included", "data.linked", "results.reported", "results.computed")

_PARTS_OF_A_BIG_SHOT = 4
_PUNCTUATION = re.compile(r"[-_./]+")
_MOST = 200
_LONGEST = 140


def extract(overview: Overview) -> Iterator[Fact]:
    """Give, for every piece, how far beyond a tutorial it goes."""
    for piece in overview.pieces:
        stock = piece.evidence.known("data.stock")
        if stock:
            yield Fact("ambition.only_stock", piece.name, inside(piece, stock[0].at))
            continue
        if piece.reached(Rung.WIRED) >= _PARTS_OF_A_BIG_SHOT:
            yield Fact("ambition.big_shot", piece.name, inside(piece))
        if _works_on_data(piece):
            yield Fact("ambition.own_problem", piece.name, inside(piece))
    yield from _contributions(overview)


def _contributions(overview: Overview) -> Iterator[Fact]:
    merged, login = overview.profile.contributions_elsewhere, overview.profile.login.casefold()
    if isinstance(merged, Unavailable):
        yield Fact("ambition.contributions", merged)
        return
    practice = phrases(overview.vocabulary.words.get("practice-repository", ()))
    for name in merged[:_MOST]:
        others = name.partition("/")[0].casefold() != login
        if others and not practice.search(_PUNCTUATION.sub(" ", name[:_LONGEST])):
            yield Fact("ambition.contributions", name[:_LONGEST], Location("", note=f"merged by {name[:_LONGEST]}"))


def _works_on_data(piece: Digest) -> bool:
    data = any(piece.evidence.has(f) for f in ("data.scripted", "data.included", "data.linked"))
    return data and any(piece.evidence.has(f) for f in ("results.reported", "results.computed"))
