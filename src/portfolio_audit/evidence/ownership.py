"""Which paths are the author's own work, and which are vendored, copied or generated."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from portfolio_audit.model.globs import matcher

NOT_AUTHORED = (
    "site-packages/", "dist-packages/", "node_modules/", "bower_components/", "vendor/", "third_party/", "Pods/",
    "venv/", ".venv/", "virtualenv/", ".virtualenv/", "__pycache__/", ".ipynb_checkpoints/", "mlruns/",
    "mlartifacts/", ".git/", ".tox/", ".nox/", ".mypy_cache/", ".pytest_cache/", ".ruff_cache/", ".cache/",
    ".terraform/", ".eggs/", "*.egg-info/", "**/build/lib/", "**/build/bdist*/", "**/build/static/",
    "**/dist/assets/", "**/dist/static/", ".hydra/", "lightning_logs/", "**/wandb/run-*/",
    "**/wandb/offline-run-*/", "**/.dvc/cache/", "**/.dvc/tmp/", "catboost_info/", ".idea/", ".vs/", "__MACOSX/",
    "*.dist-info/", "**/Scripts/activate*", "pyvenv.cfg", "*.min.js", "*.min.css", "jspm_packages/", ".gradle/",
    "**/renv/library/", "**/renv/staging/", "**/packrat/lib*/", "**/packrat/src/", ".minio.sys/", ".quarto/",
    "fixtures/", "testdata/", "test_data/",
)  # fmt: skip
"""Trees that tools write or that were copied in; gitignore patterns."""

_ENVIRONMENT = re.compile(r"(?:^|/)(?:pyvenv\.cfg|conda-meta/history)\Z")
_LICENCE = re.compile(r"(?:licen[cs]e|copying)(?:\.\w+)?\Z", re.IGNORECASE)
_COMMUNITY = re.compile(r"(?:contributing|code_of_conduct)(?:\.\w+)?\Z", re.IGNORECASE)
_CODE = re.compile(r"\.(?:py|ipynb|r|rmd|qmd|jl|js|ts)\Z", re.IGNORECASE)

_excluded = matcher(NOT_AUTHORED)


def is_authored(path: str) -> bool:
    """Whether a path can be the author's own work, judged by its folders and name."""
    return not _excluded(path)


def authored(paths: Iterable[str]) -> Callable[[str], bool]:
    """The same test, knowing the whole tree: environments under any name, and copies of other people's projects."""
    listed = list(paths)
    foreign = tuple(f"{folder}/" for folder in (*_environments(listed), *_copies(listed)))
    return lambda path: not path.startswith(foreign) and not _excluded(path)


def _environments(paths: list[str]) -> Iterator[str]:
    """The folders that hold an interpreter: ``pyvenv.cfg`` lies at their top, whatever they are called."""
    for path in paths:
        if match := _ENVIRONMENT.search(path):
            folder = path[: match.start()]
            if folder:
                yield folder


def _copies(paths: list[str]) -> Iterator[str]:
    """Folders with a licence and rules for contributors of their own, beside code that lies elsewhere.

    Who writes such rules writes them at the root; below it they came with somebody else's project.
    """
    names: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        folder, _, name = path.rpartition("/")
        if _LICENCE.match(name) or _COMMUNITY.match(name):
            names[folder].append(name)
    for folder, found in names.items():
        if folder and any(map(_LICENCE.match, found)) and any(map(_COMMUNITY.match, found)):
            inside = f"{folder}/"
            if any(_CODE.search(p) and not p.startswith(inside) and is_authored(p) for p in paths):
                yield folder
