"""The findings of one rule on two sides, paired: which one is the same finding as which.

In this order: those with the same fingerprint; those at the same place, since a line that was rewritten and is still
wrong was not mended; where there are no fingerprints, those of the same note in the same file; those of the same note
in a file of the same name elsewhere, which is a file that was moved. What is left is new or gone.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from pathlib import PurePosixPath

from portfolio_audit.reporting.wire.verdicts import Finding

Key = Callable[[Finding], Hashable]
"""What two findings must share to be the same; None where one cannot be told this way."""
Pair = tuple[Finding | None, Finding | None]


def matched(before: Sequence[Finding], after: Sequence[Finding]) -> Iterator[Pair]:
    """Pairs of the same finding, in the order of ``after``; then what is gone, in the order of ``before``."""
    partner: dict[int, int] = {}
    for key, elsewhere in ((_fingerprint, False), (_spot, False), (_file, False), (_name, True)):
        left = [number for number in range(len(before)) if number not in set(partner.values())]
        for number, finding in enumerate(after):
            found = None if number in partner else _same(finding, (before, left), key, elsewhere=elsewhere)
            if found is not None:
                left.remove(found)
                partner[number] = found
    taken = set(partner.values())
    yield from ((before[partner[n]] if n in partner else None, finding) for n, finding in enumerate(after))
    yield from ((finding, None) for n, finding in enumerate(before) if n not in taken)


def _same(finding: Finding, among: tuple[Sequence[Finding], list[int]], key: Key, *, elsewhere: bool) -> int | None:
    """The first of those left that has the same key, ``elsewhere`` only in another file."""
    wanted = key(finding)
    if wanted is None:
        return None
    before, left = among
    found = (n for n in left if key(before[n]) == wanted and not (elsewhere and before[n].path == finding.path))
    return next(found, None)


def _fingerprint(finding: Finding) -> Hashable:
    return finding.fingerprint or None


def _spot(finding: Finding) -> Hashable:
    return (finding.path, finding.line, finding.cell)


def _file(finding: Finding) -> Hashable:
    return None if finding.fingerprint else (finding.path, finding.note)


def _name(finding: Finding) -> Hashable:
    return (PurePosixPath(finding.path).name, finding.note) if finding.path else None
