"""GitHub Actions to jobs and steps, with lines; and the shape every other pipeline is read into.

Source: https://docs.github.com/actions/reference/workflow-syntax-for-github-actions
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from portfolio_audit.errors import ParseError
from portfolio_audit.parsing.dependency import Stated
from portfolio_audit.parsing.yaml import YamlList, YamlMap, YamlNode, YamlText, parse_yaml, repeated_keys

_NEVER = frozenset({"false", "${{ false }}", "${{false}}"})


@dataclass(frozen=True, slots=True)
class Step:
    """One step: an action it uses (``uses``) or shell commands it runs (``run``), in ``folder`` of the tree."""

    line: int
    uses: str = ""
    run: str = ""
    run_line: int = 0
    folder: str = ""
    inputs: tuple[tuple[str, str], ...] = ()
    never: bool = False

    def given(self, name: str) -> str:
        """The input with that name, or empty."""
        return dict(self.inputs).get(name, "")

    @property
    def action(self) -> str:
        """The action's name without its version, lower case."""
        return self.uses.partition("@")[0].lower()

    @property
    def local(self) -> str:
        """The path of the tree it uses, or empty when it is somebody else's action."""
        return self.uses.removeprefix("./").rstrip("/") if self.uses.startswith("./") else ""


@dataclass(frozen=True, slots=True)
class Job:
    """A job and its steps; ``never`` if its condition is plainly false."""

    name: str
    line: int
    steps: tuple[Step, ...] = ()
    never: bool = False


@dataclass(frozen=True, slots=True)
class Workflow:
    """One file of continuous integration.

    ``paths`` and ``branches`` are filters, given when nothing runs the workflow past them. ``includes`` are files of
    the tree whose jobs belong to it, ``repeated`` the keys that it holds twice. ``name`` is what its runs are called;
    without one they are called like the file.
    """

    jobs: tuple[Job, ...]
    triggers: tuple[Stated, ...] = ()
    crons: tuple[Stated, ...] = ()
    paths: tuple[Stated, ...] = ()
    branches: tuple[Stated, ...] = ()
    includes: tuple[Stated, ...] = ()
    repeated: tuple[Stated, ...] = ()
    name: str = ""
    name_line: int = 0


def parse_github(text: str) -> Workflow:
    """Parse a GitHub Actions workflow."""
    document = mapping(text)
    events = document.get("on")
    folder = document.text("defaults", "run", "working-directory")
    jobs = document.get("jobs")
    named = jobs.items.items() if isinstance(jobs, YamlMap) else ()
    return Workflow(
        tuple(_github_job(n, node, folder) for n, node in named if isinstance(node, YamlMap)),
        tuple(Stated(name, line) for name, line, _ in _events(events)),
        tuple(_crons(events)),
        tuple(_filters(events, "paths")),
        tuple(_filters(events, "branches")),
        repeated=repeated(document),
        name=document.text("name").strip(),
        name_line=document.key_lines.get("name", 0),
    )


def parse_composite(text: str) -> tuple[Step, ...]:
    """Parse the steps of an action that is made of steps; another kind of action has none."""
    return tuple(_github_step(s, "") for s in listed(mapping(text).get("runs", "steps")))


def mapping(text: str) -> YamlMap:
    """The first document of a pipeline file; raises ParseError when it is none."""
    document = next(iter(parse_yaml(text)), None)
    if not isinstance(document, YamlMap):
        raise ParseError("holds no pipeline")
    return document


def repeated(document: YamlNode) -> tuple[Stated, ...]:
    """The keys that a document holds twice."""
    return tuple(Stated(key.value, key.line) for key in repeated_keys((document,)))


def listed(node: YamlNode | None) -> tuple[YamlMap, ...]:
    """The mappings of a list."""
    return tuple(i for i in node.items if isinstance(i, YamlMap)) if isinstance(node, YamlList) else ()


def texts(node: YamlNode | None) -> tuple[YamlText, ...]:
    """A text, or the texts of a list."""
    if isinstance(node, YamlText):
        return (node,) if node.value else ()
    return tuple(i for i in node.items if isinstance(i, YamlText)) if isinstance(node, YamlList) else ()


def first_line(node: YamlNode | None) -> int:
    """Where a script's first line stands: a block scalar begins below its key."""
    if not isinstance(node, YamlText):
        return 0
    return node.line + 1 if node.block else node.line


def inputs_of(node: YamlNode | None) -> tuple[tuple[str, str], ...]:
    """What a step gives to what it uses."""
    items = node.items.items() if isinstance(node, YamlMap) else ()
    return tuple((key, value.value) for key, value in items if isinstance(value, YamlText))


def _github_job(name: str, node: YamlMap, folder: str) -> Job:
    folder = node.text("defaults", "run", "working-directory") or folder
    found = tuple(_github_step(s, folder) for s in listed(node.get("steps")))
    if node.text("uses"):
        found = (Step(node.key_lines["uses"], uses=node.text("uses"), inputs=inputs_of(node.get("with"))),)
    return Job(name, node.line, found, never=node.text("if").strip() in _NEVER)


def _github_step(node: YamlMap, folder: str) -> Step:
    return Step(
        node.line,
        node.text("uses"),
        node.text("run"),
        first_line(node.get("run")),
        node.text("working-directory") or folder,
        inputs_of(node.get("with")),
        never=node.text("if").strip() in _NEVER,
    )


def _events(node: YamlNode | None) -> Iterator[tuple[str, int, YamlNode | None]]:
    if isinstance(node, YamlMap):
        for name, value in node.items.items():
            yield name, node.key_lines[name], value
    else:
        yield from ((text.value, text.line, None) for text in texts(node))


def _crons(events: YamlNode | None) -> Iterator[Stated]:
    for name, _, value in _events(events):
        if name == "schedule":
            yield from (Stated(i.text("cron"), i.line) for i in listed(value) if i.text("cron"))


def _filters(events: YamlNode | None, kind: str) -> Iterator[Stated]:
    """Filters of a kind, provided that every event has one: else the workflow runs without them."""
    found: list[Stated] = []
    for _, _, value in _events(events):
        given = texts(value.get(kind)) if isinstance(value, YamlMap) else ()
        if not given:
            return
        found += [Stated(i.value, i.line) for i in given]
    yield from found
