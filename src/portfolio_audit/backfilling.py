"""Audits of past commits, straight from git's objects: a first-time user sees a year's curve in seconds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from portfolio_audit.audit import audit_snapshot
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.judging import collect
from portfolio_audit.model.snapshot import Snapshot
from portfolio_audit.parallel import judges
from portfolio_audit.reporting.wire import Report, export
from portfolio_audit.settings import Settings
from portfolio_audit.sources.timeline import Milestone

_AT_ONCE = 8
"""Neighbouring commits that are audited together: what their files have in common is parsed once."""


def audits(target: str, milestones: Sequence[Milestone], settings: Settings) -> Iterator[Report]:
    """Each commit audited as of the moment it was made, in the order given, in as many processes as allowed."""
    groups = [milestones[start : start + _AT_ONCE] for start in range(0, len(milestones), _AT_ONCE)]
    with judges(settings) as each:
        for _, reports in each(partial(_audit, target), groups):
            yield from reports


def _audit(target: str, milestones: Sequence[Milestone], settings: Settings) -> list[Report]:
    parsed = Documents(Snapshot(target), settings.vocabulary)
    then = [replace(settings, ref=milestone.commit, now=milestone.at) for milestone in milestones]
    return [export(audit_snapshot(collect(target, one), target, one, parsed)) for one in then]
