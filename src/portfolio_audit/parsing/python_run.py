"""What would stop Python code when it is run from its first line to its last: told by reading it."""

from __future__ import annotations

import ast
import warnings
from dataclasses import dataclass
from functools import lru_cache

from portfolio_audit.parsing.python_paths import FileUse, file_use
from portfolio_audit.parsing.python_source import too_costly

_GIVEN = ("display", "get_ipython", "In", "Out", "_", "__", "___", "exit", "quit", "__file__")
"""Names that a kernel or the interpreter defines."""
_NO_FILES = FileUse()
_LONGEST = 200_000
_MOST_NAMES = 50


@dataclass(frozen=True, slots=True)
class Undefined:
    """A name that is used where nothing has defined it yet."""

    name: str
    line: int


@dataclass(frozen=True, slots=True)
class PythonRun:
    """What a run of one file would meet; nothing where the text is no Python 3, or too long to follow."""

    undefined: tuple[Undefined, ...] = ()
    files: FileUse = _NO_FILES


@lru_cache(maxsize=512)
def parse_run(text: str) -> PythonRun:
    """Parse a module, or the joined cells of a notebook, as they would run; never raises."""
    if too_costly(text) or len(text) > _LONGEST:
        return PythonRun()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
        return PythonRun(_undefined(tree), file_use(tree))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return PythonRun()


def _undefined(tree: ast.Module) -> tuple[Undefined, ...]:
    """Names without a definition before them, by pyflakes, which follows scopes, loops, ``del`` and star imports."""
    from pyflakes.checker import Checker  # noqa: PLC0415  # 29 ms that `--help` does not need
    from pyflakes.messages import UndefinedName  # noqa: PLC0415

    found = Checker(tree, builtins=_GIVEN).messages
    names = {str(m.message_args[0]): m.lineno for m in reversed(found) if isinstance(m, UndefinedName)}
    return tuple(sorted((Undefined(n, line) for n, line in names.items()), key=lambda u: u.line)[:_MOST_NAMES])
