"""The declared environment: what must be installed, how exactly it is fixed, and for which Python."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from portfolio_audit.evidence import declarations
from portfolio_audit.evidence.container_files import COMPOSE_FILES, DOCKERFILES
from portfolio_audit.evidence.declarations import TOLD_BY_CONTENT, Declarations, Declared, gather
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.image_installs import image_installs
from portfolio_audit.evidence.installing import READMES, by_hand
from portfolio_audit.evidence.listed import listed
from portfolio_audit.evidence.pins import pins, served_share
from portfolio_audit.evidence.python_versions import (
    VERSION_FILES,
    WORKFLOWS,
    misread_versions,
    python_versions,
)
from portfolio_audit.evidence.undeclared import undeclared_imports
from portfolio_audit.model.fact import Fact, FactSpec, FactType
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.dependency import Broken

_CODE_FILES = ("*.py", "*.ipynb")
WANTS = (
    *declarations.WANTS,
    *TOLD_BY_CONTENT,
    *VERSION_FILES,
    *DOCKERFILES,
    *COMPOSE_FILES,
    *_CODE_FILES,
    *READMES,
    *WORKFLOWS,
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
        reads=READMES,
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
    FactSpec(
        "environment.served_share",
        FactType.NUMBER,
        "Share of the code whose nearest declaration has exact versions or a lock.",
        "share",
        reads=_DECLARES,
    ),
    FactSpec("environment.unpinned", FactType.NAMES, "Declared dependencies without a version.", reads=_DECLARES),
    FactSpec("environment.lockfile", FactType.FLAG, "A lock file, or requirements with hashes.", reads=_DECLARES),
    FactSpec(
        "environment.python_version",
        FactType.FLAG,
        "The version of Python (or R) is stated.",
        reads=(*_DECLARES, *VERSION_FILES),
    ),
    FactSpec(
        "environment.python_mentioned",
        FactType.FLAG,
        "A README's words or a notebook's kernel name a version of Python.",
        reads=READMES,
    ),
    FactSpec(
        "environment.broken_line", FactType.NAMES, "Lines that no installer can act upon elsewhere.", reads=_DECLARES
    ),
    FactSpec(
        "environment.personal_line",
        FactType.NAMES,
        "Lines that name a folder of the author's machine, which installers pass over.",
        reads=_DECLARES,
    ),
    FactSpec(
        "environment.uninstallable",
        FactType.NAMES,
        "Files an image installs from that are missing, or that no installer accepts.",
        reads=DOCKERFILES,
    ),
    FactSpec(
        "environment.installable_image",
        FactType.FLAG,
        "A Dockerfile that installs from nothing of the kind, beside one that does.",
        reads=DOCKERFILES,
    ),
    FactSpec("environment.listed", FactType.NAMES, "Imported packages that only a README lists.", reads=READMES),
    FactSpec("environment.empty", FactType.NAMES, "Requirement files that require nothing.", reads=_DECLARES),
    FactSpec(
        "environment.undeclared",
        FactType.NAMES,
        "Imported modules that no declared distribution gives.",
        reads=_CODE_FILES,
    ),
    FactSpec(
        "environment.unserved",
        FactType.NAMES,
        "Files that fit a model and import what no declaration gives.",
        reads=("*.py",),
    ),
)

_MOST_BROKEN = 50


def extract(documents: Documents) -> Iterator[Fact]:
    """Give what the repository declares, and what it imports without declaring."""
    found = documents.once(gather)
    yield from _declared(found, documents)
    yield from pins(found)
    yield from served_share(documents, found)
    yield from python_versions(documents, found)
    yield from _broken(found, documents)
    yield from by_hand(documents)
    yield from image_installs(documents, found)
    if not found.locks and not any(file.declaration.dependencies for file in found.files):
        yield from listed(documents)
    yield from undeclared_imports(documents, found)


def _declared(found: Declarations, documents: Documents) -> Iterator[Fact]:
    for file in found.files:
        for dependency in file.declaration.dependencies:
            at = Location(file.path, dependency.line, note=f"declares {dependency.name}")
            yield Fact("environment.dependencies", dependency.name, at)
        if file.misnamed and not file.declaration.empty:
            note = "pip users look for requirements.txt"
            yield Fact("environment.misnamed", posixpath.basename(file.path), Location(file.path, note=note))
        elif file.declaration.empty and file.path.lower().endswith((".txt", ".in")):
            yield Fact("environment.empty", file.path, Location(file.path, note="requires nothing"))
        elif _says_something(file):
            note = f"dependencies declared: {len(file.declaration.dependencies)}"
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


def _broken(found: Declarations, documents: Documents) -> Iterator[Fact]:
    system = {d for tool in documents.vocabulary.serving("operating-system") for d in tool.distributions}
    broken = [(file.path, b) for file in found.files for b in file.declaration.broken] + list(found.faults)
    broken += [
        (p, Broken(text, line, f"is read as {text[-4:-1]} without quotes"))
        for p, line, text in misread_versions(documents)
    ]
    for path, line in broken[:_MOST_BROKEN]:
        fact_id = "environment.personal_line" if line.text.startswith("prefix:") else "environment.broken_line"
        yield Fact(fact_id, line.text, Location(path, line.line, note=line.reason))
    for file in found.files:
        for dependency in file.declaration.dependencies:
            if dependency.name in system:
                note = "belongs to an operating system and cannot be installed"
                yield Fact("environment.broken_line", dependency.name, Location(file.path, dependency.line, note=note))
