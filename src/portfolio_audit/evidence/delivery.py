"""Delivery: whether a pipeline puts the work where others use it, or someone does it by hand from code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_audit.evidence import jobs
from portfolio_audit.evidence.deployments import Deployments
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.jobs import commands, purposes, script_of, scripted
from portfolio_audit.evidence.pipelines import effects, pipelines, reached_steps
from portfolio_audit.evidence.runs import Runs
from portfolio_audit.evidence.tools import configured
from portfolio_audit.model.fact import Fact, FactSpec, FactType, Rung
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.shell import Command, parse_shell

_PLATFORMS = ("render.yaml", ".do/app.yaml", ".do/deploy.template.yaml", "app.yaml")
_YAML = ("*.yml", "*.yaml")
_INFRASTRUCTURE = ("*.tf", "*.tf.json", "*.bicep", "cdk.json", "Pulumi.y*ml", "serverless.y*ml", "Chart.yaml")
_PROSE = ("*.md",)
WANTS = (*jobs.WANTS, *_YAML, *_PLATFORMS, *_PROSE)
FACTS = (
    FactSpec(
        "delivery.pipeline",
        FactType.FLAG,
        "The work is delivered by code; wired when a job pushes, deploys, applies or publishes, observed when the host "
        "has its green run, its release or a deployment on record.",
        ladder=True,
        reads=(*jobs.WANTS, *_PLATFORMS),
    ),
    FactSpec("delivery.image", FactType.FLAG, "A job pushes a container image.", reads=jobs.WANTS),
    FactSpec("delivery.package", FactType.FLAG, "A job publishes a package or a release.", reads=jobs.WANTS),
    FactSpec("delivery.pages", FactType.FLAG, "A job publishes documents only.", reads=jobs.WANTS),
    FactSpec(
        "delivery.infrastructure", FactType.FLAG, "Infrastructure is written as code.", reads=(*_INFRASTRUCTURE, *_YAML)
    ),
    FactSpec(
        "delivery.manual",
        FactType.FLAG,
        "A script, make target or told command deploys, run by hand.",
        reads=jobs.SCRIPTS,
    ),
)

_MANIFEST = re.compile(r"^apiVersion:\s*['\"]?[\w.]{0,80}/?v\d\w{0,20}['\"]?[ \t]*$", re.MULTILINE)
_KIND = re.compile(
    r"^kind:\s*['\"]?(Deployment|Service|StatefulSet|DaemonSet|CronJob|Job|Ingress|Pod|InferenceService|ClusterConfig"
    r"|SeldonDeployment|RayService|Rollout|Application)\b",
    re.MULTILINE,
)
_CLOUDFORMATION = re.compile(r"^(AWSTemplateFormatVersion:|Transform:\s*['\"]?AWS::Serverless)", re.MULTILINE)
_AUTOMATIC = re.compile(r"^[ \t]*(?:autoDeploy:[ \t]*(?:true|yes)|autoDeployTrigger:[ \t]*(?:commit|checksPass)"
                        r"|deploy_on_push:[ \t]*true)\b", re.MULTILINE)  # fmt: skip
_DEPLOYS = re.compile(r"(?:^|[/_-])deploy(?!ed)[a-z]*[\w-]*\.(?:py|sh|R)$", re.IGNORECASE)
_ASKS = re.compile(
    r"\b(?:get|describe|list|wait|show)\b|(?:get|describe|list)-|\b(?:configure|config|login|logs|sts|auth)\b"
)
_CLOUD = frozenset({"aws", "gcloud", "gsutil", "az", "kubectl", "helm", "docker", "scp", "rsync", "ssh", "heroku"})
_LONGEST = 80
_MOST_SHELL = 5_000


def extract(documents: Documents) -> Iterator[Fact]:
    """Give what delivers, by its effect."""
    for fact in (
        *_by_jobs(documents),
        *_by_platform(documents),
        *_on_record(documents),
        *_by_hand(documents),
        *_told(documents),
        *_infrastructure(documents),
    ):
        yield fact
        if fact.id in {"delivery.manual", "delivery.infrastructure"}:
            yield Fact("delivery.pipeline", at=fact.at, rung=Rung.DECLARED)


def _by_jobs(documents: Documents) -> Iterator[Fact]:
    for pipeline in pipelines(documents):
        for _, step in reached_steps(documents, pipeline):
            if step.uses:
                at = Location(pipeline.path, step.line, note=f"uses {step.action}")
                yield from _effects(documents, effects(documents.vocabulary, step), at)
        for ran in commands(documents, pipeline):
            at = Location(ran.at.path, ran.at.line, note=f"runs {ran.command.text[:_LONGEST]}")
            script = script_of(documents, ran)
            deploys = script is not None and script.endswith(".py") and bool(_DEPLOYS.search(script))
            found = purposes(documents.vocabulary, ran.command) | ({"delivery"} if deploys else set())
            yield from _effects(documents, found, at)


def _effects(documents: Documents, found: frozenset[str], at: Location) -> Iterator[Fact]:
    if "delivery" in found:
        released = "package-publish" in found and isinstance(documents.snapshot.metadata.releases, tuple)
        published = released and bool(documents.snapshot.metadata.releases)
        rung = Rung.OBSERVED if published else documents.once(Runs).proves_whole(at.path, Rung.WIRED)
        yield Fact("delivery.pipeline", at=at, rung=rung)
    if "image-push" in found:
        yield Fact("delivery.image", at=at)
    if "package-publish" in found:
        yield Fact("delivery.package", at=at)
    if "pages" in found:
        yield Fact("delivery.pages", at=at)


def _by_platform(documents: Documents) -> Iterator[Fact]:
    """Platforms that are told to deploy each push by themselves."""
    for path in documents.matching(*_PLATFORMS):
        if told := _AUTOMATIC.search(text := documents.text(path) or ""):
            line = text.count("\n", 0, told.start()) + 1
            yield Fact("delivery.pipeline", at=Location(path, line, note="each push is deployed"), rung=Rung.WIRED)


def _on_record(documents: Documents) -> Iterator[Fact]:
    """Deployments on record: a job or a connected platform made them, from a commit."""
    deployments = documents.once(Deployments).delivered()
    return (Fact("delivery.pipeline", at=at, rung=Rung.OBSERVED) for at in deployments)


def _by_hand(documents: Documents) -> Iterator[Fact]:
    for ran in scripted(documents):
        by_name = _DEPLOYS.search(ran.at.path) is not None and ran.command.program in _CLOUD and _changes(ran.command)
        if by_name or "delivery" in purposes(documents.vocabulary, ran.command):
            yield Fact(
                "delivery.manual",
                at=Location(ran.at.path, ran.at.line, note=f"{ran.job} runs {ran.command.text[:_LONGEST]}"),
            )


def _changes(command: Command) -> bool:
    """Whether a command of a cloud changes something there, rather than asks or signs in."""
    return _ASKS.search(command.text[:_LONGEST]) is None


def _told(documents: Documents) -> Iterator[Fact]:
    """Commands of deployment that a document tells to run, with a file or folder of the tree to deploy."""
    for path in documents.matching(*_PROSE):
        document = documents.markdown(path)
        blocks = (c for s in document.sections for c in s.code if not c.inline) if document else ()
        for command in (c for block in blocks for c in parse_shell(block.text[:_MOST_SHELL], block.line)):
            if "delivery" in purposes(documents.vocabulary, command) and _names_a_path(documents, path, command):
                note = f"tells to run {command.text[:_LONGEST]}"
                yield Fact("delivery.manual", at=Location(path, command.line, note=note))


def _names_a_path(documents: Documents, path: str, command: Command) -> bool:
    """Whether an operand is a path of the tree, from the root or from the document's folder."""
    named = (w.removeprefix("./") for w in command.operands if "/" in w or "." in w)
    places = (place for w in named for place in (w, documents.resolve(path, w) or ""))
    return any(p.strip("./") and documents.exists(p) for p in places)


def _infrastructure(documents: Documents) -> Iterator[Fact]:
    for tool, path in configured(documents, "infrastructure"):
        yield Fact("delivery.infrastructure", at=Location(path, note=tool.name))
    for path in documents.matching(*_YAML):
        text = documents.text(path) or ""
        if _MANIFEST.search(text) and (kind := _KIND.search(text)):
            yield Fact(
                "delivery.infrastructure",
                at=Location(path, text.count("\n", 0, kind.start()) + 1, note=f"Kubernetes {kind[1]}"),
            )
        elif template := _CLOUDFORMATION.search(text):
            yield Fact(
                "delivery.infrastructure",
                at=Location(path, text.count("\n", 0, template.start()) + 1, note="CloudFormation"),
            )
