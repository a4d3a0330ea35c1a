"""The declared environment: what must be installed, how exactly it is fixed, and for which Python."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from portfolio_audit.evidence import declarations
from portfolio_audit.evidence.container_files import COMPOSE_FILES, DOCKERFILES, images
from portfolio_audit.evidence.declarations import Declarations, Declared, gather, installed
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.undeclared import undeclared_imports
from portfolio_audit.model.fact import Fact, FactSpec, FactType
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.dependency import Dependency, Pin
from portfolio_audit.parsing.shell import parse_shell
from portfolio_audit.parsing.workflow import parse_github

_CODE_FILES = ("*.py", "*.ipynb")
_PYTHON_FILES = (".python-version", "runtime.txt", ".tool-versions", "mise.toml", ".mise.toml")
_READMES = ("README*.md", "README*.markdown")
_WORKFLOWS = ("/.github/workflows/*.yml", "/.github/workflows/*.yaml")
WANTS = (
    *declarations.WANTS,
    *_PYTHON_FILES,
    *DOCKERFILES,
    *COMPOSE_FILES,
    *_CODE_FILES,
    *_READMES,
    *_WORKFLOWS,
    "package.json",
)

_DECLARES = (*declarations.WANTS, *DOCKERFILES)
FACTS = (
    FactSpec("environment.declared", FactType.FLAG, "A file declares what must be installed.", reads=_DECLARES),
    FactSpec("environment.misnamed", FactType.NAMES, "A requirements file under a misspelled name.", reads=_DECLARES),
    FactSpec(
        "environment.installed_by_hand",
        FactType.NAMES,
        "Distributions that only an install command names.",
        reads=_READMES,
    ),
    FactSpec(
        "environment.dependencies",
        FactType.NAMES,
        "Declared distributions, names as PEP 503 compares them.",
        reads=_DECLARES,
    ),
    FactSpec(
        "environment.declared_count",
        FactType.NUMBER,
        "How many dependencies are declared.",
        "dependencies",
        reads=_DECLARES,
    ),
    FactSpec(
        "environment.unpinned_count",
        FactType.NUMBER,
        "How many of them have no version.",
        "dependencies",
        reads=_DECLARES,
    ),
    FactSpec(
        "environment.pinned_share",
        FactType.NUMBER,
        "Share of declared dependencies with an exact version; a range with both bounds counts half.",
        "share",
        reads=_DECLARES,
    ),
    FactSpec("environment.unpinned", FactType.NAMES, "Declared dependencies without a version.", reads=_DECLARES),
    FactSpec("environment.lockfile", FactType.FLAG, "A lock file, or requirements with hashes.", reads=_DECLARES),
    FactSpec(
        "environment.python_version",
        FactType.FLAG,
        "The version of Python (or R) is stated.",
        reads=(*_DECLARES, *_PYTHON_FILES),
    ),
    FactSpec(
        "environment.broken_line", FactType.NAMES, "Lines that no installer can act upon elsewhere.", reads=_DECLARES
    ),
    FactSpec(
        "environment.undeclared",
        FactType.NAMES,
        "Imported modules that no declared distribution gives.",
        reads=_CODE_FILES,
    ),
)

_NOT_COUNTED = frozenset(
    {"pip", "setuptools", "wheel", "python", "nodefaults", "pipenv", "poetry", "uv", "pip-tools", "virtualenv", "pdm"}
)
_VERSION = re.compile(r"\d")
_PYTHON_IMAGE = re.compile(
    r"(?:^|/)(?:python:v?\d|[^:]*:[^:]*python-?\d|r-ver:\d|r-base:\d|tensorflow[^:]*:\d|pytorch[^:]*:\d)"
)
_PYTHON_COMMAND = re.compile(
    r"\bpython\s*={1,2}\s*\d[\d.]*|\bpython3?\.\d+\b|--python[ =]\d[\d.]*|\bpyenv (?:install|local) \d[\d.]*"
)
_MOST_BROKEN = 50
_LONGEST = 500


def extract(documents: Documents) -> Iterator[Fact]:
    """Give what the repository declares, and what it imports without declaring."""
    found = gather(documents)
    yield from _declared(found, documents)
    yield from _pins(found)
    yield from _locks(found)
    yield from _python_versions(found, documents)
    yield from _broken(found, documents)
    yield from _by_hand(documents)
    yield from undeclared_imports(documents, found)


def _declared(found: Declarations, documents: Documents) -> Iterator[Fact]:
    for file in found.files:
        for dependency in file.declaration.dependencies:
            at = Location(file.path, dependency.line, note=f"declares {dependency.name}")
            yield Fact("environment.dependencies", dependency.name, at)
        if file.misnamed and not file.declaration.empty:
            note = "pip users look for requirements.txt"
            yield Fact("environment.misnamed", posixpath.basename(file.path), Location(file.path, note=note))
        elif _says_something(file):
            note = f"declares {len(file.declaration.dependencies)} dependencies"
            yield Fact("environment.declared", at=Location(file.path, note=note))
    for lock in found.locks:
        yield Fact("environment.declared", at=Location(lock.path, note="lock file"))
    yield from _of_javascript(documents)


def _says_something(file: Declared) -> bool:
    declaration = file.declaration
    return not file.pins_only and bool(
        declaration.dependencies or declaration.includes or (declaration.package and declaration.python)
    )


def _of_javascript(documents: Documents) -> Iterator[Fact]:
    """A package.json declares the environment only where there is no code of another kind."""
    if not documents.matching(*_CODE_FILES, "*.R", "*.Rmd", "*.jl"):
        for path in documents.matching("package.json"):
            if '"dependencies"' in (documents.text(path) or ""):
                yield Fact("environment.declared", at=Location(path, note="declares JavaScript dependencies"))


def _pins(found: Declarations) -> Iterator[Fact]:
    best: dict[tuple[str, str], tuple[Dependency, str]] = {}
    declared: set[tuple[str, str]] = set()
    for file in found.files:
        for dependency in file.declaration.dependencies:
            key = (file.folder, dependency.name)
            if not file.pins_only and dependency.name not in _NOT_COUNTED:
                declared.add(key)
            pin = Pin.EXACT if _is_locked(found, file.folder, dependency.name) else dependency.pin
            if key not in best or pin.value > best[key][0].pin.value:
                best[key] = Dependency(dependency.name, dependency.line, pin), file.path
    counted = [best[key] for key in sorted(declared) if not _pinned_elsewhere(found, best[key])]
    unpinned = [(d, path) for d, path in counted if d.pin is Pin.LOOSE]
    if counted:
        yield Fact("environment.declared_count", len(counted))
        yield Fact("environment.unpinned_count", len(unpinned))
        yield Fact("environment.pinned_share", round(sum(d.pin.value for d, _ in counted) / len(counted), 4))
    for dependency, path in unpinned:
        yield Fact("environment.unpinned", dependency.name, Location(path, dependency.line, note="has no version"))


def _pinned_elsewhere(found: Declarations, declared: tuple[Dependency, str]) -> bool:
    """What an image installs by bare name, for code whose own declaration already pins it."""
    dependency, path = declared
    if dependency.pin is Pin.EXACT or not any(f.in_image and f.path == path for f in found.files):
        return False
    return any(
        d.name == dependency.name and d.pin is Pin.EXACT for f in found.files for d in f.declaration.dependencies
    )


def _is_locked(found: Declarations, folder: str, name: str) -> bool:
    return any(lock.folder == folder and (lock.names is None or name in lock.names) for lock in found.locks)


def _locks(found: Declarations) -> Iterator[Fact]:
    for lock in found.locks:
        note = "lock file" if lock.names is None else f"fixes {len(lock.names)} distributions"
        yield Fact("environment.lockfile", at=Location(lock.path, note=note))
    for file in found.files:
        if file.declaration.hashed:
            yield Fact("environment.lockfile", at=Location(file.path, note="requirements with hashes"))


def _python_versions(found: Declarations, documents: Documents) -> Iterator[Fact]:
    for at in (
        *_stated(found),
        *_in_files(documents),
        *_in_images(documents),
        *_in_jobs(documents),
        *_in_steps(documents),
    ):
        yield Fact("environment.python_version", at=at)


def _stated(found: Declarations) -> Iterator[Location]:
    for file in found.files:
        python = file.declaration.python
        if python and _VERSION.search(python.value):
            yield Location(file.path, python.line, note=f"states Python {python.value[:40]}")


def _in_files(documents: Documents) -> Iterator[Location]:
    for path in documents.matching(*_PYTHON_FILES):
        text = documents.text(path) or ""
        if match := re.search(r"python\D{0,6}\d|^\s*\d", text):
            line = text.count("\n", 0, match.end()) + 1
            note = f"states Python {text.strip()[:20]}" if len(text) < len("python-3.11.10 ") else "states Python"
            yield Location(path, line, note=note)
    for path in documents.matching("Pipfile.lock"):
        if '"python_version"' in (documents.text(path) or ""):
            yield Location(path, note="states the version of Python")


def _in_images(documents: Documents) -> Iterator[Location]:
    for image in images(documents):
        if _PYTHON_IMAGE.search(image.reference[:200]):
            yield Location(image.at.path, image.at.line, note=f"starts from {image.reference[:60]}")


def _in_jobs(documents: Documents) -> Iterator[Location]:
    for path in documents.matching(*_WORKFLOWS):
        text = documents.text(path)
        if (text and "setup-python" in text) or (text and "setup-uv" in text):
            yield from _set_up(documents, path)


def _set_up(documents: Documents, path: str) -> Iterator[Location]:
    workflow = documents.parsed(path, parse_github)
    for job in workflow.jobs if workflow else ():
        for step in job.steps:
            if step.given("python-version"):
                yield Location(path, step.line, note=f"sets up Python {step.given('python-version')[:20]}")


def _in_steps(documents: Documents) -> Iterator[Location]:
    """Versions in the commands of the README: ``conda create -n x python=3.9``."""
    for path, line, text in _readme_commands(documents):
        if match := _PYTHON_COMMAND.search(text):
            yield Location(path, line, note=f"sets up {match[0][:40]}")


def _readme_commands(documents: Documents) -> Iterator[tuple[str, int, str]]:
    for path in documents.matching(*_READMES):
        markdown = documents.markdown(path)
        for section in markdown.sections if markdown else ():
            for code in section.code:
                for offset, line in enumerate(code.text.split("\n")):
                    yield path, code.line + offset, line[:_LONGEST].lstrip("$>% ")


def _broken(found: Declarations, documents: Documents) -> Iterator[Fact]:
    system = {d for tool in documents.vocabulary.serving("operating-system") for d in tool.distributions}
    broken = [(file.path, b) for file in found.files for b in file.declaration.broken] + list(found.faults)
    for path, line in broken[:_MOST_BROKEN]:
        yield Fact("environment.broken_line", line.text, Location(path, line.line, note=line.reason))
    for file in found.files:
        for dependency in file.declaration.dependencies:
            if dependency.name in system:
                note = "belongs to an operating system and cannot be installed"
                yield Fact("environment.broken_line", dependency.name, Location(file.path, dependency.line, note=note))


def _by_hand(documents: Documents) -> Iterator[Fact]:
    """Distributions that a README tells to install one by one."""
    for path, line, text in _readme_commands(documents):
        for command in parse_shell(text, line):
            for dependency in installed(command):
                note = f"is installed by hand: {dependency.name}"
                yield Fact("environment.installed_by_hand", dependency.name, Location(path, line, note=note))
