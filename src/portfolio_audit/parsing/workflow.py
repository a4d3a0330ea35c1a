"""Continuous-integration files of every service to jobs and steps, with lines.

Sources: https://docs.github.com/actions/reference/workflow-syntax-for-github-actions and the references of GitLab CI,
CircleCI, Azure Pipelines, Cloud Build and Jenkins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from portfolio_audit.errors import ParseError
from portfolio_audit.parsing.dependency import Stated
from portfolio_audit.parsing.yaml import YamlList, YamlMap, YamlNode, YamlText, parse_yaml, walk

_NEVER = frozenset({"false", "${{ false }}", "${{false}}"})
_GITLAB_WORDS = frozenset(
    {"stages", "variables", "default", "include", "workflow", "image", "services", "cache", "pages:deploy"}
)
_MAX_STEPS = 500
_SCRIPTS = ("before_script", "script", "after_script")
_COMMENT = re.compile(r"^[ \t]*/\*", re.MULTILINE)
_JENKINS_STEP = re.compile(
    r"\b(?:sh|bat|powershell)\s{0,20}\(?\s{0,20}(?:script:\s{0,9})?('''|\"\"\"|'|\")(.{0,1000}?)\1", re.DOTALL
)


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


@dataclass(frozen=True, slots=True)
class Job:
    """A job and its steps; ``never`` if its condition is plainly false."""

    name: str
    line: int
    steps: tuple[Step, ...] = ()
    never: bool = False


@dataclass(frozen=True, slots=True)
class Workflow:
    """One file of continuous integration."""

    jobs: tuple[Job, ...]
    triggers: tuple[Stated, ...] = ()
    crons: tuple[Stated, ...] = ()
    paths: tuple[Stated, ...] = ()


def parse_github(text: str) -> Workflow:
    """Parse a GitHub Actions workflow."""
    document = _mapping(text)
    events = document.get("on")
    folder = document.text("defaults", "run", "working-directory")
    jobs = document.get("jobs")
    named = jobs.items.items() if isinstance(jobs, YamlMap) else ()
    found = tuple(_github_job(n, node, folder) for n, node in named if isinstance(node, YamlMap))
    return Workflow(found, tuple(_triggers(events)), tuple(_crons(events)), tuple(_path_filters(events)))


def parse_gitlab(text: str) -> Workflow:
    """Parse a GitLab CI file: every job's scripts."""
    document = _mapping(text)
    shared = [_script(document.get("default", "before_script")), _script(document.get("before_script"))]
    jobs = tuple(
        Job(name, node.line, (*_present(shared), *_present(_script(node.get(key)) for key in _SCRIPTS)))
        for name, node in document.items.items()
        if isinstance(node, YamlMap) and name not in _GITLAB_WORDS and not name.startswith(".")
    )
    return Workflow(jobs, (Stated("push", 1),))


def parse_commands(text: str) -> Workflow:
    """Parse any other YAML pipeline (CircleCI, Azure, Bitbucket, CodeBuild) by the shell commands in it."""
    document = _mapping(text)
    steps = [step for node in walk(document) if isinstance(node, YamlMap) for step in _shell_steps(node)]
    return Workflow((Job("pipeline", 1, tuple(steps)),), (Stated("push", 1),))


def parse_cloud_build(text: str) -> Workflow:
    """Parse a Cloud Build file: each step is a builder image and its arguments."""
    document = _mapping(text)
    nodes = document.get("steps")
    steps = [_cloud_step(n) for n in (nodes.items if isinstance(nodes, YamlList) else ()) if isinstance(n, YamlMap)]
    images = document.get("images")
    if isinstance(images, YamlList):
        steps += [
            Step(i.line, run=f"docker push {i.value}", run_line=i.line) for i in images.items if isinstance(i, YamlText)
        ]
    return Workflow((Job("build", 1, tuple(steps)),), (Stated("push", 1),))


def parse_jenkins(text: str) -> Workflow:
    """Parse a Jenkinsfile by its ``sh`` steps."""
    bare = _without_block_comments(re.sub(r"(?m)^[ \t]*//.*$", "", text))
    steps = []
    for match in islice(_JENKINS_STEP.finditer(bare), _MAX_STEPS):
        line = bare.count("\n", 0, match.start(2)) + 1
        steps.append(Step(line, run=match[2], run_line=line))
    return Workflow((Job("pipeline", 1, tuple(steps)),), (Stated("push", 1),))


def _without_block_comments(text: str) -> str:
    """The text with each comment that begins a line replaced by as many line ends."""
    parts: list[str] = []
    position = 0
    for found in _COMMENT.finditer(text):
        if found.start() < position:
            continue
        end = text.find("*/", found.end())
        if end < 0:
            break
        parts += [text[position : found.start()], "\n" * text.count("\n", found.start(), end)]
        position = end + 2
    return "".join((*parts, text[position:]))


