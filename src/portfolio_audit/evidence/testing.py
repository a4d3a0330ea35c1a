"""Tests that test: functions that assert something and whose file reaches the project's own code."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from portfolio_audit.evidence.code import TESTS
from portfolio_audit.evidence.codebase import Codebase, Source
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.hollow import fault, is_a_try
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
_NO_TESTS = frozenset({"skip", "xfail", "test"})
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
    for file in files_of_tests(documents.once(Codebase)):
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


def files_of_tests(codebase: Codebase) -> Iterator[TestFile]:
    """Every file of tests, with what it tests or why it tests nothing."""
    for path in codebase.documents.matching(*_FILES):
        source = codebase.sources.get(path)
        if source is not None and _looks_like_tests(source):
            helpers = _asserting_helpers(codebase, source)
            functions = tuple(f for f in source.module.functions if _asserts(source, f, helpers))
            tested = frozenset(_tested(codebase, source))
            yield TestFile(source, functions, tested, fault(codebase, source, functions, tested))


def _looks_like_tests(source: Source) -> bool:
    name = posixpath.basename(source.path)
    if name in {"__init__.py", "conftest.py"}:
        return False
    by_name = name.startswith("test") or name.endswith(("_test.py", "-test.py", "_tests.py"))
    functions = any(f.name.startswith("test") for f in source.module.functions)
    if not functions and name in {"test.py", "tests.py"}:
        return is_a_try(source)
    return functions or (by_name and TESTS.search(source.path) is not None)


def _asserts(source: Source, function: Function, helpers: frozenset[str]) -> bool:
    """Whether a function is a test that can fail; those that an orchestrator runs on every block are none."""
    if not function.name.startswith("test") or any(d.method in _NO_TESTS for d in function.decorators):
        return False
    return function.asserts > 0 or any(
        call.method in helpers for call in source.module.calls if call.function == function.name
    )


def _asserting_helpers(codebase: Codebase, source: Source) -> frozenset[str]:
    """The functions of its own and of other files of tests that assert something for whoever calls them."""
    files = [s for s in codebase.behind(source) if s is source or TESTS.search(s.path)]
    return frozenset(f.name for s in files for f in s.module.functions if f.asserts and not f.name.startswith("test"))


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
