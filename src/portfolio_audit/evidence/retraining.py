"""Retraining: a flow of an orchestrator that reaches a training call, what starts it, and what it must pass."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from portfolio_audit.evidence import jobs
from portfolio_audit.evidence.code import TESTS
from portfolio_audit.evidence.codebase import CODE_FILES, Codebase, Source, imports_for
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.jobs import commands, pipelines, script_of
from portfolio_audit.evidence.learning import Learning
from portfolio_audit.model.fact import Fact, FactSpec, FactType, Rung
from portfolio_audit.model.location import Location

_DEPLOYMENTS = ("prefect.yaml", "*deployment*.yaml", "triggers.yaml", "**/pipelines/*/metadata.yaml")
WANTS = (*CODE_FILES, *_DEPLOYMENTS, *jobs.WANTS, "*.cron", "crontab")
FACTS = (
    FactSpec(
        "retraining.pipeline",
        FactType.FLAG,
        "A flow trains the model; wired when it reaches a training call, exercised when it is scheduled or deployed.",
        ladder=True,
        reads=CODE_FILES,
    ),
    FactSpec("retraining.scheduled", FactType.FLAG, "Something starts the training by itself.", reads=WANTS),
    FactSpec("retraining.gate", FactType.FLAG, "A new model is compared before it replaces the old.", reads=CODE_FILES),
)

_FLOWS = frozenset({
    "flow", "dag", "pipeline", "job", "asset", "workflow", "data_loader", "transformer", "data_exporter", "custom",
    "sensor",
})  # fmt: skip
_MADE = re.compile(
    r"(?:^|\.)(?:DAG|Pipeline|FlowSpec|PythonOperator|Deployment|Job|define_asset_job|ScheduleDefinition)$"
)
_SCHEDULES = re.compile(
    r"(?:^|\.)(?:CronSchedule|IntervalSchedule|RRuleSchedule|CronTrigger|IntervalTrigger|ScheduleDefinition"
    r"|BackgroundScheduler|BlockingScheduler|build_from_flow|add_job|create_recurring_run|PipelineSchedule|serve|deploy)$"
)
_SCHEDULE_KEYWORDS = frozenset({"schedule", "schedule_interval", "cron", "cron_schedule", "timetable", "interval"})
_WHEN = re.compile(r"^\s*-?\s*(?:cron|interval|schedule_interval|rrule):\s*['\"]?[@\d*]", re.MULTILINE)
_TRIGGER = re.compile(r"^\s*-?\s*schedule_(?:interval|type):\s*['\"]?(?!null)\S", re.MULTILINE)
_GATES = re.compile(
    r"transition_model_version_stage|set_registered_model_alias|compare_models?|promote|evaluate_and_register"
    r"|BranchPythonOperator|is_better|champion|challenger|should_(?:retrain|deploy|promote)|check_model_performance"
)


def extract(documents: Documents) -> Iterator[Fact]:
    """Give the flows, with how far each goes, and what starts them."""
    flows = _Flows(documents)
    scheduled = list(flows.scheduled())
    yield from scheduled
    for path, at in flows.training.items():
        started = any(flows.starts(fact.at.path, path) for fact in scheduled)
        yield Fact("retraining.pipeline", at=at, rung=Rung.EXERCISED if started else Rung.WIRED)
    yield from flows.idle()
    yield from flows.gates()


class _Flows:
    """Finds the flows of orchestrators and what they reach."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._codebase = Codebase(documents)
        self._learning = Learning(self._codebase)
        self._orchestrators = imports_for(documents.vocabulary, "orchestration")
        self._schedulers = imports_for(documents.vocabulary, "scheduling")
        self._sources = [s for s in self._codebase if s.notebook is None and not TESTS.search(s.path)]
        self.training = {source.path: at for source in self._flows() if (at := self._reaches(source)) is not None}
        """The flows that fit a model, each with where it says so."""

    def _flows(self) -> Iterator[Source]:
        for source in self._sources:
            if source.imports((*self._orchestrators, *self._schedulers)) and self._is_flow(source):
                yield source

    def _is_flow(self, source: Source) -> bool:
        decorated = any(d.method in _FLOWS for f in source.module.functions for d in f.decorators)
        return decorated or any(_MADE.search(c.name) or _schedules(c.name, c.keywords) for c in source.module.calls)

    def _reaches(self, source: Source) -> Location | None:
        """Where a flow fits a model itself, or through what it imports or names."""
        named = {p for text in source.module.texts for p in self._scripts(text.value)}
        for path in sorted(self._codebase.reached(source.path) | named, key=lambda p: (p != source.path, p)):
            other = self._codebase.sources[path]
            call = next(iter(self._learning.training(other)), None)
            if call is not None and other.notebook is None and not TESTS.search(path):
                return other.at(call.line, f"{source.path} reaches {call.name[:60]}")
        return None

    def _scripts(self, text: str) -> Iterator[str]:
        """The modules of the tree that a text of a flow names, as a command does."""
        for word in text.split()[:40]:
            if word.endswith(".py"):
                name = posixpath.basename(word)
                yield from (s.path for s in self._sources if posixpath.basename(s.path) == name)

    def starts(self, scheduler: str, flow: str) -> bool:
        """Whether a schedule written in one file can start a flow: by importing it, or from outside the code."""
        return not scheduler.endswith(".py") or flow in self._codebase.reached(scheduler)

    def idle(self) -> Iterator[Fact]:
        """Flows that fit nothing."""
        for source in self._flows():
            if source.path not in self.training:
                found = source.imports((*self._orchestrators, *self._schedulers))
                at = source.at(found.line if found else 0, "a flow that fits no model")
                yield Fact("retraining.pipeline", at=at, rung=Rung.DECLARED)

    def scheduled(self) -> Iterator[Fact]:
        """What starts a flow that trains: its own code, a deployment's file, or a scheduled job."""
        flows = self.training.keys()
        for source in self._sources:
            if self._codebase.reached(source.path) & flows:
                for call in source.module.calls:
                    if _schedules(call.name, call.keywords):
                        yield Fact("retraining.scheduled", at=source.says(call))
                for decorator in (d for f in source.module.functions for d in f.decorators):
                    if set(decorator.keywords) & _SCHEDULE_KEYWORDS:
                        yield Fact("retraining.scheduled", at=source.says(decorator))
        if flows:
            yield from self._deployed()
        yield from self._jobs()

    def _deployed(self) -> Iterator[Fact]:
        for path in self._documents.matching(*_DEPLOYMENTS):
            text = self._documents.text(path) or ""
            found = _WHEN.search(text) or (_TRIGGER.search(text) if path.endswith("triggers.yaml") else None)
            if found:
                line = text.count("\n", 0, found.start()) + 1
                yield Fact("retraining.scheduled", at=Location(path, line, note="says when the flow runs"))

    def _jobs(self) -> Iterator[Fact]:
        """Scheduled jobs of continuous integration that run a script that trains."""
        for pipeline in pipelines(self._documents):
            for ran in commands(self._documents, pipeline) if pipeline.workflow.crons else ():
                script = script_of(self._documents, ran)
                source = self._codebase.sources.get(script) if script else None
                if source is not None and self._reaches(source) is not None:
                    at = Location(ran.at.path, ran.at.line, note=f"runs {script} on a schedule")
                    yield Fact("retraining.scheduled", at=at)
                    yield Fact("retraining.pipeline", at=at, rung=Rung.EXERCISED)

    def gates(self) -> Iterator[Fact]:
        """Comparisons and promotions in what the flows reach."""
        told: set[str] = set()
        for path in self.training:
            for source in self._codebase.behind(self._codebase.sources[path]):
                call = next((c for c in source.module.calls if _GATES.search(c.name)), None)
                if call is not None and source.path not in told:
                    told.add(source.path)
                    yield Fact("retraining.gate", at=source.says(call))


def _schedules(name: str, keywords: tuple[str, ...]) -> bool:
    """Whether a call sets a time: a schedule, or a flow served or deployed with one."""
    if _SCHEDULES.search(name) and not name.endswith((".serve", ".deploy", ".add_job", ".build_from_flow")):
        return True
    return bool(set(keywords) & _SCHEDULE_KEYWORDS) and bool(_SCHEDULES.search(name) or _MADE.search(name))
