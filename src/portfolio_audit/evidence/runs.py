"""The runs that the host recorded of the newest commit, each with the workflow that it belongs to."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.pipelines import Pipeline, pipelines
from portfolio_audit.model.fact import Rung
from portfolio_audit.model.location import Location
from portfolio_audit.model.record import Run
from portfolio_audit.model.snapshot import Unavailable

SCHEDULE = "schedule"
_FAILED = frozenset({"failure", "error", "timed_out", "startup_failure"})
_STOPPED = frozenset({"cancelled", "stale", "action_required"})
_REVIEW = ("pull_request", "merge_group")
_MOST = 200
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Ran:
    """What one event started of one workflow; ``path`` is its file, or empty when none is known."""

    name: str
    event: str
    conclusions: frozenset[str]
    at: Location
    path: str = ""

    @property
    def failed(self) -> bool:
        """Whether any part of it failed."""
        return not self.conclusions.isdisjoint(_FAILED)

    @property
    def green(self) -> bool:
        """Whether some of it succeeded, and nothing failed or was stopped."""
        return "success" in self.conclusions and self.conclusions.isdisjoint(_FAILED | _STOPPED)

    @property
    def whole(self) -> bool:
        """Whether all of it ran and succeeded, and not only to try a change out."""
        return self.conclusions == {"success"} and not self.event.startswith(_REVIEW)


class Runs:
    """What ran, by the files of workflows; nothing when the host was not asked."""

    def __init__(self, documents: Documents) -> None:
        recorded = documents.snapshot.metadata.runs
        self.known = () if isinstance(recorded, Unavailable) else tuple(_grouped(documents, recorded[:_MOST]))

    def proves(self, path: str, otherwise: Rung) -> Rung:
        """The rung of what a workflow does in any case: observed when a run of it was green."""
        return Rung.OBSERVED if any(ran.green for ran in self._of(path)) else otherwise

    def proves_whole(self, path: str, otherwise: Rung) -> Rung:
        """The rung of what a workflow may leave out: observed when a run of it left nothing out."""
        return Rung.OBSERVED if any(ran.whole for ran in self._of(path)) else otherwise

    def scheduled(self) -> frozenset[str]:
        """The files of the workflows that a schedule started, and that were green."""
        return frozenset(ran.path for ran in self.known if ran.path and ran.event == SCHEDULE and ran.green)

    def _of(self, path: str) -> Iterator[Ran]:
        return (ran for ran in self.known if ran.path == path)


def _grouped(documents: Documents, recorded: tuple[Run, ...]) -> Iterator[Ran]:
    """The runs, those together that one event started of one workflow."""
    files = _by_name(pipelines(documents)) if recorded else {}
    groups: dict[tuple[str, str], list[Run]] = defaultdict(list)
    for run in recorded:
        groups[run.name, run.event].append(run)
    for (name, event), runs in groups.items():
        conclusions = frozenset(run.conclusion for run in runs)
        ended = max((run.at for run in runs if run.at), default=None)
        pipeline = files.get(name.casefold())
        ran = Ran(name[:_LONGEST], event, conclusions, Location(""), pipeline.path if pipeline else "")
        yield Ran(ran.name, ran.event, conclusions, _place(ran, pipeline, ended), ran.path)


def _by_name(found: tuple[Pipeline, ...]) -> dict[str, Pipeline]:
    """The workflows of GitHub by all that their runs may be called; of several that share a name, none."""
    named: dict[str, list[Pipeline]] = defaultdict(list)
    for pipeline in found:
        if pipeline.path.startswith(".github/workflows/"):
            names = {pipeline.workflow.name, pipeline.path, posixpath.basename(pipeline.path)} - {""}
            for name in {name.casefold() for name in names}:
                named[name].append(pipeline)
    return {name: those[0] for name, those in named.items() if len(those) == 1}


def _place(ran: Ran, pipeline: Pipeline | None, ended: datetime | None) -> Location:
    """Where the workflow says when it runs, else its name; the note tells how the run ended."""
    how = "failed" if ran.failed else "succeeded" if ran.green else "did not succeed"
    started = f" started by {ran.event[:_LONGEST]}" if ran.event else ""
    note = f"the run of '{ran.name}'{started} {how}" + (f" on {ended.date()}" if ended else "")
    if pipeline is None:
        return Location("", note=note)
    workflow = pipeline.workflow
    crons = (cron.line for cron in workflow.crons if ran.event == SCHEDULE)
    triggers = (trigger.line for trigger in workflow.triggers if trigger.value == ran.event)
    return Location(pipeline.path, next(crons, 0) or next(triggers, 0) or workflow.name_line or 1, note=note)
