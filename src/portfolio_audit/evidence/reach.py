"""Which functions run: those that a starting point calls, is handed, or holds, however indirectly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from portfolio_audit.evidence.codebase import Codebase, Source
from portfolio_audit.evidence.routes import takes_event
from portfolio_audit.parsing.python_source import Function

_MODULE = ""


def closure(sources: Iterable[Source], entries: Iterable[str]) -> frozenset[str]:
    """The names of all functions that the entries reach; functions of one name are taken for one."""
    uses: dict[str, set[str]] = {}
    for source in sources:
        for call in source.module.calls:
            named = {call.method, *(name.rpartition(".")[2] for name in call.passed)}
            uses.setdefault(call.function, set()).update(named)
        for outer, inner in _nested(source.module.functions):
            uses.setdefault(outer, set()).add(inner)
    reached = set(entries)
    waiting = list(reached)
    while waiting:
        new = uses.get(waiting.pop(), set()) - reached
        reached |= new
        waiting += new
    return frozenset(reached)


def running(codebase: Codebase) -> frozenset[str]:
    """The functions that running any file, or a framework that calls what is decorated for it, reaches."""
    decorated = {f.name for source in codebase for f in source.module.functions if f.decorators or f.owner}
    handlers = {f.name for source in codebase for f in source.module.functions if takes_event(f.parameters)}
    return closure(codebase, {_MODULE, *decorated, *handlers})


def _nested(functions: tuple[Function, ...]) -> Iterator[tuple[str, str]]:
    """Each function that stands inside another, with the innermost one around it."""
    around: list[Function] = []
    for function in sorted(functions, key=lambda f: (f.line, -f.end_line)):
        while around and around[-1].end_line < function.line:
            around.pop()
        if around:
            yield around[-1].name, function.name
        around.append(function)