def parser_for(path: str) -> Callable[[str], Workflow] | None:
    """The parser for a continuous-integration file at that path, or None if it is none."""
    lowered = path.lower()
    name = lowered.rpartition("/")[2]
    if ".github/workflows/" in lowered and name.endswith((".yml", ".yaml")):
        return parse_github
    if name == ".gitlab-ci.yml":
        return parse_gitlab
    if name.startswith("cloudbuild") and name.endswith((".yml", ".yaml")):
        return parse_cloud_build
    if name == "jenkinsfile":
        return parse_jenkins
    others = (
        ".circleci/config.yml",
        "azure-pipelines.yml",
        "azure-pipelines.yaml",
        "bitbucket-pipelines.yml",
        "buildspec.yml",
        ".travis.yml",
    )
    return parse_commands if lowered.endswith(others) else None


def _mapping(text: str) -> YamlMap:
    document = next(iter(parse_yaml(text)), None)
    if not isinstance(document, YamlMap):
        raise ParseError("holds no pipeline")
    return document


def _github_job(name: str, node: YamlMap, folder: str) -> Job:
    folder = node.text("defaults", "run", "working-directory") or folder
    steps = node.get("steps")
    listed = steps.items if isinstance(steps, YamlList) else ()
    found = tuple(_github_step(s, folder) for s in listed if isinstance(s, YamlMap))
    if node.text("uses"):
        found = (Step(node.key_lines["uses"], uses=node.text("uses")),)
    return Job(name, node.line, found, never=node.text("if").strip() in _NEVER)


def _github_step(node: YamlMap, folder: str) -> Step:
    given = node.get("with")
    items = given.items.items() if isinstance(given, YamlMap) else ()
    inputs = tuple((k, v.value) for k, v in items if isinstance(v, YamlText))
    run = node.get("run")
    return Step(
        node.line,
        node.text("uses"),
        node.text("run"),
        _first_line(run),
        node.text("working-directory") or folder,
        inputs,
        never=node.text("if").strip() in _NEVER,
    )


def _first_line(node: YamlNode | None) -> int:
    """Where a script's first line stands: a block scalar begins below its key."""
    if not isinstance(node, YamlText):
        return 0
    return node.line + 1 if node.block else node.line


def _events(node: YamlNode | None) -> Iterator[tuple[str, int, YamlNode | None]]:
    if isinstance(node, YamlText) and node.value:
        yield node.value, node.line, None
    elif isinstance(node, YamlList):
        for item in node.items:
            if isinstance(item, YamlText):
                yield item.value, item.line, None
    elif isinstance(node, YamlMap):
        for name, value in node.items.items():
            yield name, node.key_lines[name], value


def _triggers(events: YamlNode | None) -> Iterator[Stated]:
    return (Stated(name, line) for name, line, _ in _events(events))


def _crons(events: YamlNode | None) -> Iterator[Stated]:
    for name, _, value in _events(events):
        if name == "schedule" and isinstance(value, YamlList):
            for item in value.items:
                if isinstance(item, YamlMap) and item.text("cron"):
                    yield Stated(item.text("cron"), item.line)


def _path_filters(events: YamlNode | None) -> Iterator[Stated]:
    """Path filters, provided that every event has one: else the workflow runs without them."""
    found: list[Stated] = []
    for _, _, value in _events(events):
        listed = value.get("paths") if isinstance(value, YamlMap) else None
        if not isinstance(listed, YamlList):
            return
        found += [Stated(i.value, i.line) for i in listed.items if isinstance(i, YamlText)]
    yield from found


def _script(node: YamlNode | None) -> Step | None:
    if isinstance(node, YamlText):
        return Step(node.line, run=node.value, run_line=_first_line(node)) if node.value else None
    texts = [i for i in (node.items if isinstance(node, YamlList) else ()) if isinstance(i, YamlText)]
    return Step(texts[0].line, run="\n".join(t.value for t in texts), run_line=texts[0].line) if texts else None


def _present(steps: Iterator[Step | None] | list[Step | None]) -> list[Step]:
    return [step for step in steps if step is not None]


def _shell_steps(node: YamlMap) -> Iterator[Step]:
    """The commands of a mapping, under any of the keys services use for them."""
    for key in ("run", "command", "script", "bash", "commands", "inlineScript", "install"):
        value = node.get(key)
        found = _script(value) if not isinstance(value, YamlMap) else None
        if found:
            yield found


def _cloud_step(node: YamlMap) -> Step:
    script = node.get("script")
    if isinstance(script, YamlText) and script.value:
        return Step(node.line, run=script.value, run_line=_first_line(script))
    builder = node.text("name").partition(":")[0].rpartition("/")[2]
    entry = node.text("entrypoint") or {"cloud-sdk": "gcloud"}.get(builder, builder)
    args = node.get("args")
    texts = [i for i in (args.items if isinstance(args, YamlList) else ()) if isinstance(i, YamlText)]
    words = [t.value for t in texts]
    if entry.rpartition("/")[2] in {"bash", "sh"} and "-c" in words[:-1]:
        inner = texts[words.index("-c") + 1]
        return Step(node.line, run=inner.value, run_line=_first_line(inner))
    return Step(node.line, run=" ".join([entry, *words]), run_line=node.line)
