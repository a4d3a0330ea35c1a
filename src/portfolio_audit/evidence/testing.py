"""Tests that test: functions that assert something and whose file reaches the project's own code."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from portfolio_audit.evidence.code import TESTS
from portfolio_audit.evidence.codebase import Codebase, Source, imports_for
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.model.fact import Fact, FactSpec, FactType
from portfolio_audit.model.location import REPOSITORY, Location
from portfolio_audit.parsing.python_source import Function

WANTS = ("*.py", "*.R")
_FILES = (
    "test_*.py", "*_test.py", "**/tests/**/*.py", "**/test/**/*.py", "tests.py", "test.py", "*-test.py", "test*.py",
    "*_tests.py",
)  # fmt: skip
FACTS = (
    FactSpec(
        "tests.functions",
        FactType.NUMBER,
        "How many test functions assert something about the project's own code.",
        "functions",
        reads=_FILES,
    ),
    FactSpec("tests.real", FactType.NAMES, "Those test functions.", reads=_FILES),
    FactSpec(
        "tests.hollow", FactType.NAMES, "Files of tests that assert nothing about the project's code.", reads=_FILES
    ),
)

_SCRIPT = re.compile(r"[\w./-]*?([\w-]+\.(?:py|sh|ipynb))$")
_LOCAL_SERVER = re.compile(r"https?://(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])|^[\w-]+:\d{4,5}$")
_SKIPS = frozenset({"skip", "xfail"})
_R_TEST = re.compile(r"^\s*test_that\(", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class TestFile:
    """One file of tests, the functions in it that assert, and the project's files it reaches."""

    __test__ = False

    source: Source
    functions: tuple[Function, ...]
    tested: frozenset[str]
    fault: str = ""


def extract(documents: Documents) -> Iterator[Fact]:
    """Give the real tests, their number, and the files that only look like tests."""
    count, first = 0, REPOSITORY
    for file in test_files(documents.once(Codebase)):
        if file.fault:
            yield Fact("tests.hollow", file.source.path, Location(file.source.path, note=file.fault))
            continue
        if not count:
            line = file.functions[0].line if file.functions else 0
            first = Location(file.source.path, line, note="the first of the tests")
        count += max(len(file.functions), 1)
        for function in file.functions:
            name = f"{file.source.path}::{function.name}"
            yield Fact("tests.real", name, Location(file.source.path, function.line, note=f"tests: {function.name}"))
        if not file.functions:
            yield Fact("tests.real", file.source.path, Location(file.source.path, note="asserts when it is run"))
    for path in documents.matching("**/testthat/*.R"):
        for found in _R_TEST.finditer(text := documents.text(path) or ""):
            count += 1
            line = text.count("\n", 0, found.start()) + 1
            yield Fact("tests.real", f"{path}:{line}", Location(path, line, note="calls test_that"))
    if count:
        yield Fact("tests.functions", count, first)


def test_files(codebase: Codebase) -> Iterator[TestFile]:
    """Every file of tests, with what it tests or why it tests nothing."""
    serves = any(s.imports(imports_for(codebase.documents.vocabulary, "serving")) for s in codebase)
    for path in codebase.documents.matching(*_FILES):
        source = codebase.sources.get(path)
        if source is not None and _looks_like_tests(source):
            functions = tuple(f for f in source.module.functions if _asserts(f))
            tested = frozenset(_tested(codebase, source))
            fault = _fault(source, functions, tested, serves=serves)
            yield TestFile(source, functions, tested, fault)


test_files.__test__ = False  # type: ignore[attr-defined]  # pytest must not take it for a test


def _looks_like_tests(source: Source) -> bool:
    name = posixpath.basename(source.path)
    if name in {"__init__.py", "conftest.py"}:
        return False
    by_name = name.startswith("test") or name.endswith(("_test.py", "-test.py", "_tests.py"))
    functions = any(f.name.startswith("test") for f in source.module.functions)
    return functions or (by_name and TESTS.search(source.path) is not None) or name in {"test.py", "tests.py"}


def _asserts(function: Function) -> bool:
    skipped = any(d.method in _SKIPS for d in function.decorators)
    return function.name.startswith("test") and function.asserts > 0 and not skipped


def _fault(source: Source, functions: tuple[Function, ...], tested: frozenset[str], *, serves: bool) -> str:
    """Why a file tests nothing; empty if it does."""
    if source.module.broken:
        return "is not valid Python 3"
    if not functions and not source.module.asserts:
        return "asserts nothing"
    if tested:
        return "" if functions or source.module.asserts else "asserts nothing"
    asks = any(_LOCAL_SERVER.search(t.value) for t in source.module.texts)
    if asks and serves:
        return ""
    return "imports nothing of the project's own code"


def _tested(codebase: Codebase, source: Source) -> Iterator[str]:
    """The project's own files, tests apart, that a file of tests imports or runs."""
    folders = {posixpath.dirname(source.path)}
    while (folder := min(folders, key=len)) and len(folders) < 20:  # noqa: PLR2004  # deeper trees are not walked
        folders.add(posixpath.dirname(folder))
    fixtures = {posixpath.join(folder, "conftest.py") for folder in folders} & codebase.sources.keys()
    for path in {source.path, *fixtures}:
        yield from (p for p in codebase.reached(path) if not TESTS.search(p))
        yield from _run_by(codebase, codebase.sources[path])
    if any(call.method == "DagBag" for call in source.module.calls):
        yield from (s.path for s in codebase if not TESTS.search(s.path) and s.imports(("airflow",)))


def _scripts(documents: Documents) -> dict[str, str]:
    """The project's scripts and notebooks by the last part of their path."""
    return {posixpath.basename(p): p for p in documents.matching("*.py", "*.sh", "*.ipynb")}


def _run_by(codebase: Codebase, source: Source) -> Iterator[str]:
    """The project's own scripts that a test names, to run or to load them."""
    by_name = codebase.documents.once(_scripts)
    for text in source.module.texts:
        found = _SCRIPT.search(text.value[-200:])
        path = by_name.get(found[1]) if found else None
        if path and not TESTS.search(path):
            yield path
