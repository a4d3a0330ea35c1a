"""Whether images can install what they are told to: from a file that is there and that an installer accepts."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from portfolio_audit.evidence.container_files import dockerfiles
from portfolio_audit.evidence.declarations import Declarations
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.model.fact import Fact
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.dockerfile import Dockerfile
from portfolio_audit.parsing.shell import Command, parse_shell

_NAMING = ("-r", "--requirement", "-f", "--file")
_INSTALLERS = ("pip install", "pip3 install", "uv pip", "conda env", "mamba env", "conda install", "micromamba")
_LOCKED = (
    ("pipenv sync", "", "Pipfile.lock"),
    ("pipenv install", "--deploy", "Pipfile.lock"),
    ("pipenv install", "--ignore-pipfile", "Pipfile.lock"),
    ("pipenv install", "", "Pipfile"),
    ("uv sync", "--frozen", "uv.lock"),
    ("uv sync", "--locked", "uv.lock"),
    ("poetry install", "", "pyproject.toml"),
    ("pdm sync", "", "pdm.lock"),
)
"""Commands that install from a file they do not name, with the option that makes them need it."""


def image_installs(documents: Documents, found: Declarations) -> Iterator[Fact]:
    """Give every installation in a Dockerfile that cannot succeed and, beside such, the Dockerfiles where all can."""
    faulty = _faulty(found)
    failing = {path: list(_failing(documents, path, dockerfile, faulty)) for path, dockerfile in dockerfiles(documents)}
    yield from (fact for facts in failing.values() for fact in facts)
    if any(failing.values()):
        for path in (path for path, facts in failing.items() if not facts):
            yield Fact("environment.installable_image", at=Location(path, note="installs from files that are there"))


def _failing(documents: Documents, path: str, dockerfile: Dockerfile, faulty: Mapping[str, str]) -> Iterator[Fact]:
    for name, line in _installed_from(dockerfile):
        if fault := _fault(documents, path, name, faulty):
            at = Location(path, line, note=f"installs from {name[:60]}, which {fault}")
            yield Fact("environment.uninstallable", name, at)


def _faulty(found: Declarations) -> dict[str, str]:
    """Why an installer would refuse a file, by its path."""
    faults = {path: broken.reason for path, broken in found.faults}
    for file in found.files:
        refused = [b for b in file.declaration.broken if not b.text.startswith("prefix:")]
        if refused:
            faults[file.path] = f"has a line that no installer accepts: {refused[0].text}"
    return faults


def _installed_from(dockerfile: Dockerfile) -> Iterator[tuple[str, int]]:
    for run in dockerfile.every("RUN"):
        for command in parse_shell(run.value, run.line):
            yield from ((name, command.line) for name in _named(command))


def _named(command: Command) -> Iterator[str]:
    """The files that a command installs from."""
    if any(command.starts(words) for words in _INSTALLERS):
        following = zip(command.words, command.words[1:], strict=False)
        yield from (value for option, value in following if option in _NAMING and "$" not in value and "." in value)
        return
    needed = (file for words, option, file in _LOCKED if command.starts(words) and option in {"", *command.words})
    yield from list(needed)[:1]


def _fault(documents: Documents, path: str, name: str, faulty: Mapping[str, str]) -> str:
    """What is wrong with a file that an image installs from; empty if nothing is."""
    if "://" in name or "*" in name:
        return ""
    last = posixpath.basename(name)
    folder = posixpath.dirname(path)
    while not documents.exists(posixpath.join(folder, last)) and folder:
        folder = posixpath.dirname(folder)
    nearest = posixpath.join(folder, last)
    if documents.exists(nearest):
        return faulty.get(nearest, "")
    below = [p for p in documents.files if posixpath.basename(p) == last]
    if not below:
        return "" if _is_made(documents, last) else "is not in the tree"
    return next((faulty[p] for p in below if p in faulty), "")


def _is_made(documents: Documents, name: str) -> bool:
    """Whether some command of the Dockerfiles writes the file first."""
    return any(
        name in run.value and (f"> {name}" in run.value or f">{name}" in run.value or f"-o {name}" in run.value)
        for _, dockerfile in dockerfiles(documents)
        for run in dockerfile.every("RUN", "COPY", "ADD")
    )
