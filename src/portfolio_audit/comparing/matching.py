"""The findings of one rule on two sides, paired: which one is the same finding as which.

In this order: those with the same fingerprint; those at the same place; those of the same note in the same file; those
of the same note in a file of the same name elsewhere, which is a file that was moved. What is left is new or gone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from pathlib import PurePosixPath

from portfolio_audit.comparing.sides import Place

Key = Callable[[Place], Hashable]
"""What two places must share to be the same finding; None when a place cannot be found again this way."""
Pair = tuple[Place | None, Place | None]


def matched(before: Sequence[Place], after: Sequence[Place]) -> Iterator[Pair]:
    """Pairs of the same finding, in the order of ``after``; then what is gone, in the order of ``before``."""
    partner: dict[int, int] = {}
    for key in (_fingerprint, _spot, _file, _name):
        waiting = _waiting(before, key, set(partner.values()))
        for number, place in enumerate(after):
            found = next((n for n in waiting[key(place)] if key is not _name or _is_elsewhere(before[n], place)), None)
            if number not in partner and found is not None:
                waiting[key(place)].remove(found)
                partner[number] = found
    taken = set(partner.values())
    yield from ((before[partner[n]] if n in partner else None, place) for n, place in enumerate(after))
    yield from ((place, None) for n, place in enumerate(before) if n not in taken)


def _waiting(before: Sequence[Place], key: Key, taken: set[int]) -> defaultdict[Hashable, list[int]]:
    found: defaultdict[Hashable, list[int]] = defaultdict(list)
    for number, place in enumerate(before):
        if number not in taken and key(place) is not None:
            found[key(place)].append(number)
    return found


def _fingerprint(place: Place) -> Hashable:
    return place.fingerprint or None


def _spot(place: Place) -> Hashable:
    return None if place.fingerprint else (place.at.path, place.at.line, place.at.cell, place.at.note)


def _file(place: Place) -> Hashable:
    return None if place.fingerprint else (place.at.path, place.at.note)


def _name(place: Place) -> Hashable:
    return (PurePosixPath(place.at.path).name, place.at.note) if place.at.path else None


def _is_elsewhere(before: Place, after: Place) -> bool:
    """Whether the file was moved; in the same file, the line was rewritten, and that is another finding."""
    return before.at.path != after.at.path
