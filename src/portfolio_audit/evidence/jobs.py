"""What continuous integration really runs: every job's commands, followed into make targets and scripts of the tree."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from portfolio_audit.errors import ParseError
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.faults import read
from portfolio_audit.model.globs import matcher
from portfolio_audit.model.location import Location
from portfolio_audit.model.vocabulary import Vocabulary
from portfolio_audit.parsing.makefile import Makefile, Target, parse_makefile
from portfolio_audit.parsing.shell import Command, parse_shell
from portfolio_audit.parsing.workflow import Job, Step, Workflow, parser_for

PIPELINES = (
    "**/.github/workflows/*.yml", "**/.github/workflows/*.yaml", ".gitlab-ci.yml", "cloudbuild*.yml",
    "cloudbuild*.yaml",
    "Jenkinsfile", "**/.circleci/config.yml", "azure-pipelines.y*ml", "bitbucket-pipelines.yml", "buildspec.yml",
    ".travis.yml",
)  # fmt: skip
SCRIPTS = ("*.sh", "*.bash", "Makefile", "GNUmakefile", "*.mk", "justfile", "*.just")
WANTS = (*PIPELINES, *SCRIPTS)
_ANYWHERE = matcher(("cloudbuild*", "Jenkinsfile", "azure-pipelines*", "buildspec.yml"))
_AT_ROOT = matcher(("/.github/", "/.gitlab-ci.yml", "/.circleci/", "/.travis.yml", "/bitbucket-pipelines.yml"))
_SHELLS = frozenset({"bash", "sh", "zsh", "source", "."})
_CONTAINERS = frozenset({"docker", "docker-compose", "podman"})
_INSIDE = frozenset({"pytest", "python", "python3", "tox", "nox", "ruff", "flake8", "make", "bash", "sh"})
_MAX_DEPTH = 4
_MAX_COMMANDS = 1_000


@dataclass(frozen=True, slots=True)
class Pipeline:
    """One file of continuous integration; ``inert`` says why it can never do anything, or is empty."""

    path: str
    workflow: Workflow
    inert: str = ""
    inert_line: int = 0


@dataclass(frozen=True, slots=True)
class Ran:
    """One command that a job runs; ``at`` is where the pipeline says so, ``folder`` where it runs."""

    command: Command
    at: Location
    folder: str
    job: str


def pipelines(documents: Documents) -> Iterator[Pipeline]:
    """Every pipeline of the tree, with the reason if it never runs."""
    for path in documents.matching(*PIPELINES):
        parse = parser_for(path)
        text = documents.text(path)
        if parse is None or text is None:
            continue
        if all(not line.strip() or line.lstrip().startswith("#") for line in text.splitlines()):
            yield Pipeline(path, Workflow(()), "is commented out" if text.strip() else "is empty")
            continue
        parsed = read(documents, path, parse)
        if isinstance(parsed, ParseError):
            yield Pipeline(path, Workflow(()), parsed.reason, parsed.line or 0)
        elif parsed is not None:
            yield Pipeline(path, parsed, *_never_runs(documents, path, parsed))


def commands(documents: Documents, pipeline: Pipeline) -> Iterator[Ran]:
    """Every command the pipeline's live jobs run, in order."""
    if pipeline.inert:
        return
    follower = _Follower(documents)
    for job, step in reached_steps(documents, pipeline):
        folder = runs_in(documents, step)
        if step.run and folder is not None:
            at = Location(pipeline.path, step.run_line)
            yield from follower.follow(
                parse_shell(step.run, step.run_line), Ran(Command((" ",), 0), at, folder, job.name)
            )


def live_steps(pipeline: Pipeline) -> Iterator[tuple[Job, Step]]:
    """The steps that are not switched off."""
    if not pipeline.inert:
        yield from (
            (job, step) for job in pipeline.workflow.jobs if not job.never for step in job.steps if not step.never
        )


def reached_steps(documents: Documents, pipeline: Pipeline) -> Iterator[tuple[Job, Step]]:
    """The live steps up to the first of each job that must fail because its folder is not in the tree."""
    failed: set[str] = set()
    for job, step in live_steps(pipeline):
        if step.run and runs_in(documents, step) is None:
            failed.add(job.name)
        if job.name not in failed:
            yield job, step


def runs_in(documents: Documents, step: Step) -> str | None:
    """The folder a step runs in, or None when the tree has no such folder."""
    if not step.folder or "$" in step.folder:
        return ""
    folder = documents.resolve("", step.folder)
    return folder if folder is not None and (not folder or documents.exists(folder)) else None


def scripted(documents: Documents) -> Iterator[Ran]:
    """Every command of every script and make target of the tree, run by hand or not."""
    for path in documents.matching(*SCRIPTS):
        folder = posixpath.dirname(path)
        for name, command in _of_script(documents, path):
            yield Ran(command, Location(path, command.line), folder, name)


def purposes(vocabulary: Vocabulary, command: Command) -> frozenset[str]:
    """What a command is for, as far as the vocabulary knows it."""
    known = vocabulary.run_by(command.program)
    found = {p for words, tool in known if command.starts(words) for p in tool.purposes}
    if command.starts("git push"):
        pushed = [t for t in vocabulary.serving("delivery") if any(u in command.text for u in t.urls)]
        found |= {p for tool in pushed for p in tool.purposes}
    if "--push" in command.words and command.program in _CONTAINERS:
        found |= {"delivery", "image-push"}
    if command.program == "curl" and "deploy" in command.text.lower():
        found.add("delivery")
    return frozenset(found)


