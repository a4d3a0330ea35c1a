"""How a tree is laid out: which of its top folders are projects of their own, and which are parts of one."""

from __future__ import annotations

import re
from collections.abc import Iterable

CODE = re.compile(
    r"\.(py|ipynb|r|rmd|qmd|jl|scala|java|kt|js|jsx|ts|tsx|go|rs|c|cc|cpp|cs|php|rb|swift|sh|sql|m|html|css|vue|dart)$",
    re.IGNORECASE,
)
PROSE = re.compile(r"\.(md|rst|txt|pdf|docx?|tex|adoc|org)$", re.IGNORECASE)
_PROJECT_FILE = re.compile(
    r"(^|/)(readme[^/]*|requirements[^/]*\.txt|pyproject\.toml|[^/]+\.ipynb|main\.py)$", re.IGNORECASE
)
_LEAST_SHARE = 0.6


def top_folders(files: tuple[str, ...]) -> list[str]:
    """The folders at the root, hidden ones left out."""
    return sorted({p.partition("/")[0] for p in files if "/" in p and not p.startswith(".")})


_PARTS_OF_ONE = re.compile(
    r"^(src|source|lib|apps?|api|backend|frontend|web|server|client|services?|tests?|docs?|data|datasets?|models?|"
    r"notebooks?|scripts?|utils?|configs?|deploy\w*|infra\w*|terraform|docker\w*|monitoring|pipelines?|flows?|dags|"
    r"orchestrat\w+|training|train|inference|serving|images?|img|assets|static|templates|reports?|results?|outputs?|"
    r"artifacts|examples?|experiments?|best[-_ ]?practices?|"
    r"mlflow\w*|\w*[-_](?:model|api|data)|experiment[-_ ]tracking|"
    r"streaming|batch|eda|etl|ingestion|evaluation|predict(?:ion)?|preprocessing|modell?ing)$",
    re.IGNORECASE,
)


def project_roots(files: tuple[str, ...]) -> list[str]:
    """Folders that look like projects of their own: a README or notebook and code, under a name of their own.

    They lie at the root, or side by side on a shelf: a folder there with no code but in folders of its own.
    """
    roots = []
    for folder, below in _folders(files).items():
        if folder.startswith(".") or _PARTS_OF_ONE.match(folder):
            continue
        shelf = [f"{folder}/{name}" for name, inside in _folders(below).items() if _is_project(inside)]
        if len(shelf) > 1 and not any(CODE.search(path) for path in below if "/" not in path):
            roots += shelf
        elif _is_project(below):
            roots.append(folder)
    return roots


def _folders(files: Iterable[str]) -> dict[str, list[str]]:
    """The folders at the root, with the paths below each."""
    below: dict[str, list[str]] = {}
    for path in sorted(files):
        folder, slash, rest = path.partition("/")
        if slash:
            below.setdefault(folder, []).append(rest)
    return below


def _is_project(paths: list[str]) -> bool:
    return any(CODE.search(path) for path in paths) and any(_PROJECT_FILE.search(path) for path in paths)


def stand_apart(files: tuple[str, ...], roots: list[str]) -> bool:
    """Whether most code lies in the roots; if not, they are parts of one project."""
    code = [p for p in files if CODE.search(p)]
    inside = [p for p in code if p.startswith(tuple(f"{root}/" for root in roots))]
    return len(inside) >= len(code) * _LEAST_SHARE
