"""What a stranger would run: every notebook in Python, or where there is none, the modules that run as scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from portfolio_audit.evidence.code import TESTS
from portfolio_audit.evidence.codebase import Codebase, Source
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.parsing.notebook import Cell
from portfolio_audit.parsing.python_run import PythonRun, parse_run

_DEFINES = re.compile(
    r"^\s*%{1,2}(?:pylab|run|store|load|loadpy|R|sql|capture|bigquery|cython|local|macro|script|bash|px|R_init)\b",
    re.MULTILINE,
)
"""Magics that define names which no Python shows."""
_MOST = 300


@dataclass(frozen=True, slots=True)
class Runnable:
    """A notebook or script with what its run would meet; ``text`` is its code, ``cells`` those of a notebook."""

    source: Source
    text: str
    run: PythonRun
    cells: tuple[Cell, ...] = ()
    version: str = ""

    @property
    def path(self) -> str:
        """Where it lies."""
        return self.source.path

    @property
    def defines_unseen(self) -> bool:
        """Whether names may come from where reading does not show them."""
        return _DEFINES.search(self.text) is not None


def runnables(documents: Documents) -> tuple[Runnable, ...]:
    """The first few hundred things to run, sorted by path."""
    return documents.once(_found)


def _found(documents: Documents) -> tuple[Runnable, ...]:
    codebase = documents.once(Codebase)
    notebooks = tuple(_notebooks(documents, codebase))
    unread = any(documents.notebook(path) is None for path in documents.matching("*.ipynb"))
    return notebooks if notebooks or unread else tuple(_scripts(documents, codebase))


def _notebooks(documents: Documents, codebase: Codebase) -> Iterator[Runnable]:
    for path, notebook in [*documents.notebooks()][:_MOST]:
        source = codebase.sources.get(path)
        cells = tuple(cell for cell in notebook.code if cell.source.strip())
        if source is not None and source.notebook is not None and cells and notebook.language == "python":
            text = "\n".join(cell.source for cell in cells)
            yield Runnable(source, text, parse_run(source.notebook.text), cells, notebook.python_version)


def _scripts(documents: Documents, codebase: Codebase) -> Iterator[Runnable]:
    scripts = [s for s in codebase if (s.module.runs_as_script or s.module.broken) and not TESTS.search(s.path)]
    for source in scripts[:_MOST]:
        text = documents.text(source.path) or ""
        yield Runnable(source, text, parse_run(text))
