"""Declarations of setuptools: setup.py, read by ``ast`` and never run, and setup.cfg."""

from __future__ import annotations

import ast
import configparser
import warnings
from collections.abc import Iterable, Iterator
from itertools import islice

from portfolio_audit.errors import ParseError, TooCostly
from portfolio_audit.parsing.dependency import (
    MAX_DEPENDENCIES,
    Broken,
    Declaration,
    Dependency,
    Include,
    Stated,
    line_of,
    normalise,
    read_requirement,
)
from portfolio_audit.parsing.python_source import too_costly

_MAX_LENGTH = 200_000
_REQUIREMENTS = ("install_requires", "extras_require", "tests_require")
_EXTRAS = "[options.extras_require]"


def parse_setup_script(text: str) -> Declaration:
    """Parse the keyword arguments of ``setup(…)``, as far as they are literal."""
    tree = _tree(text)
    call = next((n for n in ast.walk(tree) if isinstance(n, ast.Call) and _name(n.func) == "setup"), None)
    if call is None:
        return Declaration()
    values = {
        n.targets[0].id: n.value for n in tree.body if isinstance(n, ast.Assign) and isinstance(n.targets[0], ast.Name)
    }
    keywords = {
        k.arg: values.get(k.value.id, k.value) if isinstance(k.value, ast.Name) else k.value for k in call.keywords
    }
    written = [s for key in _REQUIREMENTS for s in _strings(keywords.get(key))]
    python = next(iter(_strings(keywords.get("python_requires"))), None)
    name = next(iter(_strings(keywords.get("name"))), None)
    return _declaration(written, tuple(_files(tree)), python, normalise(name.value) if name else "")


def _tree(text: str) -> ast.Module:
    if len(text) > _MAX_LENGTH:
        raise TooCostly(f"is longer than {_MAX_LENGTH:,} characters")
    if costly := too_costly(text):
        raise TooCostly(costly)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ParseError("is not valid Python") from None


def parse_setup_config(text: str) -> Declaration:
    """Parse the ``[options]`` of a setup.cfg."""
    config = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        config.read_string(text)
    except (configparser.Error, ValueError):
        raise ParseError("is not a valid configuration file") from None
    extras = config[_EXTRAS.strip("[]")].values() if _EXTRAS.strip("[]") in config else ()
    blocks = (("install_requires", (config.get("options", "install_requires", fallback=""),)), (_EXTRAS, extras))
    found = (stated for start, values in blocks for stated in _listed(text, start, values))
    written = list(islice(found, MAX_DEPENDENCIES))
    python = config.get("options", "python_requires", fallback="") or ""
    stated = Stated(python, line_of(text, "python_requires")) if python else None
    return _declaration(written, (), stated, normalise(config.get("metadata", "name", fallback="") or ""))


def _listed(text: str, start: str, values: Iterable[str]) -> Iterator[Stated]:
    """The requirements of values, which stand after ``start``: one a line, or on one line between semicolons."""
    offset = max(text.find(start), 0)
    line = text.count("\n", 0, offset) + 1
    for item in (i.strip() for v in values for i in (v.splitlines() if "\n" in v else v.split(";"))):
        if item and not item.startswith(("#", "file:")):
            found = text.find(item, offset)
            if found >= 0:
                line += text.count("\n", offset, found)
                offset = found + len(item)
            yield Stated(item.partition(" #")[0].rstrip(), line if found >= 0 else 0)


def _declaration(
    written: list[Stated], includes: tuple[Include, ...], python: Stated | None, package: str
) -> Declaration:
    dependencies: list[Dependency] = []
    broken: list[Broken] = []
    for item in written[:MAX_DEPENDENCIES]:
        try:
            dependencies.append(read_requirement(item.value, item.line))
        except ParseError as error:
            broken.append(Broken(item.value[:80], item.line, error.reason))
    return Declaration(tuple(dependencies), includes, tuple(broken), python, package=package)


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _strings(node: ast.expr | None) -> Iterator[Stated]:
    """Literal strings of a string, a list, or the values of a dictionary."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield Stated(node.value, node.lineno)
    elif isinstance(node, ast.List | ast.Tuple):
        for element in node.elts:
            yield from _strings(element)
    elif isinstance(node, ast.Dict):
        for value in node.values:
            yield from _strings(value)


def _files(tree: ast.Module) -> Iterator[Include]:
    """Requirement files named anywhere in the script: it reads them to fill in what it installs."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 200:  # noqa: PLR2004
            name = node.value.rpartition("/")[2].lower()
            if name.startswith("requirements") and name.endswith((".txt", ".in")):
                yield Include(node.value, node.lineno)
