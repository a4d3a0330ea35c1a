"""Is every problem that was solved shown: described, with topics, pinned or indexed from the profile README?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from portfolio_audit.evidence.profile.overview import Overview, inside
from portfolio_audit.model.digest import Digest
from portfolio_audit.model.fact import Fact, FactSpec, FactType
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Unavailable

FACTS = (
    FactSpec("breadth.pieces", FactType.NAMES, "The portfolio pieces, by name; each project of a collection is one."),
    FactSpec("breadth.described_share", FactType.NUMBER, "Share of the pieces that have a description.", "share"),
    FactSpec("breadth.topics_share", FactType.NUMBER, "Share of the pieces that have at least one topic.", "share"),
    FactSpec("breadth.shown_share", FactType.NUMBER, "Share pinned, or linked from the profile README.", "share"),
    FactSpec("breadth.undescribed", FactType.NAMES, "Pieces without a description."),
    FactSpec("breadth.untagged", FactType.NAMES, "Pieces without a topic."),
    FactSpec("breadth.unshown", FactType.NAMES, "Pieces neither pinned nor linked from the profile README."),
    FactSpec("breadth.profile_readme", FactType.FLAG, "A profile README that says more than a greeting."),
    FactSpec("breadth.copied", FactType.NAMES, "Pieces that share most of their code with a piece that scores higher."),
    FactSpec("breadth.pinned", FactType.NAMES, "Repositories pinned to the profile page."),
    FactSpec("breadth.wasted_pins", FactType.NAMES, "Pinned repositories that show no work of their own."),
    FactSpec("breadth.days_since_push", FactType.NUMBER, "Days since anything of their own was pushed.", "days"),
    FactSpec("breadth.toy", FactType.NAMES, "Pieces on stock data, the toy problems."),
    FactSpec("breadth.complex", FactType.NAMES, "Pieces beyond stock data with working parts around the model."),
)
INPUTS = ("readme.words", "readme.links", "readme.exists", "data.stock")

_GREETING_WORDS = 60
_MOSTLY = 0.5
_NO_WORK = frozenset({"fork", "template", "empty", "coursework", "profile"})


def extract(overview: Overview) -> Iterator[Fact]:
    """Give how the pieces are shown."""
    for piece in overview.pieces:
        yield Fact("breadth.pieces", piece.name, inside(piece))
        for folder in piece.projects[1:]:
            yield Fact("breadth.pieces", f"{piece.name}/{folder}", inside(piece, Location(folder)))
        if piece.evidence.has("data.stock"):
            yield Fact("breadth.toy", piece.name, inside(piece, piece.evidence.known("data.stock")[0].at))
        elif any(rung.label != "declared" for _, rung in piece.rungs):
            yield Fact("breadth.complex", piece.name, inside(piece))
    yield from _copied(overview.pieces)
    yield from _share(overview, "described_share", "undescribed", lambda d: d.metadata.description)
    yield from _share(overview, "topics_share", "untagged", lambda d: d.metadata.topics)
    yield from _shown(overview)
    yield from _pins(overview)
    yield from _pushed(overview)
    yield from _profile_readme(overview)


def _copied(pieces: tuple[Digest, ...]) -> Iterator[Fact]:
    for place, piece in enumerate(pieces):
        shared = ((len(piece.fingerprints & better.fingerprints), better) for better in pieces[:place])
        count, origin = max(shared, key=lambda found: found[0], default=(0, piece))
        if count > len(piece.fingerprints) * _MOSTLY:
            note = f"{count} of {len(piece.fingerprints)} files of code are also in {_short(origin)}"
            yield Fact("breadth.copied", piece.name, inside(piece, note=note))


def _share(
    overview: Overview, share: str, missing: str, look: Callable[[Digest], object | Unavailable]
) -> Iterator[Fact]:
    known = [(piece, look(piece)) for piece in overview.pieces]
    decided = [(piece, value) for piece, value in known if not isinstance(value, Unavailable)]
    if not decided:
        yield from _undecided(known, f"breadth.{share}")
        return
    lacking = [piece for piece, value in decided if not value]
    yield Fact(f"breadth.{share}", 1 - len(lacking) / len(decided))
    for piece in lacking:
        yield Fact(f"breadth.{missing}", piece.name, inside(piece))


def _shown(overview: Overview) -> Iterator[Fact]:
    home = overview.profile_repository
    links = [str(fact.value).lower() for fact in home.evidence.known("readme.links")] if home else []
    if home is None and all(isinstance(p.metadata.pinned, Unavailable) for p in overview.pieces):
        reason = "neither the pinned repositories nor a profile README could be seen"
        yield Fact("breadth.shown_share", Unavailable(reason))
        return
    lacking = [p for p in overview.pieces if p.metadata.pinned is not True and not any(_leads_to(p, u) for u in links)]
    if overview.pieces:
        yield Fact("breadth.shown_share", 1 - len(lacking) / len(overview.pieces))
    for piece in lacking:
        yield Fact("breadth.unshown", piece.name, inside(piece))


def _pins(overview: Overview) -> Iterator[Fact]:
    """What is pinned; a fork of what took their work is no waste."""
    known = [r for r in overview.repositories if not isinstance(r.metadata.pinned, Unavailable)]
    if not known:
        unknown = Unavailable("the pinned repositories could not be seen")
        yield from (Fact(fact_id, unknown) for fact_id in ("breadth.pinned", "breadth.wasted_pins"))
    for repository in known:
        if repository.metadata.pinned:
            yield Fact("breadth.pinned", repository.name, inside(repository))
            if repository.kind in _NO_WORK and not _took_their_work(overview, repository.metadata.parent):
                note = f"pinned, and what it is: {repository.kind}"
                yield Fact("breadth.wasted_pins", repository.name, inside(repository, note=note))


def _took_their_work(overview: Overview, parent: str | Unavailable) -> bool:
    merged = overview.profile.contributions_elsewhere
    if isinstance(parent, Unavailable) or isinstance(merged, Unavailable):
        return False
    return parent.casefold() in map(str.casefold, merged)


def _pushed(overview: Overview) -> Iterator[Fact]:
    pushed = [r.metadata.pushed_at for r in overview.own]
    known = [at for at in pushed if not isinstance(at, Unavailable)]
    newest = max(known, default=None)
    if newest:
        yield Fact("breadth.days_since_push", max(0, (overview.now - newest).days))
    elif pushed and isinstance(pushed[0], Unavailable):
        yield Fact("breadth.days_since_push", pushed[0])


def _leads_to(piece: Digest, url: str) -> bool:
    """Whether an address is that of a repository or its page; one of the same name of somebody else's is not."""
    owner, _, name = piece.name.lower().rpartition("/")
    parts = url.partition("#")[0].partition("?")[0].removesuffix(".git").split("/")
    return any(part == name and before.startswith(owner) for before, part in pairwise(parts))


def _profile_readme(overview: Overview) -> Iterator[Fact]:
    home = overview.profile_repository
    if home is not None and home.evidence.number("readme.words") >= _GREETING_WORDS:
        yield Fact("breadth.profile_readme", at=inside(home, _readme(home), "the profile README"))
    elif home is None and not overview.profile.login:
        yield Fact("breadth.profile_readme", Unavailable("whose profile this is, is not known from a folder"))


def _readme(home: Digest) -> Location | None:
    return next((fact.at for fact in home.evidence.known("readme.exists")), None)


def _short(piece: Digest) -> str:
    return piece.name.rpartition("/")[2].lower()


def _undecided(known: list[tuple[Digest, object]], fact_id: str) -> Iterator[Fact]:
    for piece, value in known[:1]:
        reason = value.reason if isinstance(value, Unavailable) else ""
        yield Fact(fact_id, Unavailable(reason), inside(piece))
