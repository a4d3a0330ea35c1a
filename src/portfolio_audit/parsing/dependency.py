"""Declared dependencies: the shape that every format of declaration is read into."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, Specifier, SpecifierSet

from portfolio_audit.errors import ParseError

MAX_DEPENDENCIES = 2_000
_MAX_LENGTH = 500
_SEPARATORS = re.compile(r"[-_.]+")
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?\Z")
_FIXED_URL = re.compile(r"@[0-9a-f]{7,40}\b|@v?\d+[.\d]*\b|\.whl\b|\.tar\.gz\b|\.zip\b")


class Pin(Enum):
    """How closely a version is fixed; the value is the share of a pin it counts as.

    A range with a lower and an upper bound counts half: it narrows what is installed but does not say what was used.
    """

    LOOSE = 0.0
    BOUNDED = 0.5
    EXACT = 1.0


@dataclass(frozen=True, slots=True)
class Dependency:
    """One declared distribution, by its normalised name (PEP 503)."""

    name: str
    line: int
    pin: Pin = Pin.LOOSE


@dataclass(frozen=True, slots=True)
class Include:
    """Another file that is part of the declaration; a constraint file pins without installing."""

    path: str
    line: int
    constraint: bool = False


@dataclass(frozen=True, slots=True)
class Broken:
    """A line no installer could act upon on another machine."""

    text: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Stated:
    """A value somebody wrote down, and where."""

    value: str
    line: int


@dataclass(frozen=True, slots=True)
class Declaration:
    """What one file says about the environment."""

    dependencies: tuple[Dependency, ...] = ()
    includes: tuple[Include, ...] = ()
    broken: tuple[Broken, ...] = ()
    python: Stated | None = None
    hashed: bool = False
    package: str = ""

    @property
    def empty(self) -> bool:
        """Whether the file declares nothing to install."""
        return not (self.dependencies or self.includes or self.broken)


def normalise(name: str) -> str:
    """The name of a distribution as PEP 503 compares it."""
    return _SEPARATORS.sub("-", name.strip()).lower()


def is_name(text: str) -> bool:
    """Whether the text can be the name of a distribution."""
    return len(text) <= _MAX_LENGTH and _NAME.match(text) is not None


def read_requirement(text: str, line: int) -> Dependency:
    """Read a PEP 508 requirement; raises ParseError for what is none."""
    if len(text) > _MAX_LENGTH:
        raise ParseError("is too long for a requirement", line=line)
    try:
        requirement = Requirement(text)
    except (InvalidRequirement, ValueError):
        raise ParseError("is not a valid requirement", line=line) from None
    url = requirement.url or ""
    pin = _pin_of_url(url) if url else pin_of(str(requirement.specifier))
    return Dependency(normalise(requirement.name), line, pin)


def pin_of(specifier: str) -> Pin:
    """How closely a version specifier fixes the version: PEP 440, and the carets and bare versions of other tools."""
    text = specifier.strip().strip("\"'")
    if not text or text in {"*", "latest"}:
        return Pin.LOOSE
    if text[0].isdigit():
        return Pin.BOUNDED if "*" in text else Pin.EXACT
    if text[0] in "^~" and not text.startswith("~="):
        return Pin.BOUNDED
    try:
        return _pin_of_parts(list(SpecifierSet(text[:_MAX_LENGTH])))
    except InvalidSpecifier:
        return Pin.LOOSE


def _pin_of_parts(parts: list[Specifier]) -> Pin:
    operators = {p.operator for p in parts}
    if any(p.operator == "===" or (p.operator == "==" and "*" not in p.version) for p in parts):
        return Pin.EXACT
    both = operators & {"<", "<="} and operators & {">", ">="}
    return Pin.BOUNDED if both or operators & {"~=", "=="} else Pin.LOOSE


def line_of(text: str, wanted: str, start: int = 0) -> int:
    """The line on which a string first stands at or after offset ``start``, or 0."""
    offset = text.find(wanted, start) if wanted else -1
    return text.count("\n", 0, offset) + 1 if offset >= 0 else 0


def _pin_of_url(url: str) -> Pin:
    return Pin.EXACT if _FIXED_URL.search(url) else Pin.LOOSE
