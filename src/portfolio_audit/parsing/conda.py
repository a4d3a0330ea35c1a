"""Declarations in YAML: conda environments and bentofiles; and R's DESCRIPTION."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
    normalise,
    pin_of,
)
from portfolio_audit.parsing.requirements import parse_requirements
from portfolio_audit.parsing.yaml import YamlList, YamlMap, YamlNode, YamlText, parse_yaml

_MATCH_SPEC = re.compile(r"(?:[\w.-]+::)?([\w.-]+)\s*(?:\[[^\]]*\])?\s*(.*)")
_FIELD = re.compile(r"(Imports|Depends|Suggests|LinkingTo):\s*(.*)")
_R_VERSION = re.compile(r"\bR \([>=< ]{1,4}\d[\d.]{0,10}\)")
_R_PACKAGE = re.compile(r"\s*([A-Za-z][\w.]*)\s*(\([^)]*\))?")


def parse_conda(text: str) -> Declaration:
    """Parse a conda environment file, with the pip section that may be in it."""
    document = _first_map(text)
    dependencies: list[Dependency] = []
    broken: list[Broken] = []
    includes: list[Include] = []
    version = document.get("python")
    python = Stated(version.value, version.line) if isinstance(version, YamlText) and version.value else None
    prefix = document.get("prefix")
    if isinstance(prefix, YamlText) and prefix.value:
        broken.append(Broken(f"prefix: {prefix.value}"[:80], prefix.line, "is a folder of the author's machine"))
    for item in _items(document.get("dependencies")):
        if isinstance(item, YamlText):
            found = _match_spec(item)
            if found and found.name == "python":
                python = Stated(item.value, item.line) if re.search(r"\d", item.value) else None
            elif found:
                dependencies.append(found)
            elif item.value.startswith(("-r ", "-c ")):
                includes += _requirements((item,)).includes
        elif isinstance(item, YamlMap):
            pip = _requirements(_items(item.get("pip")))
            dependencies += pip.dependencies
            broken += pip.broken
            includes += pip.includes
    return Declaration(tuple(dependencies[:MAX_DEPENDENCIES]), tuple(includes), tuple(broken), python)


def parse_bentofile(text: str) -> Declaration:
    """Parse the Python part of a bentofile."""
    document = _first_map(text)
    packages = _requirements(_items(document.get("python", "packages")))
    file = document.get("python", "requirements_txt")
    includes = (Include(file.value, file.line),) if isinstance(file, YamlText) and file.value else ()
    version = document.get("docker", "python_version")
    python = Stated(version.value, version.line) if isinstance(version, YamlText) and version.value else None
    return Declaration(packages.dependencies, includes, packages.broken, python)


def parse_description(text: str) -> Declaration:
    """Parse the dependencies of an R package's DESCRIPTION."""
    found: list[Dependency] = []
    inside = False
    language = _R_VERSION.search(text)
    stated = Stated(language[0], text.count("\n", 0, language.start()) + 1) if language else None
    for number, line in enumerate(text.split("\n"), 1):
        field = _FIELD.match(line)
        inside = bool(field) or (inside and line[:1] in {" ", "\t"})
        if inside:
            found += _r_packages(field[2] if field else line, number)
        if len(found) > MAX_DEPENDENCIES:
            break
    return Declaration(tuple(found[:MAX_DEPENDENCIES]), python=stated)


def _r_packages(listed: str, line: int) -> Iterator[Dependency]:
    for part in listed.split(","):
        match = _R_PACKAGE.match(part)
        if match and match[1] != "R":
            yield Dependency(normalise(match[1]), line, Pin.EXACT if "==" in (match[2] or "") else Pin.LOOSE)


def _first_map(text: str) -> YamlMap:
    document = next(iter(parse_yaml(text)), None)
    if not isinstance(document, YamlMap):
        raise ParseError("is not a YAML mapping")
    return document


def _items(node: YamlNode | None) -> tuple[YamlNode, ...]:
    return node.items if isinstance(node, YamlList) else ()


def _match_spec(item: YamlText) -> Dependency | None:
    """Read ``channel::name=version=build`` and the other forms of a conda match specification."""
    match = _MATCH_SPEC.match(item.value[:300])
    if not match or not is_name(match[1]):
        return None
    return Dependency(normalise(match[1]), item.line, _conda_pin(match[2].strip()))


def _conda_pin(version: str) -> Pin:
    """``=1.21`` matches only 1.21.*, which is as close as conda's own exports go."""
    if version.startswith("=") and not version.startswith("=="):
        return Pin.EXACT if "." in version or version.count("=") > 1 else Pin.BOUNDED
    return pin_of(version.split(" ", maxsplit=1)[0])


def _requirements(items: tuple[YamlNode, ...]) -> Declaration:
    """A list of requirement lines, each kept under its own line of the file."""
    texts = [i for i in items[:MAX_DEPENDENCIES] if isinstance(i, YamlText) and i.value]
    read = [(t.line, parse_requirements(t.value)) for t in texts]
    return Declaration(
        tuple(Dependency(d.name, line, d.pin) for line, one in read for d in one.dependencies),
        tuple(Include(i.path, line, i.constraint) for line, one in read for i in one.includes),
        tuple(Broken(b.text, line, b.reason) for line, one in read for b in one.broken),
    )
