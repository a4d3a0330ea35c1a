"""Where containers are described: Dockerfiles under any name and compose files."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.faults import read, warn_repeated
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.compose import Compose, Service, parse_compose
from portfolio_audit.parsing.dockerfile import Dockerfile, image_name, parse_dockerfile

DOCKERFILES = (
    "Dockerfile", "Dockerfile.*", "Dockerfile-*", "Dockerfile_*", "*.Dockerfile", "*-Dockerfile", "*_Dockerfile",
    "Containerfile", "Containerfile.*", "*.Containerfile",
)  # fmt: skip
COMPOSE_FILES = ("*compose*.yml", "*compose*.yaml")
MANIFESTS = ("*.yaml", "*.yml")
_SCRIPTS = ("*.sh", "*.bash")
_KUBERNETES = re.compile(r"^apiVersion:[ \t]*\S", re.MULTILINE)
_IMAGE = re.compile(
    r"^[ \t]*(?:-[ \t]+)?image:[ \t]*['\"]?([A-Za-z0-9][\w./:@-]{1,200})['\"]?[ \t]*(?:#|$)", re.MULTILINE
)
_REPOSITORY = re.compile(r"^[ \t]+repository:[ \t]*['\"]?([A-Za-z0-9][\w./:-]{1,200})", re.MULTILINE)
_MOST_IMAGES = 50
_OTHER = re.compile(r"\.(md|png|jpe?g|svg|ipynb|j2|jinja2?|tmpl|tpl|sh|py|dockerignore|rst|pdf)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Image:
    """A container image that is used, with its tag."""

    reference: str
    at: Location

    @property
    def name(self) -> str:
        """The name without tag."""
        return image_name(self.reference)


def dockerfiles(documents: Documents) -> Iterator[tuple[str, Dockerfile]]:
    """Every Dockerfile that builds something."""
    for path in documents.matching(*DOCKERFILES):
        parsed = None if _OTHER.search(path) else read(documents, path, parse_dockerfile)
        if isinstance(parsed, Dockerfile):
            yield path, parsed


def compose_services(documents: Documents) -> Iterator[tuple[str, Service]]:
    """Every service of every compose file, with what it takes from a service of another file."""
    for path in documents.matching(*COMPOSE_FILES):
        for service in _services(documents, path):
            yield path, _extended(documents, path, service)


def _services(documents: Documents, path: str) -> tuple[Service, ...]:
    parsed = read(documents, path, parse_compose)
    if not isinstance(parsed, Compose):
        return ()
    for key in parsed.repeated:
        warn_repeated(documents, key.value, Location(path, key.line))
    return parsed.services


def _extended(documents: Documents, path: str, service: Service) -> Service:
    """A service with the image or recipe it takes from another file; paths there are relative to that file."""
    file, name = service.extends
    other = documents.resolve(path, file) if file else None
    if not other or service.image or service.context or not documents.exists(other):
        return service
    base = next((s for s in _services(documents, other) if s.name == name), service)
    context = posixpath.join(posixpath.dirname(file), base.context) if base.context else ""
    return replace(base, name=service.name, line=service.line, image_line=service.line, build_line=service.line,
                   context=context)  # fmt: skip


def images(documents: Documents) -> Iterator[Image]:
    """Every image a container starts from; an earlier stage of the same Dockerfile is none."""
    for path, dockerfile in dockerfiles(documents):
        for stage in dockerfile.stages:
            if not stage.inherits and stage.image != "scratch" and "$" not in stage.image:
                yield Image(stage.image, Location(path, stage.line, note=f"FROM {stage.image}"))
    yield from _in_manifests(documents)
    for path, service in compose_services(documents):
        if service.image and not service.image.startswith("$"):
            note = f"service {service.name} uses {service.image}"
            yield Image(service.image, Location(path, service.image_line, note=note))


def _in_manifests(documents: Documents) -> Iterator[Image]:
    """The images of Kubernetes manifests, of the templates of charts, and of their values."""
    for path in documents.matching(*MANIFESTS):
        text = documents.text(path) or ""
        is_values = posixpath.basename(path).startswith("values")
        if "image" in text and (is_values or _KUBERNETES.search(text)):
            for found in islice((_REPOSITORY if is_values else _IMAGE).finditer(text), _MOST_IMAGES):
                line = text.count("\n", 0, found.start(1)) + 1
                yield Image(found[1], Location(path, line, note=f"runs {found[1][:80]}"))


def entry_script(documents: Documents, path: str, dockerfile: Dockerfile) -> str:
    """The text of the script of the tree that a container starts with, or empty."""
    said = dockerfile.command.words if dockerfile.command else ()
    words = (word.strip("'\";") for part in said for word in part.split())
    named = next((posixpath.basename(word) for word in words if word.endswith((".sh", ".bash"))), "")
    scripts = [p for p in documents.matching(*_SCRIPTS) if posixpath.basename(p) == named]
    nearest = sorted(scripts, key=lambda p: (posixpath.dirname(p) != posixpath.dirname(path), p))
    return documents.text(nearest[0]) or "" if nearest else ""
