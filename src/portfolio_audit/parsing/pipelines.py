"""Pipelines of every other service, in YAML or Groovy, read by what their steps run into the shape of a workflow.

Sources: https://docs.gitlab.com/ci/yaml/ · https://circleci.com/docs/configuration-reference/ ·
https://learn.microsoft.com/azure/devops/pipelines/yaml-schema/ ·
https://docs.cloud.google.com/build/docs/build-config-file-schema ·
https://support.atlassian.com/bitbucket-cloud/docs/bitbucket-pipelines-configuration-reference/ ·
https://docs.drone.io/pipeline/docker/overview/ · https://docs.travis-ci.com/user/deployment-v2
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator

from portfolio_audit.parsing.dependency import Stated
from portfolio_audit.parsing.jenkins import parse_jenkins
from portfolio_audit.parsing.workflow import (
    Job,
    Step,
    Workflow,
    first_line,
    inputs_of,
    listed,
    mapping,
    parse_github,
    repeated,
    texts,
)
from portfolio_audit.parsing.yaml import YamlList, YamlMap, YamlNode, YamlText, parse_yaml, walk

_GITLAB_WORDS = frozenset(
    {"stages", "variables", "default", "include", "workflow", "image", "services", "cache", "pages:deploy"}
)
_SCRIPTS = ("before_script", "script", "after_script")
_AZURE_KEYS = ("bash", "script", "powershell", "pwsh", "inlineScript")
_SHELL_KEYS = ("run", "command", "script", "commands", "install")
_USES_KEYS = ("task", "pipe", "template")
_ON_PUSH = (Stated("push", 1),)


def parse_gitlab(text: str) -> Workflow:
    """Parse a GitLab CI file: every job's scripts, with those of the jobs it extends."""
    document = mapping(text)
    default = document.get("default", "before_script") or document.get("before_script")
    jobs = tuple(
        _gitlab_job(name, node, document, default)
        for name, node in document.items.items()
        if isinstance(node, YamlMap) and name not in _GITLAB_WORDS and not name.startswith(".")
    )
    timed = tuple(t for node in document.items.values() for t in _gitlab_schedule(node))
    return Workflow(jobs, _ON_PUSH, timed, includes=tuple(_gitlab_includes(document)), repeated=repeated(document))


def _gitlab_job(name: str, node: YamlMap, document: YamlMap, default: YamlNode | None) -> Job:
    bases = [b for t in texts(node.get("extends")) if isinstance(b := document.get(t.value), YamlMap)]
    found = {key: next((n for m in (node, *reversed(bases)) if (n := m.get(key))), None) for key in _SCRIPTS}
    scripts = (found["before_script"] or default, found["script"], found["after_script"])
    steps = [step for script in scripts if (step := _script(script))]
    if name == "pages":
        steps.append(Step(node.line, uses="gitlab/pages"))
    rules = listed(node.get("rules"))
    never = node.text("when") == "never" or bool(rules and all(r.text("when") == "never" for r in rules))
    return Job(name, node.line, tuple(steps), never)


def _gitlab_schedule(node: YamlNode) -> Iterator[Stated]:
    """Conditions of a job that are met only by a schedule, which GitLab keeps outside the tree."""
    if isinstance(node, YamlMap):
        yield from (Stated("schedule", t.line) for t in texts(node.get("only")) if t.value == "schedules")
        for rule in listed(node.get("rules")):
            if '$CI_PIPELINE_SOURCE == "schedule"' in rule.text("if") and rule.text("when") != "never":
                yield Stated("schedule", rule.line)


def _gitlab_includes(document: YamlMap) -> Iterator[Stated]:
    node = document.get("include")
    found = (*texts(node), *(n for m in (*listed(node), node) if isinstance(m, YamlMap) for n in texts(m.get("local"))))
    yield from (Stated(t.value.lstrip("/"), t.line) for t in found if "://" not in t.value)


