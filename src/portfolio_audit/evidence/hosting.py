"""Hosting: a public address of the application, or what is needed to put it somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from portfolio_audit.evidence import addresses, jobs
from portfolio_audit.evidence.code import TESTS
from portfolio_audit.evidence.codebase import CODE_FILES, Codebase, Source
from portfolio_audit.evidence.container_files import DOCKERFILES, dockerfiles, entry_script
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.jobs import commands, scripted
from portfolio_audit.evidence.pipelines import pipelines
from portfolio_audit.evidence.reachable import reachable
from portfolio_audit.evidence.tools import configured
from portfolio_audit.evidence.wording import phrases
from portfolio_audit.model.fact import Fact, FactSpec, FactType, Rung
from portfolio_audit.model.globs import matcher
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.shell import Command, parse_shell

_CONFIGURATION = (
    "*.tf", "Procfile", "app.yaml", "fly.toml", "render.yaml", "railway.json", "railway.toml", "vercel.json",
    "netlify.toml", "heroku.yml", "samconfig.toml", "*.yaml", "*.yml", "Dockerrun.aws.json",
)  # fmt: skip
WANTS = (*addresses.WANTS, *CODE_FILES, *DOCKERFILES, *_CONFIGURATION, *jobs.WANTS)
FACTS = (
    FactSpec(
        "hosting.live",
        FactType.FLAG,
        "The application is hosted: configuration declares it, deploying code wires it, a public address exercises it, "
        "one that answers or a deployment on record is observed.",
        ladder=True,
        reads=(*addresses.PROSE, *_CONFIGURATION),
    ),
    FactSpec(
        "hosting.address",
        FactType.NAMES,
        "Public addresses of the application, those apart that are known to be gone.",
        reads=(*addresses.PROSE, *_CONFIGURATION),
    ),
    FactSpec(
        "hosting.ready",
        FactType.FLAG,
        "What is needed to host the application is there.",
        reads=(*DOCKERFILES, *_CONFIGURATION),
    ),
)

_TERRAFORM = re.compile(
    r'^\s*resource\s+"((?:aws_(?:lambda_function|ecs_service|elastic_beanstalk_environment|apprunner_service'
    r"|sagemaker_endpoint|lightsail\w+|eks_cluster|instance)|google_(?:cloud_run\w*|cloudfunctions2?_function|app_engine_\w+"
    r"|vertex_ai_endpoint|container_cluster|compute_instance)|azurerm_(?:linux_web_app|app_service|container_\w+|function_app"
    r"|linux_function_app|kubernetes_cluster)|kubernetes_(?:deployment|service)|heroku_app|digitalocean_\w+))\"",
    re.MULTILINE,
)
_MANIFEST = re.compile(
    r"^kind:\s*['\"]?(Service|Ingress|Deployment|InferenceService|SeldonDeployment|RayService|BentoDeployment)\b"
    r"|(AWS::(?:Serverless::Function|ECS::Service|Lambda::Function|SageMaker::Endpoint\w*))",
    re.MULTILINE,
)
_READ = matcher(_CONFIGURATION)
"""The files whose text is looked at; those of a tool that the vocabulary alone knows count by being there."""
_APP_ENGINE = re.compile(r"^runtime:", re.MULTILINE)
_SPACE = re.compile(r"\A---\n(?:[^\n]*\n){0,20}?sdk:\s*(gradio|streamlit|docker|static)", re.IGNORECASE)
_SERVERS = ("serving", "ui", "model-server")
"""The purposes of tools whose commands start a server."""
_SERVES = re.compile(r"\b(?:lambda_handler|functions-framework|app\.py|main\.py|api\.py|server\.py)\b|_handler\b")
_BOT = re.compile(r"^(?:worker|bot):", re.MULTILINE)
_DEPLOYS_MODEL = frozenset({"deploy", "create_endpoint", "deploy_model", "begin_create_or_update"})
_SCREENSHOT = re.compile(
    r"(?:cloud[-_ ]?(?:run|function)|heroku|render|lambda|\becs\b|[-_/]ecs[-_.]|eks|beanstalk|api[-_ ]?gateway"
    r"|sagemaker|fly[-_.]?io|railway|app[-_ ]?runner|azure|deployed|deployment[-_ ]?(?:success|cloud|aws|gcp)"
    r"|terraform[-_ ]?(?:apply|creat|output)|[-_/]ec2)"
    r"[^/]*\.(?:png|jpe?g|gif|mp4|webm)$",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"\bdeployed\b|\b(?:sam|gcloud|eb|terraform|cdk)[- ](?:deploy|apply|create)"
    r"|\b(?:running|live|hosted) (?:on|in|at)\b|cloud run|elastic beanstalk|app engine|app runner"
    r"|lambda (?:function|console|test)|\becs (?:service|cluster)|deployment (?:on|in|to|success)",
    re.IGNORECASE,
)
_DRAWN = re.compile(r"archite|diagram|schema|overview|workflow|pipeline|logo|badge|local", re.IGNORECASE)
_FILM = re.compile(r"^https?://(?:[\w-]+\.)?(?:youtube\.com/watch|youtu\.be/|loom\.com/share|vimeo\.com/\d)")
_LONGEST = 300
_BESIDE = re.compile(
    r'^[ \t]+"[^"\n]*(?:mlflow|tracking|grafana|airflow|prefect|jupyter|prometheus|bastion)', re.IGNORECASE
)
"""A resource of Terraform that by its name is a service beside the model."""
_MOST = 40
_PLACES = frozenset({"hosting", "endpoint"})


def extract(documents: Documents) -> Iterator[Fact]:
    """Give addresses, configuration, deploying code and screenshots of a deployment."""
    ready = [*_configured(documents), *_deployed(documents), *_described(documents), *_containers(documents)]
    for fact in ready:
        yield fact
        if fact.id == "hosting.live":
            yield Fact("hosting.ready", at=fact.at)
    deployed = any(fact.id == "hosting.live" for fact in ready)
    yield from reachable(documents, deployed=deployed)
    if deployed:
        yield from _shown(documents)


def _configured(documents: Documents) -> Iterator[Fact]:
    """Configuration of hosting services and of infrastructure that runs an application."""
    for tool, path in configured(documents, "hosting"):
        if _configures(documents, path):
            yield Fact("hosting.live", at=Location(path, note=f"configures {tool.name}"), rung=Rung.WIRED)
    for path in documents.matching("*.tf", "*.yaml", "*.yml"):
        yield from _described_in(path, documents.text(path) or "")
    for path in documents.matching("README.md"):
        if space := _SPACE.match((documents.text(path) or "")[:2_000]):
            yield Fact("hosting.live", at=Location(path, 1, note=f"configures a Space ({space[1]})"), rung=Rung.WIRED)


def _configures(documents: Documents, path: str) -> bool:
    """Whether a file of a hosting service's name says something, and not that it hosts a bot."""
    if not _READ(path):
        return True
    text = documents.text(path) or ""
    elsewhere = path.endswith("app.yaml") and not _APP_ENGINE.search(text)
    return bool(text.strip()) and not elsewhere and not _BOT.match(text)