def _never_runs(documents: Documents, path: str, workflow: Workflow) -> tuple[str, int]:
    """Why a pipeline can never do anything, and on which line; empty when it can."""
    if not _AT_ROOT(path) and not _ANYWHERE(path):
        return f"lies in {posixpath.dirname(path)}, where it is never run", 0
    if not any(job.steps for job in workflow.jobs):
        return "has no step", 0
    if not workflow.triggers:
        return "has no trigger", 0
    if workflow.paths and not any(_may_match(documents, p.value) for p in workflow.paths[:50]):
        first = workflow.paths[0]
        return f"runs only for paths that are not in the tree ({first.value[:40]})", first.line
    return "", 0


def _may_match(documents: Documents, pattern: str) -> bool:
    """Whether a path filter can match a file of the tree."""
    found = matcher((pattern.lstrip("!./") or "*",))
    return pattern.startswith("!") or any(map(found, documents.files))


def _of_script(documents: Documents, path: str) -> Iterator[tuple[str, Command]]:
    if path.endswith((".sh", ".bash")):
        yield from ((posixpath.basename(path), c) for c in documents.parsed(path, parse_shell) or ())
    elif makefile := documents.parsed(path, parse_makefile):
        yield from ((t.name, c) for t in makefile.targets.values() for c in t.commands)


class _Follower:
    """Follows commands into the make targets and shell scripts they call."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._left = _MAX_COMMANDS

    def follow(self, found: tuple[Command, ...], base: Ran, depth: int = 0) -> Iterator[Ran]:
        """The commands, each followed by what it calls."""
        folder = base.folder
        for command in found:
            self._left -= 1
            if self._left < 0:
                return
            at = base.at if depth else replace(base.at, line=command.line)
            command = _inside_container(command)  # noqa: PLW2901  # what runs in the container is what counts
            if command.program == "cd":
                folder = self._moved(folder, command)
                continue
            ran = Ran(command, at, folder, base.job)
            yield ran
            if depth < _MAX_DEPTH:
                yield from self._called(ran, depth)

    def _moved(self, folder: str, command: Command) -> str:
        wanted = command.operands[0] if command.operands else ""
        moved = posixpath.normpath(posixpath.join(folder, wanted))
        return "" if moved.startswith("..") or moved == "." or "$" in wanted else moved

    def _called(self, ran: Ran, depth: int) -> Iterator[Ran]:
        command = ran.command
        if command.program in {"make", "just"}:
            folder, targets = self._targets(ran)
            for target in targets:
                yield from self.follow(target.commands, replace(ran, folder=folder), depth + 1)
        script = script_of(self._documents, ran)
        if script and script.endswith((".sh", ".bash")):
            yield from self.follow(self._documents.parsed(script, parse_shell) or (), ran, depth + 1)

    def _targets(self, ran: Ran) -> tuple[str, tuple[Target, ...]]:
        """The folder and the targets that a call of make reaches."""
        words = ran.command.words
        folder, wanted = ran.folder, [w for w in words[1:] if not w.startswith("-") and "=" not in w]
        if "-C" in words[:-1]:
            moved = words[words.index("-C") + 1]
            folder, wanted = self._moved(folder, Command(("cd", moved), 0)), [w for w in wanted if w != moved]
        makefile = self._makefile(ran.command.program, folder)
        return folder, tuple(t for name in wanted or [""] for t in makefile.reached(name))

    def _makefile(self, program: str, folder: str) -> Makefile:
        names = ("Makefile", "makefile", "GNUmakefile") if program == "make" else ("justfile", "Justfile", ".justfile")
        paths = [p for p in (posixpath.join(folder, n) for n in names) if self._documents.exists(p)]
        if program == "just":
            paths += self._documents.matching("*.just")
        targets: dict[str, Target] = {}
        for path in paths:
            parsed = self._documents.parsed(path, parse_makefile)
            targets |= parsed.targets if parsed else {}
        return Makefile(targets)


def script_of(documents: Documents, ran: Ran) -> str | None:
    """The script of the tree that a command runs: by an interpreter, by its own path, or as a module."""
    command = ran.command
    words = command.operands
    if command.module:
        path = command.words[0].replace(".", "/")
        return _first(
            documents, ran.folder, (f"{path}.py", f"{path}/__main__.py", f"src/{path}.py", f"src/{path}/__main__.py")
        )
    if command.program in {"python", "Rscript", "jupyter", "papermill", "streamlit"} | _SHELLS:
        return _first(documents, ran.folder, tuple(w for w in words if re.search(r"\.\w{1,5}$", w)))
    if "/" in command.words[0] or command.words[0].endswith(".sh"):
        return _first(documents, ran.folder, (command.words[0],))
    return None


def _first(documents: Documents, folder: str, candidates: tuple[str, ...]) -> str | None:
    """The first candidate that is a file, below the folder or else below the root."""
    for candidate in candidates:
        for base in (folder, ""):
            path = posixpath.normpath(posixpath.join(base, candidate))
            if documents.exists(path) and path:
                return path
    return None


def _inside_container(command: Command) -> Command:
    """``docker compose run app pytest`` runs pytest."""
    if command.program in _CONTAINERS and {"run", "exec"} & set(command.words):
        position = next((i for i, w in enumerate(command.words) if i > 1 and w in _INSIDE), 0)
        if position:
            inner = parse_shell(" ".join(command.words[position:]), command.line)
            return inner[0] if inner else command
    return command
