"""The pipelines of a repository: which files of continuous integration can run, and what their steps are for."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from portfolio_audit.errors import ParseError
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.faults import read, warn_repeated
from portfolio_audit.model.globs import matcher
from portfolio_audit.model.location import Location
from portfolio_audit.model.vocabulary import Vocabulary
from portfolio_audit.parsing.pipelines import parse_azure, parse_gitlab, parser_for
from portfolio_audit.parsing.workflow import Job, Step, Workflow, parse_composite

PIPELINES = (
    "**/.github/workflows/*.yml", "**/.github/workflows/*.yaml", ".gitlab-ci.yml", "cloudbuild*.yml",
    "cloudbuild*.yaml", "Jenkinsfile*", "**/.circleci/config.yml", "azure-pipelines*.y*ml", "azure_pipelines*.y*ml",
    "bitbucket-pipelines.yml", "buildspec*.y*ml", ".travis.yml", ".drone.y*ml", ".woodpecker.y*ml",
)  # fmt: skip
TEMPLATES = ("action.yml", "action.yaml", "**/.github/actions/**/*.y*ml", "**/.gitlab/**/*.yml", "**/templates/*.yml")
_ANYWHERE = matcher(("cloudbuild*", "Jenkinsfile*", "azure-pipelines*", "azure_pipelines*", "buildspec*"))
_AT_ROOT = matcher(
    ("/.github/", "/.gitlab-ci.yml", "/.circleci/", "/.travis.yml", "/bitbucket-pipelines.yml", "/.drone.y*ml",
     "/.woodpecker.y*ml")
)  # fmt: skip
_NO_BRANCH = re.compile(r"[\s~^:\\]|\.\.|\.lock$|^\$default-branch$|^$")
_WORDS = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
_NOT_DEPLOYING = frozenset({
    "pages", "status", "setup", "login", "docs", "preview", "wait", "cleanup", "delete", "notify", "comment", "key",
})  # fmt: skip
_PLAIN_PATH = re.compile(r"(?:\./)?\w[\w./-]{0,200}")
_IMAGES = frozenset({"docker", "image", "ecr", "gcr", "gar", "acr", "ghcr", "container", "kaniko", "images"})
_FALSE = frozenset({"", "false", "${{ false }}"})
_MAX_DEPTH = 3
_MAX_STEPS = 1_000


@dataclass(frozen=True, slots=True)
class Pipeline:
    """One file of continuous integration.

    ``inert`` says why it can never do anything, or is empty; ``elsewhere`` that it checks out another repository too.
    """

    path: str
    workflow: Workflow
    inert: str = ""
    inert_line: int = 0
    elsewhere: bool = False


def pipelines(documents: Documents) -> tuple[Pipeline, ...]:
    """Every pipeline of the tree, with the reason if it never runs."""
    return documents.once(_pipelines)


def live_steps(pipeline: Pipeline) -> Iterator[tuple[Job, Step]]:
    """The steps that are not switched off."""
    if not pipeline.inert:
        yield from (
            (job, step) for job in pipeline.workflow.jobs if not job.never for step in job.steps if not step.never
        )


def reached_steps(documents: Documents, pipeline: Pipeline) -> Iterator[tuple[Job, Step]]:
    """The live steps up to the first of each job that must fail for want of something in the tree."""
    failed: set[str] = set()
    for job, step in live_steps(pipeline):
        if job.name not in failed and fails(documents, pipeline, step):
            failed.add(job.name)
        if job.name not in failed:
            yield job, step


def fails(documents: Documents, pipeline: Pipeline, step: Step) -> str:
    """What a step needs that is not in the tree, or empty; unknown where another repository is checked out."""
    if pipeline.elsewhere:
        return ""
    if step.run:
        return f"runs in {step.folder[:60]}" if runs_in(documents, step) is None else ""
    if step.local:
        known = "$" in step.local or "@" in step.local or _used(documents, pipeline.path, step)
        return "" if known else f"uses {step.local[:60]}"
    built = next((w for w in (step.given("context"), step.given("file")) if not _is_there(documents, w)), "")
    return f"builds {built[:60]}" if built and "image-build" in effects(documents.vocabulary, step) else ""


def _checks_out_another(jobs: tuple[Job, ...]) -> bool:
    steps = (step for job in jobs for step in job.steps)
    return any(step.action == "actions/checkout" and step.given("repository") for step in steps)


def _is_there(documents: Documents, path: str) -> bool:
    """Whether a path is in the tree, or is none that can be looked for."""
    place = posixpath.normpath(path)
    return not _PLAIN_PATH.fullmatch(path) or place == "." or documents.exists(place)


def runs_in(documents: Documents, step: Step) -> str | None:
    """The folder a step runs in, or None when the tree has no such folder."""
    if not step.folder or "$" in step.folder:
        return ""
    folder = documents.resolve("", step.folder)
    return folder if folder is not None and (not folder or documents.exists(folder)) else None


def effects(vocabulary: Vocabulary, step: Step) -> frozenset[str]:
    """What a ready-made step is for: as the vocabulary knows it, else as its name says; a build may also push."""
    action = step.action
    known = (p for tool in vocabulary.tools if action in map(str.lower, tool.actions) for p in tool.purposes)
    found = frozenset(known) or _named(step.uses.partition("@")[0].partition("/")[2])
    return found | {"delivery", "image-push"} if "image-build" in found and _pushes(step) else found


def _named(name: str) -> frozenset[str]:
    """What an unknown action does, by the words of its name."""
    words = {word.lower() for word in _WORDS.findall(name)}
    if words & _NOT_DEPLOYING:
        return frozenset()
    if words & {"push", "publish"} and words & _IMAGES:
        return frozenset({"delivery", "image-push", "image-build"})
    return frozenset({"delivery"} if words & {"deploy", "deployment"} else ())


def _pushes(step: Step) -> bool:
    """Whether a step that builds images is told to push them, in the words of any service."""
    if step.given("push").lower() not in _FALSE:
        return True
    plugged_in = step.action.startswith(("plugins/", "woodpeckerci/")) and step.given("dry_run").lower() in _FALSE
    return plugged_in or "push" in step.given("command").lower()


def _pipelines(documents: Documents) -> tuple[Pipeline, ...]:
    found = tuple(_unrolled(documents, p) for p in (*_written(documents), *_included(documents)))
    return tuple(_uncalled(pipeline, found) if _only_called(pipeline) else pipeline for pipeline in found)


def _written(documents: Documents) -> Iterator[Pipeline]:
    for path in documents.matching(*PIPELINES):
        parse = parser_for(path)
        if parse is not None:
            yield from _parsed(documents, path, parse)


def _included(documents: Documents) -> Iterator[Pipeline]:
    """The files that a GitLab pipeline takes in."""
    for root in (".gitlab-ci.yml", ".gitlab-ci.yaml"):
        parsed = read(documents, root, parse_gitlab) if root in documents.files else None
        for include in parsed.includes[:50] if isinstance(parsed, Workflow) else ():
            for path in documents.matching(f"/{include.value}"):
                yield from (replace(p, inert="") for p in _parsed(documents, path, parse_gitlab) if p.workflow.jobs)


def _parsed(documents: Documents, path: str, parse: Callable[[str], Workflow]) -> Iterator[Pipeline]:
    text = documents.text(path)
    if text is None:
        return
    if all(not line.strip() or line.lstrip().startswith("#") for line in text.splitlines()):
        yield Pipeline(path, Workflow(()), "is commented out" if text.strip() else "is empty")
        return
    parsed = read(documents, path, parse)
    if isinstance(parsed, ParseError):
        yield Pipeline(path, Workflow(()), parsed.reason, parsed.line or 0)
    elif parsed is not None:
        for key in parsed.repeated:
            warn_repeated(documents, key.value, Location(path, key.line))
        yield Pipeline(path, parsed, *_never_runs(documents, path, parsed))


def _never_runs(documents: Documents, path: str, workflow: Workflow) -> tuple[str, int]:
    """Why a pipeline can never do anything, and on which line; empty when it can."""
    if not _AT_ROOT(path) and not _ANYWHERE(path):
        return f"lies in {posixpath.dirname(path)}, where it is never run", 0
    if workflow.repeated and ".github/" in path:
        return f"is refused: it says {workflow.repeated[0].value[:40]} twice", workflow.repeated[0].line
    if not any(job.steps for job in workflow.jobs) and not workflow.includes:
        return "has no step", 0
    if not workflow.triggers:
        return "has no trigger", 0
    return _filtered(documents, workflow)


def _filtered(documents: Documents, workflow: Workflow) -> tuple[str, int]:
    if workflow.paths and not any(_may_match(documents, p.value) for p in workflow.paths[:50]):
        first = workflow.paths[0]
        return f"runs only for paths that are not in the tree ({first.value[:40]})", first.line
    if workflow.branches and all(_NO_BRANCH.search(b.value) for b in workflow.branches):
        first = workflow.branches[0]
        return f"runs only on a branch that no repository can have ({first.value[:40]})", first.line
    return "", 0


def _may_match(documents: Documents, pattern: str) -> bool:
    """Whether a path filter can match a file of the tree."""
    found = matcher((pattern.lstrip("!./") or "*",))
    return pattern.startswith("!") or any(map(found, documents.files))


def _only_called(pipeline: Pipeline) -> bool:
    return not pipeline.inert and [t.value for t in pipeline.workflow.triggers] == ["workflow_call"]


def _uncalled(pipeline: Pipeline, others: tuple[Pipeline, ...]) -> Pipeline:
    """A workflow that others call, with their schedules; inert when no live one does."""
    callers = [p for p in others if p is not pipeline and pipeline.path in {s.local for _, s in live_steps(p)}]
    if not callers:
        return replace(pipeline, inert="only runs when it is called, and nothing calls it")
    crons = tuple(cron for caller in callers for cron in caller.workflow.crons)
    return replace(pipeline, workflow=replace(pipeline.workflow, crons=crons))


def _unrolled(documents: Documents, pipeline: Pipeline) -> Pipeline:
    """The pipeline with the steps of the tree's own actions and templates in the place of each that uses one."""
    jobs = tuple(
        replace(job, steps=tuple(islice(_inner(documents, pipeline.path, job.steps), _MAX_STEPS)))
        for job in pipeline.workflow.jobs
    )
    return replace(pipeline, workflow=replace(pipeline.workflow, jobs=jobs), elsewhere=_checks_out_another(jobs))


