"""Paths in code that exist on one machine only: home folders, drive letters, and the folders of hosted notebooks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.model.fact import Fact, FactSpec, FactType
from portfolio_audit.model.location import Location

WANTS = ("*.ipynb", "*.py", "*.r")
_KINDS = "home, drive, or the platform whose folder it is (colab, kaggle, databricks)"
FACTS = (
    FactSpec("notebooks.absolute_path", FactType.NAMES, f"Absolute paths in notebooks: {_KINDS}.", reads=("*.ipynb",)),
    FactSpec("code.absolute_path", FactType.NAMES, f"Absolute paths in scripts: {_KINDS}.", reads=("*.py", "*.r")),
)

_PATTERNS = {
    "home": re.compile(r"(?<![\w.:])/(?:home|Users)/([\w.-]{1,60})/[\w./-]{0,80}"),
    "drive": re.compile(r"""(?:["'(=]|file:///)[A-Za-z]:(?:\\{1,2}|/)[\w. -][\w.\\/ -]{0,80}"""),
    "colab": re.compile(r"(?<![\w.])/content/[\w.-][\w./-]{0,80}"),
    "kaggle": re.compile(r"(?<![\w.])/kaggle/(?:input|working)\b[\w./-]{0,80}"),
    "databricks": re.compile(r"(?<![\w.])/(?:dbfs|FileStore)/[\w./-]{0,80}"),
}
_CONTAINER_USERS = frozenset(
    {"airflow", "app", "appuser", "ec2-user", "hadoop", "jovyan", "mage", "nonroot", "root", "src", "user", "vscode"}
)
_MOST_LINE = 2_000
_MOST_PER_FILE = 3


def extract(documents: Documents) -> Iterator[Fact]:
    """Give the first such paths of each kind in each file."""
    for path, notebook in documents.notebooks():
        lines = (
            (Location(path, cell.line, cell.number), line) for cell in notebook.code for line in cell.source.split("\n")
        )
        yield from _found("notebooks.absolute_path", lines)
    for path, module in documents.modules():
        texts = ((Location(path, text.line), f'"{text.value}"') for text in module.texts)
        yield from _found("code.absolute_path", texts)
    for path in documents.matching("*.r"):
        written = (documents.text(path) or "").split("\n")
        yield from _found("code.absolute_path", ((Location(path, n), line) for n, line in enumerate(written, start=1)))


def _found(fact_id: str, lines: Iterable[tuple[Location, str]]) -> Iterator[Fact]:
    told = dict.fromkeys(_PATTERNS, 0)
    for at, line in lines:
        if ("/" not in line and "\\" not in line) or line.lstrip().startswith("#"):
            continue
        for name, pattern in _PATTERNS.items():
            seen = pattern.search(line[:_MOST_LINE]) if told[name] < _MOST_PER_FILE else None
            if seen and not (name == "home" and seen[1].lower() in _CONTAINER_USERS):
                told[name] += 1
                yield Fact(fact_id, name, Location(at.path, at.line, at.cell, seen[0].strip("\"'(=")))
