"""Requirement files of pip in all their dialects.

Source: https://pip.pypa.io/en/stable/reference/requirements-file-format/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from portfolio_audit.errors import ParseError, TooCostly
from portfolio_audit.parsing.dependency import (
    MAX_DEPENDENCIES,
    Broken,
    Declaration,
    Dependency,
    Include,
    Pin,
    normalise,
    read_requirement,
)

_COMMENT = re.compile(r"(?:^|\s)#.*$")
_INCLUDE = re.compile(r"(-r|--requirement|-c|--constraint)[\s=]+(\S+)")
_EDITABLE = re.compile(r"(?:-e|--editable)[\s=]+(\S+)")
_EGG = re.compile(r"[#&]egg=([\w.-]+)")
_OPTIONS = re.compile(r"\s--?[a-z]")
_REMOTE = re.compile(r"(?:git|hg|svn|bzr)\+|https?://")
_LOCAL_FILE = re.compile(r"@\s*file:|^file:", re.IGNORECASE)
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_VERSIONED = re.compile(r"@[0-9a-f]{7,40}\b|@v?\d|\.whl|\.tar\.gz|\.zip")
_VARIABLE = re.compile(r"\$\{[A-Z0-9_]{1,80}\}")
_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")
_CONDA_LINE = re.compile(r"([A-Za-z0-9_][\w.-]*)=(\d[\w.!+]*)(?:=([\w.]+))?")
CONDA_NOTE = "$ conda create --name"
_EXACT = re.compile(r"^[\w.-]+\s*(?:\[[^\]]{0,200}\])?\s*==\s*([\w.!+-]+)$")
_ZEROS = re.compile(r"(?:\.0)+$")
_SHOWN = 80
_MAX_LENGTH = 2_000


@dataclass(slots=True)
class _Gathered:
    dependencies: list[Dependency] = field(default_factory=list)
    includes: list[Include] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)
    hashes: int = 0
    exact: dict[str, tuple[str, int]] = field(default_factory=dict)
    """The one version that lines without a condition ask for, and on which line."""


def parse_requirements(text: str) -> Declaration:
    """Parse a requirements file; lines pip would refuse are kept as broken.

    Raises ParseError when the text is binary or has more lines than any requirement file.
    """
    if "\0" in text:
        raise ParseError("is not text")
    gathered = _Gathered()
    for_conda = CONDA_NOTE in text
    for line, content in _logical_lines(text):
        if len(gathered.dependencies) + len(gathered.broken) >= MAX_DEPENDENCIES:
            raise TooCostly(f"has more than {MAX_DEPENDENCIES:,} requirements", line=line)
        if conda := _CONDA_LINE.fullmatch(content):
            _take_conda(gathered, conda, line, valid=for_conda)
        else:
            _take(gathered, content, line)
    hashed = bool(gathered.dependencies) and gathered.hashes >= len(gathered.dependencies)
    return Declaration(tuple(gathered.dependencies), tuple(gathered.includes), tuple(gathered.broken), hashed=hashed)


def _logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines with continuations joined and comments cut, under the number of their first line."""
    first, parts = 0, list[str]()
    for number, raw in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        parts = parts if first else []
        parts.append(raw)
        first = first or number
        if raw.endswith("\\") and not _COMMENT.search(raw):
            parts[-1] = raw[:-1]
            continue
        joined = " ".join(_COMMENT.sub("", part) for part in parts)[:_MAX_LENGTH].strip()
        if joined:
            yield first, joined
        first = 0
    if first and (rest := " ".join(parts)[:_MAX_LENGTH].strip()):
        yield first, rest


def _take(gathered: _Gathered, content: str, line: int) -> None:
    include = _INCLUDE.match(content)
    editable = _EDITABLE.match(content)
    if include:
        gathered.includes.append(Include(include[2], line, include[1] in {"-c", "--constraint"}))
    elif editable:
        _take_url(gathered, editable[1], line)
    elif content.startswith("-"):
        return
    elif _LOCAL_FILE.search(content) or _DRIVE.match(content):
        _take_local_file(gathered, content, line)
    elif _REMOTE.match(content):
        _take_url(gathered, content.split(maxsplit=1)[0], line)
    elif not content.startswith((".", "/")):
        _take_requirement(gathered, content, line)


def _take_requirement(gathered: _Gathered, content: str, line: int) -> None:
    gathered.hashes += "--hash" in content
    if _VARIABLE.search(content) and (named := _NAME.match(content)):
        gathered.dependencies.append(Dependency(normalise(named[0]), line))
        return
    bare = _OPTIONS.split(content, maxsplit=1)[0].strip()
    try:
        dependency = read_requirement(bare, line)
    except ParseError as error:
        gathered.broken.append(Broken(content[:_SHOWN], line, error.reason))
    else:
        gathered.dependencies.append(dependency)
        _take_exact(gathered, dependency.name, bare, line)


def _take_exact(gathered: _Gathered, name: str, content: str, line: int) -> None:
    """A second exact version of a distribution can never be installed beside the first."""
    if found := _EXACT.search(content):
        version, first = gathered.exact.setdefault(name, (found[1], line))
        if _ZEROS.sub("", version) != _ZEROS.sub("", found[1]):
            gathered.broken.append(Broken(content[:_SHOWN], line, f"asks for another version than line {first}"))


def _take_conda(gathered: _Gathered, found: re.Match[str], line: int, *, valid: bool) -> None:
    """``name=1.2=build`` is what conda lists; only conda installs it, and Python itself is no package of pip's."""
    if not valid:
        gathered.broken.append(Broken(found[0][:_SHOWN], line, "is written for conda"))
    if not found[1].startswith("_"):
        gathered.dependencies.append(Dependency(normalise(found[1]), line, Pin.EXACT))


def _take_url(gathered: _Gathered, url: str, line: int) -> None:
    named = _EGG.search(url) or re.search(r"/([\w.-]+?)(?:\.git)?(?:@[^/]*)?(?:#.*)?$", url)
    if _REMOTE.match(url) and named:
        pin = Pin.EXACT if _VERSIONED.search(url) else Pin.LOOSE
        gathered.dependencies.append(
            Dependency(normalise(named[1].split("-")[0] if ".whl" in url else named[1]), line, pin)
        )


def _take_local_file(gathered: _Gathered, content: str, line: int) -> None:
    """``name @ file:///…`` names what is needed, but only the machine that wrote it can install it."""
    gathered.broken.append(Broken(content[:_SHOWN], line, "points at a file of the author's machine"))
    name = content.partition("@")[0].strip()
    if name and re.fullmatch(r"[\w.-]+", name):
        gathered.dependencies.append(Dependency(normalise(name), line))
