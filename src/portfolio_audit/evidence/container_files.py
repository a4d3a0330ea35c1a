"""Where containers are described: Dockerfiles under any name and compose files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from portfolio_audit.errors import ParseError
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.faults import read
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.compose import Service, parse_compose
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
    """Every service of every compose file."""
    for path in documents.matching(*COMPOSE_FILES):
        parsed = read(documents, path, parse_compose)
        for service in () if parsed is None or isinstance(parsed, ParseError) else parsed:
            yield path, service


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
