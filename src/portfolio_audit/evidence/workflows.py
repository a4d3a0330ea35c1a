"""Continuous integration by what its jobs really do: test, lint, run on a schedule, or nothing."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from portfolio_audit.evidence import jobs
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.jobs import Ran, commands, lacks, purposes, script_of
from portfolio_audit.evidence.pipelines import PIPELINES, Pipeline, effects, fails, live_steps, pipelines
from portfolio_audit.evidence.runs import Runs
from portfolio_audit.model.fact import Fact, FactSpec, FactType, Rung
from portfolio_audit.model.location import Location

WANTS = jobs.WANTS
_READS = PIPELINES
FACTS = (
    FactSpec("workflows.actions", FactType.NAMES, "GitHub Actions that jobs use, without their version.", reads=_READS),
    FactSpec("workflows.triggers", FactType.NAMES, "Events that start a workflow.", reads=_READS),
    FactSpec("workflows.job", FactType.NAMES, "Jobs that can run.", reads=_READS),
    FactSpec(
        "workflows.commands",
        FactType.NAMES,
        "Shell commands that jobs run, followed into make and scripts.",
        reads=WANTS,
    ),
    FactSpec("workflows.runs", FactType.NAMES, "Scripts of the tree that jobs run.", reads=WANTS),
    FactSpec("workflows.runs_scheduled", FactType.NAMES, "Scripts of the tree that scheduled jobs run.", reads=WANTS),
    FactSpec("workflows.scheduled", FactType.NAMES, "Schedules of workflows that can run.", reads=_READS),
    FactSpec(
        "workflows.tests",
        FactType.FLAG,
        "A job runs tests; wired when there are tests to run, observed when its workflow is green.",
        ladder=True,
        reads=WANTS,
    ),
    FactSpec("workflows.lints", FactType.FLAG, "A job runs a linter, formatter or type checker.", reads=WANTS),
    FactSpec("workflows.builds", FactType.FLAG, "A job builds a container image.", reads=WANTS),
    FactSpec("workflows.inert", FactType.NAMES, "Workflows and steps that can never do what they say.", reads=_READS),
)

_TESTS = (
    "test_*.py", "*_test.py", "**/tests/**/*.py", "**/test/**/*.py", "tests.py", "test.py", "test_*.ipynb",
    "*.test.js", "*.test.ts", "*.spec.ts", "*.spec.js", "*_test.go", "**/testthat/*.R", "*.feature",
)  # fmt: skip
_LONGEST = 120


def extract(documents: Documents) -> Iterator[Fact]:
    """Give what every pipeline runs, and which of them do nothing."""
    for pipeline in pipelines(documents):
        if pipeline.inert:
            note = pipeline.inert
            yield Fact("workflows.inert", pipeline.path, Location(pipeline.path, pipeline.inert_line, note=note))
            continue
        yield from _described(pipeline)
        yield from _steps(documents, pipeline)
        for ran in commands(documents, pipeline):
            yield from _command(documents, pipeline, ran)


def _described(pipeline: Pipeline) -> Iterator[Fact]:
    path = pipeline.path
    for trigger in pipeline.workflow.triggers:
        yield Fact("workflows.triggers", trigger.value, Location(path, trigger.line, note=f"runs on {trigger.value}"))
    for cron in pipeline.workflow.crons:
        yield Fact("workflows.scheduled", cron.value, Location(path, cron.line, note=f"runs at {cron.value}"))
    for job in pipeline.workflow.jobs:
        if not job.never and job.steps:
            yield Fact("workflows.job", job.name, Location(path, job.line, note=f"job {job.name}"))


def _steps(documents: Documents, pipeline: Pipeline) -> Iterator[Fact]:
    for _, step in live_steps(pipeline):
        at = Location(pipeline.path, step.line, note=f"uses {step.action}" if step.uses else "")
        if missing := fails(documents, pipeline, step):
            place = Location(pipeline.path, step.run_line or step.line, note=f"{missing}, which is not in the tree")
            yield Fact("workflows.inert", pipeline.path, place)
        if step.uses:
            yield Fact("workflows.actions", step.action, at)
            yield from _for_purposes(documents, effects(documents.vocabulary, step), at)


def _command(documents: Documents, pipeline: Pipeline, ran: Ran) -> Iterator[Fact]:
    text = ran.command.text[:_LONGEST]
    at = Location(ran.at.path, ran.at.line, note=f"runs {text}")
    yield Fact("workflows.commands", text, at)
    if missing := lacks(documents, ran):
        note = f"builds {missing[:60]}, which is not in the tree"
        yield Fact("workflows.inert", pipeline.path, Location(at.path, at.line, note=note))
    script = script_of(documents, ran)
    if script:
        yield Fact("workflows.runs", script, at)
        if pipeline.workflow.crons:
            yield Fact("workflows.runs_scheduled", script, at)
    found = purposes(documents.vocabulary, ran.command)
    yield from _for_purposes(documents, found, at, runs_tests=_finds_tests(documents, ran))


def _for_purposes(
    documents: Documents, found: frozenset[str], at: Location, *, runs_tests: bool = True
) -> Iterator[Fact]:
    if "test-runner" in found:
        wired = runs_tests and bool(documents.matching(*_TESTS))
        rung = documents.once(Runs).proves(at.path, Rung.WIRED) if wired else Rung.DECLARED
        yield Fact("workflows.tests", at=at, rung=rung)
        if not wired:
            missing = Location(at.path, at.line, at.cell, f"{at.note}, and there are no tests to run")
            yield Fact("workflows.inert", at.path, missing)
    if "linting" in found:
        yield Fact("workflows.lints", at=at)
    if "image-build" in found:
        yield Fact("workflows.builds", at=at)


def _finds_tests(documents: Documents, ran: Ran) -> bool:
    """Whether the paths given to a test runner are in the tree; without paths it finds its own."""
    named = [w.partition("::")[0] for w in ran.command.operands if "/" in w or w.endswith(".py")]
    named = [w for w in named if "$" not in w and "*" not in w]
    places = [posixpath.normpath(posixpath.join(folder, w)) for w in named for folder in (ran.folder, "")]
    return not named or any(p == "." or documents.exists(p) for p in places)