def parse_circle(text: str) -> Workflow:
    """Parse a CircleCI file: the jobs that its workflows name, commands and jobs of orbs by their full name."""
    document = mapping(text)
    orbs = {alias: orb.partition("@")[0] for alias, orb in inputs_of(document.get("orbs"))}
    written, own = _named(document.get("jobs")), _named(document.get("commands"))
    workflows = document.get("workflows")
    wanted = dict(_circle_jobs(workflows)) if isinstance(workflows, YamlMap) else dict.fromkeys(written, 0)
    found = []
    for name, line in wanted.items():
        node = written.get(name)
        if node is not None:
            found.append(Job(name, node.line, tuple(_circle_steps(node.get("steps"), orbs, own))))
        elif "/" in name:
            found.append(Job(name, line, (Step(line, uses=_orb(name, orbs)),)))
    crons = tuple(Stated(n.text("cron"), n.line) for n in _maps(workflows) if n.text("cron"))
    return Workflow(tuple(found), _ON_PUSH, crons, repeated=repeated(document))


def _named(node: YamlNode | None) -> dict[str, YamlMap]:
    """The mappings of a mapping, by name."""
    items = node.items.items() if isinstance(node, YamlMap) else ()
    return {name: value for name, value in items if isinstance(value, YamlMap)}


def _circle_jobs(workflows: YamlMap) -> Iterator[tuple[str, int]]:
    for workflow in workflows.items.values():
        node = workflow.get("jobs") if isinstance(workflow, YamlMap) else None
        yield from ((name, line) for name, line, _ in _entries(node))


def _circle_steps(node: YamlNode | None, orbs: dict[str, str], own: dict[str, YamlMap]) -> Iterator[Step]:
    """Scripts and steps of orbs, in place of a command of the file's own what it is made of."""
    for name, line, value in _entries(node):
        if name == "run" and (step := _script(value.get("command") if isinstance(value, YamlMap) else value)):
            yield step
        elif "/" in name:
            yield Step(line, uses=_orb(name, orbs), inputs=inputs_of(value))
        elif name in own:
            yield from _circle_steps(own[name].get("steps"), orbs, {})


def _entries(node: YamlNode | None) -> Iterator[tuple[str, int, YamlNode | None]]:
    """The entries of a list that are a name, or a name with what is given to it."""
    for entry in node.items if isinstance(node, YamlList) else ():
        if isinstance(entry, YamlText):
            yield entry.value, entry.line, None
        elif isinstance(entry, YamlMap):
            yield from ((name, entry.line, value) for name, value in entry.items.items())


def _orb(name: str, orbs: dict[str, str]) -> str:
    alias, _, rest = name.partition("/")
    return f"{orbs.get(alias, alias)}/{rest}"


def parse_azure(text: str) -> Workflow:
    """Parse an Azure pipeline or a template of one: scripts, tasks and templates in any nesting."""
    document = mapping(text)
    crons = tuple(Stated(n.text("cron"), n.line) for n in listed(document.get("schedules")) if n.text("cron"))
    idle = document.text("trigger") == "none" and document.text("pr") == "none" and not crons
    triggers = (Stated("manual", document.key_lines["trigger"]),) if idle else _ON_PUSH
    steps = tuple(step for node in _maps(document) for step in _any_steps(node, _AZURE_KEYS))
    return Workflow((Job("pipeline", 1, steps),), triggers, crons, repeated=repeated(document))


def parse_commands(text: str) -> Workflow:
    """Parse any other YAML pipeline (Bitbucket, CodeBuild, Drone, Travis …) by the commands and plug-ins in it."""
    documents = [d for d in parse_yaml(text) if isinstance(d, YamlMap)] or [mapping(text)]
    steps = tuple(
        step for d in documents for node in _maps(d) for step in (*_any_steps(node, _SHELL_KEYS), *_plugins(node))
    )
    events = [t for d in documents for t in texts(d.get("trigger", "event"))]
    return Workflow(
        (Job("pipeline", 1, steps),),
        _ON_PUSH,
        tuple(Stated("schedule", event.line) for event in events if event.value == "cron"),
        repeated=tuple(key for d in documents for key in repeated(d)),
    )