def _described_in(path: str, text: str) -> Iterator[Fact]:
    described = (_TERRAFORM if path.endswith(".tf") else _MANIFEST).finditer(text)
    found = next((m for m in islice(described, _MOST) if not _BESIDE.search(text[m.end() : m.end() + 60])), None)
    if found:
        line = text.count("\n", 0, found.start(found.lastindex or 0)) + 1
        note = f"describes {found[found.lastindex or 0]}"
        yield Fact("hosting.live", at=Location(path, line, note=note), rung=Rung.WIRED)


def _deployed(documents: Documents) -> Iterator[Fact]:
    """Code, scripts and jobs that put the application somewhere."""
    endpoints = tuple(i for tool in documents.vocabulary.serving("endpoint") for i in tool.imports)
    for source in documents.once(Codebase):
        if source.imports(endpoints) and not TESTS.search(source.path):
            yield from _endpoint(source)
    ran = [*scripted(documents), *(r for p in pipelines(documents) for r in commands(documents, p))]
    for one in ran:
        if deploys(documents, one.command):
            at = Location(one.at.path, one.at.line, note=f"runs {one.command.text[:80]}")
            yield Fact("hosting.live", at=at, rung=Rung.WIRED)


def _endpoint(source: Source) -> Iterator[Fact]:
    for call in source.module.calls:
        if call.method in _DEPLOYS_MODEL:
            yield Fact("hosting.live", at=source.says(call), rung=Rung.WIRED)


def _described(documents: Documents) -> Iterator[Fact]:
    """Commands of deployment that a document tells to run."""
    for path in documents.matching("*.md"):
        document = documents.markdown(path)
        for code in (c for s in document.sections for c in s.code) if document else ():
            for command in parse_shell(code.text[:5_000], code.line) if not code.inline else ():
                if deploys(documents, command):
                    at = Location(path, command.line, note=f"tells to run {command.text[:60]}")
                    yield Fact("hosting.live", at=at, rung=Rung.DECLARED)


def deploys(documents: Documents, command: Command) -> bool:
    """Whether a command puts an application on a hosting service."""
    known = documents.vocabulary.run_by(command.program)
    return any(command.starts(words) for words, tool in known if not _PLACES.isdisjoint(tool.purposes))


def _containers(documents: Documents) -> Iterator[Fact]:
    """Containers that start a server: any hosting service can run them."""
    servers = phrases(tuple(c for tool in documents.vocabulary.serving(*_SERVERS) for c in tool.commands))
    for path, dockerfile in dockerfiles(documents):
        command = dockerfile.command
        if command is None:
            continue
        said = " ".join(command.words)
        texts = (said, entry_script(documents, path, dockerfile))
        if any(servers.search(text) or _SERVES.search(text) for text in texts):
            yield Fact("hosting.ready", at=Location(path, command.line, note=f"starts {said[:60]}"))


def _shown(documents: Documents) -> Iterator[Fact]:
    """Pictures and films of the deployment, by their name or caption, where there is something that deploys."""
    for entry in documents.entries:
        if _SCREENSHOT.search(entry.path) and not _DRAWN.search(entry.path):
            yield Fact("hosting.live", at=Location(entry.path, note="shows the deployment"), rung=Rung.EXERCISED)
    for path in documents.matching("*.md"):
        for text, line in _captions(documents, path):
            if _CAPTION.search(text) and not _DRAWN.search(text):
                note = f"shows the deployment: {text[:60]}"
                yield Fact("hosting.live", at=Location(path, line, note=note), rung=Rung.EXERCISED)


def _captions(documents: Documents, path: str) -> Iterator[tuple[str, int]]:
    """What a document says of its pictures, badges and drawings apart, and of the films it links."""
    document = documents.markdown(path)
    for section in document.sections if document else ():
        shown = (i for i in section.images if not i.badge and not _DRAWN.search(i.url))
        yield from ((image.alt[:_LONGEST], image.line) for image in shown)
        yield from ((link.text[:_LONGEST], link.line) for link in section.links if _FILM.search(link.url))
