"""What continuous integration really runs: every job's commands, followed into make targets and scripts of the tree."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.pipelines import PIPELINES, TEMPLATES, Pipeline, pipelines, reached_steps, runs_in
from portfolio_audit.evidence.runs import Runs
from portfolio_audit.model.location import Location
from portfolio_audit.model.vocabulary import Vocabulary
from portfolio_audit.parsing.makefile import Makefile, Target, parse_makefile
from portfolio_audit.parsing.shell import Command, parse_shell

SCRIPTS = ("*.sh", "*.bash", "Makefile", "GNUmakefile", "*.mk", "justfile", "*.just")
WANTS = (*PIPELINES, *TEMPLATES, *SCRIPTS)
_SHELLS = frozenset({"bash", "sh", "zsh", "source", "."})
_CONTAINERS = frozenset({"docker", "docker-compose", "podman"})
_INSIDE = frozenset({"pytest", "python", "python3", "tox", "nox", "ruff", "flake8", "make", "bash", "sh"})
_PLAIN_PATH = re.compile(r"(?:\./)?\w[\w./-]{0,200}")
_SHORTEST_BUILD = 3
_SWITCHES = frozenset({"--push", "--load", "--pull", "--no-cache", "-q", "--quiet"})
_DRY = frozenset({"--dry-run", "--dry-run=client", "--dry-run=server", "--help", "--version"})
_SENDS = {
    "curl": re.compile(r"deploy|api\.render\.com", re.IGNORECASE),
    "ssh": re.compile(r"docker|systemctl|git pull|kubectl|deploy|pm2"),
}
"""Programs that deliver when what they send looks like this."""
_MAX_DEPTH = 4
_MAX_COMMANDS = 1_000


@dataclass(frozen=True, slots=True)
class Ran:
    """One command that a job runs; ``at`` is where the pipeline says so, ``folder`` where it runs."""

    command: Command
    at: Location
    folder: str
    job: str


def commands(documents: Documents, pipeline: Pipeline) -> tuple[Ran, ...]:
    """Every command the pipeline's live jobs run, in order."""
    return documents.once(_commands).get(pipeline.path, ())


def _commands(documents: Documents) -> dict[str, tuple[Ran, ...]]:
    return {pipeline.path: tuple(_run_by(documents, pipeline)) for pipeline in pipelines(documents)}


def _run_by(documents: Documents, pipeline: Pipeline) -> Iterator[Ran]:
    follower = _Follower(documents)
    failed: set[str] = set()
    for job, step in reached_steps(documents, pipeline):
        folder = runs_in(documents, step)
        if not step.run or folder is None or job.name in failed:
            continue
        base = Ran(Command((" ",), 0), Location(pipeline.path, step.run_line), folder, job.name)
        for ran in follower.follow(parse_shell(step.run, step.run_line), base):
            yield ran
            if lacks(documents, ran):
                failed.add(job.name)
                break


def lacks(documents: Documents, ran: Ran) -> str:
    """The folder that an image is built from and that is not in the tree, or empty; the job must fail there."""
    words = ran.command.words
    if ran.command.program != "docker" or "build" not in words[1:3] or len(words) < _SHORTEST_BUILD:
        return ""
    context = words[-1]
    if not _PLAIN_PATH.fullmatch(context) or (words[-2].startswith("-") and words[-2] not in _SWITCHES):
        return ""
    places = (posixpath.normpath(posixpath.join(folder, context)) for folder in (ran.folder, ""))
    return "" if any(p == "." or documents.exists(p) for p in places) else context


def scheduled_scripts(documents: Documents) -> frozenset[str]:
    """The scripts that green runs ran which a schedule had started, as far as the host told."""
    green = documents.once(Runs).scheduled()
    found = (p for p in pipelines(documents) if p.path in green) if green else ()
    scripts = (script_of(documents, ran) for pipeline in found for ran in commands(documents, pipeline))
    return frozenset(script for script in scripts if script)


def scripted(documents: Documents) -> Iterator[Ran]:
    """Every command of every script and make target of the tree, run by hand or not."""
    for path in documents.matching(*SCRIPTS):
        folder = posixpath.dirname(path)
        for name, command in _of_script(documents, path):
            yield Ran(command, Location(path, command.line), folder, name)


def purposes(vocabulary: Vocabulary, command: Command) -> frozenset[str]:
    """What a command is for, as far as the vocabulary knows it; a dry run is for nothing."""
    if not _DRY.isdisjoint(command.words):
        return frozenset()
    known = vocabulary.run_by(command.program)
    found = {p for words, tool in known if command.starts(words) for p in tool.purposes}
    return frozenset(found | set(_by_target(vocabulary, command)))


def _by_target(vocabulary: Vocabulary, command: Command) -> Iterator[str]:
    """What a command is for by where it sends something: a platform's repository, a registry, a hook, a server."""
    if command.starts("git push"):
        pushed = (t for t in vocabulary.serving("delivery") if any(u in command.text for u in t.urls))
        yield from (purpose for tool in pushed for purpose in tool.purposes)
    if "--push" in command.words and command.program in _CONTAINERS:
        yield from ("delivery", "image-push")
    sends = _SENDS.get(command.program)
    if sends is not None and sends.search(" ".join(command.words[2:] or command.words[1:])):
        yield "delivery"


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
        if command.program in _SHELLS and (inner := _argument(command, "c")):
            yield from self.follow(parse_shell(inner, command.line), ran, depth + 1)
            return
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


def _argument(command: Command, letter: str) -> str:
    """What follows an option of one letter, alone or the last of several: ``-c``, ``-lc``."""
    words = command.words
    at = next((i for i, w in enumerate(words[:-1]) if re.fullmatch(rf"-\w{{0,5}}{letter}", w)), 0)
    return words[at + 1] if at else ""


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