def _inner(documents: Documents, path: str, steps: tuple[Step, ...], depth: int = 0) -> Iterator[Step]:
    for step in steps:
        yield step
        used = _used(documents, path, step) if step.local and depth < _MAX_DEPTH else ""
        if used and not step.never and "/.github/workflows/" not in f"/{used}":
            for inner in _inner(documents, used, _steps_of(documents, used), depth + 1):
                yield replace(inner, line=step.line, run_line=step.line)


def _steps_of(documents: Documents, path: str) -> tuple[Step, ...]:
    """The steps of an action or template of the tree."""
    if posixpath.basename(path).startswith("action."):
        found = read(documents, path, parse_composite)
        return found if isinstance(found, tuple) else ()
    parsed = read(documents, path, parse_azure)
    return tuple(s for job in parsed.jobs for s in job.steps) if isinstance(parsed, Workflow) else ()


def _used(documents: Documents, path: str, step: Step) -> str:
    """The file that a step uses: an action or workflow from the root, or a template beside the pipeline."""
    candidates = [step.local, *(f"{step.local}/{name}" for name in ("action.yml", "action.yaml", "Dockerfile"))]
    if ".github/" not in path:
        candidates.insert(0, documents.resolve(path, step.local) or "")
    return next((c for c in candidates if c in _files(documents)), "")


def _files(documents: Documents) -> frozenset[str]:
    return documents.once(_paths)


def _paths(documents: Documents) -> frozenset[str]:
    return frozenset(documents.files)
