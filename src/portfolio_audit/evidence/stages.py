"""Stages and jobs that are described in files: DVC, MLflow projects, Snakemake, Kubernetes, Argo, Azure ML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.faults import read_yaml
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.yaml import YamlMap, YamlNode, YamlText, walk

STAGES = ("dvc.yaml", "MLproject")
RULES = ("Snakefile", "*.smk")
MANIFESTS = ("*.yaml", "*.yml")
_IN_CLUSTER = re.compile(
    r"^kind:[ \t]*['\"]?(CronJob|Job|CronWorkflow|Workflow|WorkflowTemplate|PyTorchJob|TFJob|RayJob)\b|azuremlschemas",
    re.MULTILINE,
)
_CRON = re.compile(r"^[ \t]*schedules?:[ \t]*(?:['\"]?[@\d*]|$)", re.MULTILINE)
_EACH = "cmd"
_COMMANDS = (_EACH, "command", "args")
_QUOTES = re.compile(r"[\"'(),]")
_LONGEST = 400
_MOST_LINES = 2_000


@dataclass(frozen=True, slots=True)
class Stage:
    """One command that a file tells a tool to run; ``by_itself`` where a cluster runs it, ``timed`` if at a time."""

    command: str
    at: Location
    by_itself: bool = False
    timed: bool = False


def stages(documents: Documents) -> Iterator[Stage]:
    """Every command of every file of stages."""
    for path in documents.matching(*STAGES):
        yield from (Stage(text, Location(path, line)) for text, line in _commands(read_yaml(documents, path)))
    for path in documents.matching(*RULES):
        yield from _rules(path, documents.text(path) or "")
    yield from _jobs(documents)


def _rules(path: str, text: str) -> Iterator[Stage]:
    """The lines of rules of Snakemake that name a script."""
    for number, line in enumerate(text.split("\n")[:_MOST_LINES], start=1):
        if ".py" in line and not line.lstrip().startswith("#"):
            yield Stage(_QUOTES.sub(" ", line[:_LONGEST]).strip(), Location(path, number))


def _jobs(documents: Documents) -> Iterator[Stage]:
    """The jobs that manifests describe for a cluster."""
    for path in documents.matching(*MANIFESTS):
        text = documents.text(path) or ""
        kind = _IN_CLUSTER.search(text) if ".py" in text or "-m" in text else None
        if kind is not None:
            timed = (kind[1] or "").startswith("Cron") and _CRON.search(text) is not None
            found = _commands(read_yaml(documents, path))
            yield from (Stage(command, Location(path, line), kind[1] is not None, timed) for command, line in found)


def _commands(documents: tuple[YamlNode, ...]) -> Iterator[tuple[str, int]]:
    """The commands of a document: DVC lists several, the others list the words of one."""
    for node in (n for document in documents for n in walk(document) if isinstance(n, YamlMap)):
        for key in _COMMANDS:
            found = node.get(key)
            texts = [t for t in (walk(found) if found else ()) if isinstance(t, YamlText)]
            if key == _EACH:
                yield from ((text.value, text.line) for text in texts)
            elif texts:
                yield " ".join(text.value for text in texts), texts[0].line
