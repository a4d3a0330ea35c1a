"""Where containers are described: Dockerfiles under any name and compose files."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.faults import read, warn_repeated
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.compose import Compose, Service, parse_compose
from portfolio_audit.parsing.dockerfile import Dockerfile, image_name, parse_dockerfile

DOCKERFILES = ("Dockerfile", "Dockerfile.*", "Dockerfile-*", "Dockerfile_*", "*.Dockerfile", "Containerfile")
COMPOSE_FILES = ("*compose*.yml", "*compose*.yaml")
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
    for path, service in compose_services(documents):
        if service.image and not service.image.startswith("$"):
            note = f"service {service.name} uses {service.image}"
            yield Image(service.image, Location(path, service.image_line, note=note))
