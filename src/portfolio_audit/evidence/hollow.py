"""Why a file that looks like tests tests nothing."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from portfolio_audit.evidence.codebase import Codebase, Source, imports_for
from portfolio_audit.evidence.declarations import gather
from portfolio_audit.parsing.dependency import normalise
from portfolio_audit.parsing.python_source import Function

_LOCAL_SERVER = re.compile(r"https?://(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])|^[\w-]+:\d{4,5}$")
_CLIENTS = ("requests", "httpx", "urllib.request", "aiohttp", "grpc")
_TESTERS = ("pytest", "unittest", "hypothesis")


def asks_a_server(source: Source) -> bool:
    """Whether the code of a file is that of a client."""
    return source.imports(_CLIENTS) is not None


def is_a_try(source: Source) -> bool:
    """Whether a script that is only called ``test.py`` tries something out, rather than being part of the program."""
    return bool(source.module.asserts) or asks_a_server(source) or source.imports(_TESTERS) is not None


def fault(codebase: Codebase, source: Source, functions: tuple[Function, ...], tested: frozenset[str]) -> str:
    """Why a file tests nothing; empty if it does."""
    if source.module.broken:
        return "is not valid Python 3"
    if not functions and not _asserts_outside(source):
        return "only sends a request, and asserts nothing" if asks_a_server(source) else "asserts nothing"
    if tested or _asks_the_project(codebase, source) or _checks_data(codebase, source):
        return ""
    missing = next(_missing(codebase, source), "")
    return f"imports {missing}, which is not there" if missing else "imports nothing of the project's own code"


def _asserts_outside(source: Source) -> bool:
    """Whether a file asserts something outside of functions that are called tests and are none."""
    inside = sum(f.asserts for f in source.module.functions if f.name.startswith("test"))
    return source.module.asserts > inside


def _checks_data(codebase: Codebase, source: Source) -> bool:
    return source.imports(imports_for(codebase.documents.vocabulary, "data-testing")) is not None


def _asks_the_project(codebase: Codebase, source: Source) -> bool:
    """Whether it asserts what a server on the same machine answers, and the project has one."""
    if not any(_LOCAL_SERVER.search(text.value) for text in source.module.texts):
        return False
    serving = imports_for(codebase.documents.vocabulary, "serving")
    return any(other.imports(serving) for other in codebase)


def _missing(codebase: Codebase, source: Source) -> Iterator[str]:
    """What a file imports that is neither of the project, nor of Python, nor of any package known or declared."""
    declared = {d.name for f in codebase.documents.once(gather).files for d in f.declaration.dependencies}
    known = codebase.documents.vocabulary.distributions
    for found in source.module.imports:
        top = found.module.partition(".")[0]
        if found.level:
            there = codebase.local(source, found) is not None
        else:
            there = top in sys.stdlib_module_names or top in known or normalise(top) in declared
            there = there or codebase.is_own(source, found)
        if not there and not found.optional:
            yield "." * found.level + found.module
