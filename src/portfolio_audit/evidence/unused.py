"""Declared packages that nothing uses: a list of names that were collected rather than needed.

Only packages without a version are looked at, since a ``pip freeze`` lists what others need. A package counts as used
when any code imports it, or when a container, workflow, Makefile or script names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_audit.evidence.declarations import gather
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.undeclared import wanted_distributions
from portfolio_audit.model.fact import Fact, FactSpec, FactType
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Unavailable
from portfolio_audit.parsing.dependency import Pin

_NAMING = (
    "Dockerfile*",
    "*.Dockerfile",
    "*compose*.y*ml",
    ".github/workflows/*",
    "Makefile",
    "*.sh",
    "Procfile",
    "tox.ini",
    "noxfile.py",
)
WANTS = ("*.py", "*.ipynb", *_NAMING)
_READS = ("requirements*.txt", "pyproject.toml")
FACTS = (
    FactSpec(
        "environment.unused", FactType.NAMES, "Packages declared without a version that nothing uses.", reads=_READS
    ),
    FactSpec("environment.unused_share", FactType.NUMBER, "Their share of those declared so.", "share", reads=_READS),
)

_HELPERS = re.compile(r"jupyter.*|ipy.*|nb.*|pytest.*|psycopg.*|.*-stubs|types-.*")
"""Families of packages that work without being imported; single ones are in the vocabulary."""
_MOST_TEXT = 50_000
_FEW = 0.4
"""Code that could not be read can only lower the share: below this nothing more need be known."""


def extract(documents: Documents) -> Iterator[Fact]:
    """Give what is declared, loosely, and used nowhere."""
    loose = _loose(documents)
    if not loose:
        return
    wanted = wanted_distributions(documents)
    named = set(re.findall(r"[\w.-]+", _texts(documents)))
    unused = [name for name in loose if name not in named and name not in wanted]
    share = len(unused) / len(loose)
    missed = next(iter(documents.missed.items()), None)
    if missed and share > _FEW:
        reason = Unavailable(f"{missed[0]} could not be read, and may use them: {missed[1]}")
        yield from (Fact(spec.id, reason, Location(missed[0])) for spec in FACTS)
        return
    yield from (Fact("environment.unused", name, loose[name]) for name in unused)
    yield Fact("environment.unused_share", share)


def _loose(documents: Documents) -> dict[str, Location]:
    """Where each dependency is declared that nothing pins and that is of no use but to be imported."""
    helpers = {d for tool in documents.vocabulary.serving("helper", "linting") for d in tool.distributions}
    return {
        dependency.name: Location(file.path, dependency.line, note="nothing uses it")
        for file in documents.once(gather).files
        for dependency in file.declaration.dependencies
        if dependency.pin is Pin.LOOSE and not file.in_image and not _helps(dependency.name, helpers)
    }


def _helps(name: str, helpers: set[str]) -> bool:
    return name in helpers or _HELPERS.fullmatch(name) is not None


def _texts(documents: Documents) -> str:
    found = (documents.text(path) or "" for path in documents.matching(*_NAMING)[:60])
    return " ".join(text[:_MOST_TEXT].lower().replace("_", "-") for text in found)