def parse_cloud_build(text: str) -> Workflow:
    """Parse a Cloud Build file: each step is a builder image and its arguments."""
    document = mapping(text)
    steps = [_cloud_step(node) for node in listed(document.get("steps"))]
    pushed = [t for t in texts(document.get("images")) if not isinstance(document.get("images"), YamlText)]
    steps += [Step(i.line, run=f"docker push {i.value}", run_line=i.line) for i in pushed]
    return Workflow((Job("build", 1, tuple(steps)),), _ON_PUSH, repeated=repeated(document))


_OTHERS = ("bitbucket-pipelines", "buildspec", ".travis", ".drone", ".woodpecker")
_BY_NAME: tuple[tuple[tuple[str, ...], Callable[[str], Workflow]], ...] = (
    ((".gitlab-ci",), parse_gitlab),
    (("cloudbuild",), parse_cloud_build),
    (("azure-pipelines", "azure_pipelines"), parse_azure),
    (_OTHERS, parse_commands),
)


def parser_for(path: str) -> Callable[[str], Workflow] | None:
    """The parser for a continuous-integration file at that path, or None if it is none."""
    lowered = path.lower()
    name = posixpath.basename(lowered)
    is_yaml = name.endswith((".yml", ".yaml"))
    if ".github/workflows/" in lowered and is_yaml:
        return parse_github
    if lowered.endswith(".circleci/config.yml"):
        return parse_circle
    if name.startswith("jenkinsfile"):
        return parse_jenkins
    return next((parse for starts, parse in _BY_NAME if is_yaml and name.startswith(starts)), None)


def _maps(node: YamlNode | None) -> Iterator[YamlMap]:
    return (n for n in (walk(node) if node else ()) if isinstance(n, YamlMap))


def _script(node: YamlNode | None) -> Step | None:
    if isinstance(node, YamlText):
        return Step(node.line, run=node.value, run_line=first_line(node)) if node.value else None
    lines = tuple(_lines(node))
    return Step(lines[0].line, run="\n".join(t.value for t in lines), run_line=lines[0].line) if lines else None


def _lines(node: YamlNode | None) -> Iterator[YamlText]:
    """The lines of a script given as a list; lists in it, which anchors make, are parts of it, references are not."""
    for item in node.items if isinstance(node, YamlList) else ():
        if isinstance(item, YamlText):
            yield item
        elif isinstance(item, YamlList) and not any(t.value.startswith(".") for t in texts(item)[:1]):
            yield from texts(item)


def _any_steps(node: YamlMap, keys: tuple[str, ...]) -> Iterator[Step]:
    """The commands of a mapping under any of the keys its service has for them, and what it uses ready made."""
    for key in keys:
        found = _script(node.get(key))
        if found:
            yield found
    for key in _USES_KEYS:
        name = node.text(key)
        given = node.get("inputs") or node.get("variables")
        if name and key == "template":
            yield Step(node.line, uses=f"./{name.lstrip('/')}")
        elif name:
            owner = "azure/" if key == "task" else ""
            yield Step(node.line, uses=owner + name.replace(":", "@"), inputs=inputs_of(given))


def _plugins(node: YamlMap) -> Iterator[Step]:
    """Plug-ins of Drone and Woodpecker, and the providers of Travis."""
    image = node.text("image")
    if image.startswith(("plugins/", "woodpeckerci/plugin")) or "drone" in image:
        yield Step(node.line, uses=image.replace(":", "@"), inputs=inputs_of(node.get("settings")))
    if node.text("provider"):
        yield Step(node.line, uses=f"travis/deploy-{node.text('provider')}")


def _cloud_step(node: YamlMap) -> Step:
    script = node.get("script")
    if isinstance(script, YamlText) and script.value:
        return Step(node.line, run=script.value, run_line=first_line(script))
    builder = node.text("name").partition(":")[0].rpartition("/")[2]
    entry = node.text("entrypoint") or {"cloud-sdk": "gcloud"}.get(builder, builder)
    args = texts(node.get("args")) if not isinstance(node.get("args"), YamlText) else ()
    words = [t.value for t in args]
    if entry.rpartition("/")[2] in {"bash", "sh"} and "-c" in words[:-1]:
        inner = args[words.index("-c") + 1]
        return Step(node.line, run=inner.value, run_line=first_line(inner))
    return Step(node.line, run=" ".join([entry, *words]), run_line=node.line)
