"""Fingerprints of findings: what stays the same while a finding stays, wherever in its file it moves.

A fingerprint is the BLAKE2b hash (RFC 7693; 10 bytes, as 20 hexadecimal digits) of the rule's id, the folder of the
project if it is a project's, the path, the words of the line (at most 400 characters, whitespace made one space), and
how many findings with the same of all these stand before it. The number of the line, the message and the commit are no
part of it. A file that is renamed, a line that is rewritten and a rule that is renamed make a new finding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from hashlib import blake2b

from portfolio_audit.model.location import Location
from portfolio_audit.model.result import Finding, Result

_BYTES = 10
Nearby = Callable[[Location], str]
"""Gives the words that stand at a location."""


def nothing_nearby(at: Location) -> str:
    """No words: where files are not looked into, path and order tell findings apart."""
    del at
    return ""


def fingerprinted(results: Iterable[Result], nearby: Nearby = nothing_nearby, project: str = "") -> tuple[Result, ...]:
    """The results, every finding with its fingerprint; those of a ``project`` differ from the repository's own."""
    return tuple(replace(r, findings=_marked(r.findings, nearby, project)) if r.findings else r for r in results)


def _marked(findings: tuple[Finding, ...], nearby: Nearby, project: str) -> tuple[Finding, ...]:
    seen: Counter[tuple[str, ...]] = Counter()
    prints: dict[int, str] = {}
    for number, finding in sorted(enumerate(findings), key=_place):
        told = (finding.rule, project, finding.at.path, nearby(finding.at))
        prints[number] = _hash((*told, str(seen[told])))
        seen[told] += 1
    return tuple(replace(finding, fingerprint=prints[number]) for number, finding in enumerate(findings))


def _place(numbered: tuple[int, Finding]) -> tuple[str, int, int]:
    at = numbered[1].at
    return (at.path, at.line, at.cell)


def _hash(parts: Iterable[str]) -> str:
    return blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=_BYTES).hexdigest()
