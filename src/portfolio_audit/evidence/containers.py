"""Containers: what is built from the tree, whether it can be built, and which services run beside it."""

from __future__ import annotations

import fnmatch
import posixpath
import re
from collections.abc import Iterator

from portfolio_audit.evidence import jobs
from portfolio_audit.evidence.container_files import (
    COMPOSE_FILES,
    DOCKERFILES,
    MANIFESTS,
    compose_services,
    dockerfiles,
    images,
)
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.jobs import Ran, commands, purposes
from portfolio_audit.evidence.pipelines import effects, live_steps, pipelines
from portfolio_audit.evidence.tools import configured
from portfolio_audit.model.fact import Fact, FactSpec, FactType, Rung
from portfolio_audit.model.globs import matcher
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.compose import Service
from portfolio_audit.parsing.dockerfile import Dockerfile, image_name
from portfolio_audit.parsing.workflow import Step

_DESCRIBED = (*DOCKERFILES, *COMPOSE_FILES)
WANTS = (*_DESCRIBED, *MANIFESTS, *jobs.WANTS, ".gitignore")
FACTS = (
    FactSpec(
        "services.dockerfile",
        FactType.FLAG,
        "The project is put into a container; wired when something builds it, or what it copies and runs is there.",
        ladder=True,
        reads=DOCKERFILES,
    ),
    FactSpec("services.images", FactType.NAMES, "Container images used, without tag.", reads=_DESCRIBED),
    FactSpec("services.compose", FactType.NAMES, "Services of compose files.", reads=COMPOSE_FILES),
    FactSpec("services.built", FactType.NAMES, "Compose services built from the tree.", reads=COMPOSE_FILES),
    FactSpec("services.dangling", FactType.NAMES, "Paths that a container needs and the tree lacks.", reads=_DESCRIBED),
)

_MADE_LATER = re.compile(
    r"\.(pkl|pickle|joblib|h5|hdf5|keras|onnx|pt|pth|bin|b|model|tflite|csv|parquet|json|db|sqlite3?|env|npz?|whl|jar|tar|gz|zip)$"
    r"|(^|/)([\w-]*models?|artifacts?|data|weights|checkpoints?|dist|build|target|node_modules|\.env[.\w]*|mlruns|outputs?)(/|$)",
    re.IGNORECASE,
)
_RUN_FILE = re.compile(r"[\w./-]+\.(?:py|sh|R|jl|js)$")
_SERVED = re.compile(r"([A-Za-z_][\w.]*):[A-Za-z_]\w*(?:\(\))?$")

_MOST = 100
_LONGEST = 300


def extract(documents: Documents) -> Iterator[Fact]:
    """Give every container, image and service, and what is missing for them."""
    built = set(_built(documents))
    for path, dockerfile in dockerfiles(documents):
        missing = list(_missing(documents, path, dockerfile))
        yield from missing
        if _holds_project(dockerfile) or _copies_by_itself(documents, dockerfile):
            wired = path in built or (not missing and _starts(documents, dockerfile))
            note = "builds a container" + (", which something builds" if path in built else "")
            at = Location(path, dockerfile.stages[0].line, note=note)
            yield Fact("services.dockerfile", at=at, rung=Rung.WIRED if wired else Rung.DECLARED)
    for tool, path in configured(documents, "container"):
        yield Fact("services.dockerfile", at=Location(path, note=tool.name), rung=Rung.DECLARED)
    for image in images(documents):
        yield Fact("services.images", image.name, image.at)
    yield from _services(documents)


def _services(documents: Documents) -> Iterator[Fact]:
    for path, service in compose_services(documents):
        yield Fact("services.compose", service.name, Location(path, service.line, note=f"service {service.name}"))
        if service.context:
            at = Location(path, service.build_line, note=f"builds {service.context}")
            if _recipe(documents, path, service) is not None:
                yield Fact("services.built", service.name, at)
            elif "$" not in service.context and "://" not in service.context:
                note = f"builds {service.context[:60]}, where there is no Dockerfile"
                yield Fact("services.dangling", service.context, Location(path, service.build_line, note=note))


def _built(documents: Documents) -> Iterator[str]:
    """The Dockerfiles that a compose service or a job builds."""
    for path, service in compose_services(documents):
        recipe = _recipe(documents, path, service) if service.context else None
        if recipe:
            yield recipe
    for pipeline in pipelines(documents):
        for _, step in live_steps(pipeline):
            if "image-build" in effects(documents.vocabulary, step):
                yield _built_by(step)
        for ran in commands(documents, pipeline):
            if "image-build" in purposes(documents.vocabulary, ran.command):
                yield _of_command(ran)


