"""Retraining: a flow or stage that reaches a call which fits a model, what starts it, and what it must pass."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from portfolio_audit.evidence import jobs, mage
from portfolio_audit.evidence.codebase import CODE_FILES, Source
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.flows import Flow, Flows, stem
from portfolio_audit.evidence.jobs import commands, script_of
from portfolio_audit.evidence.mage import Pipelines
from portfolio_audit.evidence.pipelines import pipelines
from portfolio_audit.evidence.runs import Runs
from portfolio_audit.evidence.stages import MANIFESTS, RULES, STAGES, stages
from portfolio_audit.evidence.tools import declared
from portfolio_audit.model.fact import Fact, FactSpec, FactType, Rung
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.python_source import Call
from portfolio_audit.parsing.shell import Command

_DEPLOYMENTS = ("prefect.yaml", "*deployment*.yaml", "*.cron", "crontab")
WANTS = (*CODE_FILES, *STAGES, *RULES, *MANIFESTS, *_DEPLOYMENTS, *mage.WANTS, *jobs.WANTS)
_AT_WORK = ("*.py",)
"""What could show it when it cannot be read: nothing that works by itself lives in a notebook alone."""
FACTS = (
    FactSpec(
        "retraining.pipeline",
        FactType.FLAG,
        "A flow trains the model; declared as a stage run by hand, wired when a flow reaches a training call, "
        "exercised when something starts it, observed when the workflow that trains is green.",
        ladder=True,
        reads=(*_AT_WORK, *STAGES, *RULES, *mage.WANTS, *jobs.WANTS),
    ),
    FactSpec(
        "retraining.scheduled",
        FactType.FLAG,
        "Something starts the training by itself.",
        reads=(*_AT_WORK, *_DEPLOYMENTS, *mage.WANTS, *jobs.WANTS),
    ),
    FactSpec("retraining.gate", FactType.FLAG, "A new model is compared before it replaces the old.", reads=_AT_WORK),
    FactSpec(
        "retraining.idle",
        FactType.FLAG,
        "A flow that fits no model, or an orchestrator that runs none.",
        reads=_AT_WORK,
    ),
)

_WHEN = re.compile(r"^[ \t]*-?[ \t]*(?:cron|interval|rrule):[ \t]*['\"]?[@\d*]|^(?:[\d*/,-]+[ \t]+){5}\S", re.MULTILINE)
_COMPARED = re.compile(
    r"\bif\b.{0,160}(?:rmse|mae|mse|mape|f1|auc|acc|score|metric|loss|r2|precision|recall|better|improve).{0,80}(?:[<>]|:)",
    re.IGNORECASE,
)
_MOST_LINES = 400
_LONGEST_LINE = 300


def extract(documents: Documents) -> Iterator[Fact]:
    """Give the flows, how far each goes, what starts them and what they check."""
    flows = Flows(documents)
    starts = [*_by_code(flows), *_by_mage(documents, flows), *_by_files(documents, flows)]
    jobs_found = list(_by_jobs(documents, flows))
    yield from (Fact("retraining.scheduled", at=at) for _, at in starts)
    started = {path for path, _ in starts}
    yield from (fact for flow in flows.found for fact in _flow(flows, flow, started=flow.source.path in started))
    yield from (
        Fact("retraining.pipeline", at=at, rung=Rung.EXERCISED) for path, at in starts if path not in flows.training
    )
    if not flows.found:
        yield from (Fact("retraining.idle", at=at) for _, at in declared(documents, "orchestration"))
    yield from jobs_found
    yield from _stages(documents, flows)
    yield from _gates(documents, flows)


def _flow(flows: Flows, flow: Flow, *, started: bool) -> Iterator[Fact]:
    """What a flow trains; one that imports what is not in the tree is only written down."""
    at, missing = flow.trains, flows.lacks(flow.source)
    if at is None:
        yield Fact("retraining.idle", at=flow.at)
        return
    note = f"{flow.source.path} {at.note}" + (f", and imports {missing}, which is not in the tree" if missing else "")
    rung = Rung.DECLARED if missing else Rung.EXERCISED if started else Rung.WIRED
    yield Fact("retraining.pipeline", at=Location(at.path, at.line, at.cell, note), rung=rung)


def _by_code(flows: Flows) -> Iterator[tuple[str, Location]]:
    """Schedules and deployments in code that reaches a flow which trains."""
    for source in flows.codebase if flows.training else ():
        reached = sorted(flows.training & flows.codebase.reached(source.path)) if source.notebook is None else []
        for call in (*source.module.calls, *_decorators(source)) if reached else ():
            if flows.says_when(source, call):
                yield from ((path, source.says(call)) for path in reached)


def _decorators(source: Source) -> Iterator[Call]:
    return (decorator for function in source.module.functions for decorator in function.decorators)


def _by_mage(documents: Documents, flows: Flows) -> Iterator[tuple[str, Location]]:
    """Triggers of pipelines that train, or of pipelines whose blocks trigger one that does."""
    found = documents.once(Pipelines).found
    training = {pipeline.name: path for pipeline in found for path in sorted(pipeline.blocks & flows.training)}
    for pipeline in found:
        for source in (
            flows.codebase.sources[path] for path in sorted(pipeline.blocks & flows.codebase.sources.keys())
        ):
            yield from ((training[name], source.says(call)) for name, call in _triggered(source, training))
        if pipeline.name in training:
            yield from ((training[pipeline.name], at) for at in pipeline.triggers)


def _triggered(source: Source, pipelines_known: Container[str]) -> Iterator[tuple[str, Call]]:
    """The calls of a block that start a pipeline, with its name."""
    for call in source.module.calls:
        if call.method == "trigger_pipeline":
            yield from ((text, call) for text in call.texts if text in pipelines_known)


def _by_files(documents: Documents, flows: Flows) -> Iterator[tuple[str, Location]]:
    """Deployment files and crontabs that name a file which trains, and say when."""
    for path in documents.matching(*_DEPLOYMENTS):
        text = documents.text(path) or ""
        if when := _WHEN.search(text):
            at = Location(path, text.count("\n", 0, when.start()) + 1, note="says when it runs")
            named = (s for s in flows.codebase if s.notebook is None and f"{stem(s.path)}.py" in text)
            script = next((s.path for s in named if s.path in flows.training or flows.fitted_by(s)), None)
            if script:
                yield script, at


def _by_jobs(documents: Documents, flows: Flows) -> Iterator[Fact]:
    """Jobs of continuous integration that run a script which trains."""
    for pipeline in pipelines(documents):
        for ran in commands(documents, pipeline):
            script = script_of(documents, ran)
            source = flows.codebase.sources.get(script) if script else None
            if _runs_stages(documents, ran.command) or (source is not None and flows.fitted_by(source)):
                at = Location(ran.at.path, ran.at.line, note=f"a job runs {ran.command.text[:60]}")
                timed = bool(pipeline.workflow.crons)
                rung = Rung.EXERCISED if timed else Rung.WIRED
                yield Fact("retraining.pipeline", at=at, rung=documents.once(Runs).proves_whole(pipeline.path, rung))
                if timed:
                    yield Fact("retraining.scheduled", at=at)


def _runs_stages(documents: Documents, command: Command) -> bool:
    """Whether a command runs the stages of a file, and such a file is there."""
    return "stage-runner" in jobs.purposes(documents.vocabulary, command) and bool(documents.matching(*STAGES, *RULES))


def _stages(documents: Documents, flows: Flows) -> Iterator[Fact]:
    """Stages whose command runs a script that trains; one that a cluster runs is a job."""
    for stage in stages(documents):
        scripts = [script for script in flows.scripts(stage.command) if flows.fitted_by(script)]
        whole = [script for script in scripts if not flows.lacks(script)]
        at = Location(stage.at.path, stage.at.line, note=f"a stage runs {stage.command[:60]}")
        if whole:
            rung = Rung.EXERCISED if stage.timed else Rung.WIRED if stage.by_itself else Rung.DECLARED
            yield Fact("retraining.pipeline", at=at, rung=rung)
        elif scripts:
            note = f"{at.note}, which imports {flows.lacks(scripts[0])}, not in the tree"
            yield Fact("retraining.idle", at=Location(at.path, at.line, note=note))
        if whole and stage.timed:
            yield Fact("retraining.scheduled", at=at)


def _gates(documents: Documents, flows: Flows) -> Iterator[Fact]:
    """Functions that move a model on only if a measure is better."""
    words = documents.vocabulary.words
    promoting = {*words.get("promoting", ()), *words.get("registering", ())}
    for source in flows.codebase:
        calls = [call for call in source.module.calls if call.method.lower() in promoting]
        lines = (documents.text(source.path) or "").split("\n") if calls and source.notebook is None else []
        starts = {function.name: function.line for function in source.module.functions}
        for call in {call.function: call for call in calls}.values():
            first = max(starts.get(call.function, 1) - 1, call.line - _MOST_LINES)
            if any(_COMPARED.search(line[:_LONGEST_LINE]) for line in lines[first : call.line]):
                yield Fact("retraining.gate", at=source.says(call))
