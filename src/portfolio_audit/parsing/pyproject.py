"""Declarations in TOML: pyproject.toml of every builder, Pipfile, pixi.toml, Julia's Project.toml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from portfolio_audit.errors import ParseError
from portfolio_audit.parsing.dependency import (
    MAX_DEPENDENCIES,
    Broken,
    Declaration,
    Dependency,
    Include,
    Pin,
    Stated,
    is_name,
    line_of,
    normalise,
    pin_of,
    read_requirement,
)
from portfolio_audit.parsing.toml import Table, parse_toml, string, strings, table

_FIXED_KEYS = frozenset({"rev", "tag", "commit"})
_FIXED_SOURCES = _FIXED_KEYS | {"path", "workspace"}


def parse_pyproject(text: str) -> Declaration:
    """Parse what a pyproject.toml declares: PEP 621, PEP 735, poetry, pdm, uv, hatch."""
    document = parse_toml(text)
    project, poetry = table(document, "project"), table(document, "tool", "poetry")
    flit, pixi = table(document, "tool", "flit", "metadata"), table(document, "tool", "pixi")
    standard, broken = read_requirements(text, islice(_standard(document), MAX_DEPENDENCIES))
    dependencies = [*_with_sources(standard, document)]
    for group in (*_poetry_groups(poetry), *_pixi_groups(pixi)):
        dependencies += islice(_versions(text, group), MAX_DEPENDENCIES)
    python = (
        string(project.get("requires-python"))
        or _version(table(poetry, "dependencies").get("python"))
        or string(flit.get("requires-python"))
        or _version(table(pixi, "dependencies").get("python"))
    )
    return Declaration(
        tuple(dependencies[:MAX_DEPENDENCIES]),
        tuple(_dynamic(document, text)),
        broken,
        _stated(text, python, "python"),
        package=normalise(string(project.get("name")) or string(poetry.get("name")) or string(flit.get("module"))),
    )


def read_requirements(text: str, written: Iterable[str]) -> tuple[tuple[Dependency, ...], tuple[Broken, ...]]:
    """Requirement strings with the lines they stand on in the text, and those that are none."""
    dependencies: list[Dependency] = []
    broken: list[Broken] = []
    for requirement in written:
        line = line_of(text, requirement)
        try:
            dependencies.append(read_requirement(requirement, line))
        except ParseError as error:
            broken.append(Broken(requirement[:80], line, error.reason))
    return tuple(dependencies), tuple(broken)


def parse_pipfile(text: str) -> Declaration:
    """Parse a Pipfile."""
    document = parse_toml(text)
    requires = table(document, "requires")
    python = string(requires.get("python_version")) or string(requires.get("python_full_version"))
    groups = (table(document, key) for key in document if key.endswith("packages"))
    found = [d for group in groups for d in islice(_versions(text, group), MAX_DEPENDENCIES)]
    return Declaration(tuple(found[:MAX_DEPENDENCIES]), python=_stated(text, python, "python_"))


def parse_pixi(text: str) -> Declaration:
    """Parse a pixi.toml."""
    document = parse_toml(text)
    python = _version(table(document, "dependencies").get("python"))
    found = [d for group in _pixi_groups(document) for d in islice(_versions(text, group), MAX_DEPENDENCIES)]
    return Declaration(tuple(found[:MAX_DEPENDENCIES]), python=_stated(text, python, "python"))


def parse_julia_project(text: str) -> Declaration:
    """Parse a Julia Project.toml."""
    document = parse_toml(text)
    bounds = table(document, "compat")
    found = [
        Dependency(normalise(name), line_of(text, name), Pin.BOUNDED if name in bounds else Pin.LOOSE)
        for name in table(document, "deps")
    ]
    julia = string(bounds.get("julia"))
    return Declaration(tuple(found[:MAX_DEPENDENCIES]), python=_stated(text, julia, "julia"))


def _standard(document: Table) -> Iterator[str]:
    """Requirement strings of every table that holds them."""
    project = table(document, "project")
    yield from strings(project.get("dependencies"))
    tool = table(document, "tool")
    groups = (
        table(project, "optional-dependencies"),
        table(document, "dependency-groups"),
        table(tool, "pdm", "dev-dependencies"),
    )
    for group in groups:
        for value in group.values():
            yield from strings(value)
    flit = table(tool, "flit", "metadata")
    for values in (table(tool, "uv").get("dev-dependencies"), table(tool, "rye").get("dev-dependencies")):
        yield from strings(values)
    for values in (flit.get("requires"), *table(flit, "requires-extra").values()):
        yield from strings(values)
    for environment in table(tool, "hatch", "envs").values():
        yield from strings(table(environment).get("dependencies"))
        yield from strings(table(environment).get("extra-dependencies"))


def _with_sources(dependencies: Iterable[Dependency], document: Table) -> Iterator[Dependency]:
    """The dependencies, those exact which uv takes from a commit, a tag or a folder of the project."""
    sources = {normalise(name): value for name, value in table(document, "tool", "uv", "sources").items()}
    for dependency in dependencies:
        fixed = _FIXED_SOURCES & set(table(sources.get(dependency.name)))
        yield Dependency(dependency.name, dependency.line, Pin.EXACT) if fixed else dependency


def _pixi_groups(pixi: Table) -> Iterator[Table]:
    for holder in (pixi, *table(pixi, "feature").values()):
        yield table(holder, "dependencies")
        yield table(holder, "pypi-dependencies")


def _poetry_groups(poetry: Table) -> Iterator[Table]:
    yield table(poetry, "dependencies")
    yield table(poetry, "dev-dependencies")
    for group in table(poetry, "group").values():
        yield table(group, "dependencies")


def _versions(text: str, group: Table) -> Iterator[Dependency]:
    """Dependencies of a table ``name = version`` or ``name = {version = …}``."""
    for name, value in group.items():
        if normalise(name) == "python" or not is_name(name):
            continue
        fixed = isinstance(value, dict) and bool(_FIXED_KEYS & set(value))
        pin = Pin.EXACT if fixed else pin_of(_version(value))
        yield Dependency(normalise(name), _line_of_key(text, name), pin)


def _version(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return string(table(value).get("version")) if isinstance(value, dict) else string(value)


def _line_of_key(text: str, name: str) -> int:
    starts = (line_of(text, f"\n{quote}{name}{quote}") for quote in ("", '"'))
    found = next((line for line in starts if line), 0)
    return found + 1 if found else line_of(text, name)


def _stated(text: str, python: str, key: str) -> Stated | None:
    if not python or python == "*":
        return None
    return Stated(python, line_of(text, python, max(text.find(key), 0)))


def _dynamic(document: Table, text: str) -> Iterator[Include]:
    """Requirement files that setuptools reads the dependencies from."""
    dynamic = table(document, "tool", "setuptools", "dynamic")
    for holder in (dynamic.get("dependencies"), *table(dynamic, "optional-dependencies").values()):
        source = table(holder).get("file")
        for path in [source] if isinstance(source, str) else strings(source):
            yield Include(path, line_of(text, path))