def _recipe(documents: Documents, path: str, service: Service) -> str | None:
    """The Dockerfile that a service is built with, or None if it is not there."""
    context = documents.resolve(path, service.context)
    if context is None or service.inline:
        return path if service.inline else None
    recipe = posixpath.normpath(posixpath.join(context, service.dockerfile or "Dockerfile"))
    folder, _, name = recipe.rpartition("/")
    candidates = [recipe, posixpath.join(folder, name.lower())] if name == "Dockerfile" else [recipe]
    return next((c for c in candidates if documents.exists(c)), None)


def _of_command(ran: Ran) -> str:
    words = list(ran.command.words)
    flag = next((f for f in ("-f", "--file") if f in words[:-1]), "")
    file = words[words.index(flag) + 1] if flag else ""
    return _built_from(words[-1], file, ran.folder)


def _built_by(step: Step) -> str:
    """The Dockerfile that a ready-made step builds, by the names that services have for its inputs."""
    context = step.given("context") or step.given("buildContext") or "."
    return _built_from(context, step.given("file") or step.given("dockerfile") or step.given("Dockerfile"), "")


def _built_from(context: str, file: str, folder: str) -> str:
    return posixpath.normpath(posixpath.join(folder, file or posixpath.join(context, "Dockerfile")))


def _holds_project(dockerfile: Dockerfile) -> bool:
    """Whether it adds anything to the image it starts from."""
    copied = list(dockerfile.every("COPY", "ADD"))
    return any(c.path for c in dockerfile.copies) if copied else any(dockerfile.every("RUN", "CMD", "ENTRYPOINT"))


def _copies_by_itself(documents: Documents, dockerfile: Dockerfile) -> bool:
    """Whether the image it starts from copies the project with ONBUILD instructions."""
    known = {image for tool in documents.vocabulary.serving("onbuild-image") for image in tool.images}
    return any(image_name(s.image) in known or "onbuild" in s.image for s in dockerfile.stages)


def _missing(documents: Documents, path: str, dockerfile: Dockerfile) -> Iterator[Fact]:
    ignored = matcher(_ignored(documents))
    for copy in dockerfile.copies[:_MOST]:
        wanted = copy.path.lstrip("/").removeprefix("./") or ("." if copy.path else "")
        wanted = wanted[:_LONGEST]
        if _is_there(documents, path, wanted) or _MADE_LATER.search(wanted) or ignored(wanted):
            continue
        note = f"copies {wanted[:60]}, which is not in the tree" if wanted else "copies nothing: the path is empty"
        yield Fact("services.dangling", wanted or '""', Location(path, copy.line, note=note))


def _ignored(documents: Documents) -> tuple[str, ...]:
    """The patterns of the root's .gitignore: what they match is made by running the project."""
    text = documents.text(".gitignore") if ".gitignore" in documents.files else None
    return tuple(line for line in (text or "").splitlines()[:500] if line.strip() and not line.startswith(("#", "!")))


def _is_there(documents: Documents, path: str, wanted: str) -> bool:
    """Whether a copied path is there for any folder that can be the build context: the Dockerfile's or one above."""
    if wanted == ".":
        return True
    context = posixpath.dirname(path)
    while True:
        place = posixpath.normpath(posixpath.join(context, wanted))
        if documents.exists(place) or ("*" in wanted and fnmatch.filter(documents.files, place)):
            return True
        if not context:
            return False
        context = posixpath.dirname(context)


def _starts(documents: Documents, dockerfile: Dockerfile) -> bool:
    """Whether what the container runs names no file that is not in the tree."""
    command = dockerfile.command
    if command is None:
        return False
    words = [w[:_LONGEST] for word in command.words for w in word.split()][:_MOST]
    named = [w.lstrip("./") for w in words if _RUN_FILE.fullmatch(w)]
    served = [m[1].replace(".", "/") + ".py" for w in words if (m := _SERVED.fullmatch(w))]
    return any(words) and all(_ends_somewhere(documents, posixpath.basename(name)) for name in (*named, *served))


def _ends_somewhere(documents: Documents, name: str) -> bool:
    return any(posixpath.basename(p) == name for p in documents.files) or documents.exists(name.removesuffix(".py"))
