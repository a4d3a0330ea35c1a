"""Every file that declares or locks an environment, and which folder it speaks for."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from portfolio_audit.errors import ParseError
from portfolio_audit.evidence.container_files import dockerfiles
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.faults import read
from portfolio_audit.evidence.installing import installed
from portfolio_audit.model.snapshot import Unavailable
from portfolio_audit.parsing.conda import parse_bentofile, parse_conda, parse_description
from portfolio_audit.parsing.dependency import Broken, Declaration, Dependency
from portfolio_audit.parsing.dockerfile import Instruction
from portfolio_audit.parsing.inline_script import MARK, parse_inline_script
from portfolio_audit.parsing.lockfile import is_explicit, parse_lockfile, yaml_lock
from portfolio_audit.parsing.pyproject import parse_julia_project, parse_pipfile, parse_pixi, parse_pyproject
from portfolio_audit.parsing.requirements import CONDA_NOTE, parse_requirements
from portfolio_audit.parsing.setup_script import parse_setup_config, parse_setup_script
from portfolio_audit.parsing.shell import parse_shell

WANTS = (
    "*requirements*.txt", "*requirements*.in", "**/requirements/*.txt", "**/requirements/*.in", "constraints*.txt",
    "req*.txt", "req*.in", "*requirements*.lock", "spec*.txt", "*conda*.txt", "*env*.txt", "pyproject.toml",
    "Pipfile", "pixi.toml", "Project.toml", "setup.py", "setup.cfg", "bentofile.y*ml", "DESCRIPTION", "*env*.yml",
    "*env*.yaml", "conda*.yml", "conda*.yaml", "poetry.lock", "uv.lock", "pdm.lock", "Pipfile.lock", "pixi.lock",
    "*conda*lock*", "conda-*.lock", "pylock*.toml", "renv.lock", "packrat.lock", "Manifest.toml",
)  # fmt: skip
TOLD_BY_CONTENT = ("*.yml", "*.yaml", "*.py")
"""Files that declare only if their text says so, whatever they are called."""

_REQUIREMENTS = re.compile(r"(?:.*[-_.])?requirements(?:[-_.0-9].*)?\.(?:txt|in|lock)")
_LIKE_REQUIREMENTS = re.compile(r"(req[a-z]{4,12})(?:[-_.].*)?\.?(?:txt|in)?")
_CONDA = re.compile(r"(?:.*[-_.])?(?:environment|env|conda|conda[-_]env)(?:[-_.].*)?\.ya?ml")
_HOLDERS = frozenset(
    {"requirements", "reqs", "requirement", "dependencies", "deps", "envs", "environments", "conda", "env"}
)
_CODE = (".py", ".ipynb", ".r", ".rmd", ".qmd", ".jl")
_ALIKE = 0.8
_OF_MODELS = ("MLmodel", "python_env.yaml", "MLproject")
_BY_NAME: dict[str, Callable[[str], Declaration]] = {
    "pyproject.toml": parse_pyproject,
    "pipfile": parse_pipfile,
    "pixi.toml": parse_pixi,
    "project.toml": parse_julia_project,
    "setup.py": parse_setup_script,
    "setup.cfg": parse_setup_config,
    "bentofile.yaml": parse_bentofile,
    "bentofile.yml": parse_bentofile,
    "description": parse_description,
}


@dataclass(frozen=True, slots=True)
class Declared:
    """One file that declares dependencies, for the code in and below ``folder``."""

    path: str
    folder: str
    declaration: Declaration
    pins_only: bool = False
    misnamed: bool = False
    in_image: bool = False


@dataclass(frozen=True, slots=True)
class Locked:
    """One lock file; ``names`` is None when it is too long to be read."""

    path: str
    folder: str
    names: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Declarations:
    """All that a repository declares."""

    files: tuple[Declared, ...] = ()
    locks: tuple[Locked, ...] = ()
    faults: tuple[tuple[str, Broken], ...] = field(default=())


def gather(documents: Documents) -> Declarations:
    """Read every declaring and locking file of the tree."""
    coded = _coded_folders(documents)
    files: list[Declared] = []
    faults: list[tuple[str, Broken]] = []
    for path in documents.matching(*WANTS, *TOLD_BY_CONTENT):
        for found in _declared(documents, path, coded):
            if isinstance(found, Broken):
                faults.append((path, found))
            else:
                files.append(found)
    files += _in_images(documents, coded)
    locks = list(_locks(documents, coded))
    faults += [(fault.text, fault) for fault in locks if isinstance(fault, Broken)]
    return Declarations(tuple(files), tuple(k for k in locks if isinstance(k, Locked)), tuple(faults))


def _declared(documents: Documents, path: str, coded: frozenset[str]) -> Iterator[Declared | Broken]:
    name = posixpath.basename(path).lower()
    parse = _parser(path, name) or _told_by_content(documents, path, name)
    if parse is None or _written_by_a_tool(documents, path):
        return
    parsed = read(documents, path, parse)
    if isinstance(parsed, ParseError) and (documents.text(path) or "").strip():
        yield Broken(path, parsed.line or 0, parsed.reason)
    elif isinstance(parsed, Declaration):
        pins_only = name.startswith("constraints")
        folder = path if parse is parse_inline_script else _folder(path, coded)
        yield Declared(path, folder, parsed, pins_only, _is_misnamed(name))


def _parser(path: str, name: str) -> Callable[[str], Declaration] | None:
    if name in _BY_NAME:
        return _BY_NAME[name]
    if parse_lockfile(name):
        return None
    in_holder = posixpath.basename(posixpath.dirname(path)).lower() in {"requirements", "reqs"}
    textual = name.endswith((".txt", ".in"))
    if (textual and in_holder) or _REQUIREMENTS.fullmatch(name) or name.startswith("constraints") or _is_misnamed(name):
        return parse_requirements
    return parse_conda if _CONDA.fullmatch(name) else None


def _told_by_content(documents: Documents, path: str, name: str) -> Callable[[str], Declaration] | None:
    """The parser for a script with a declaration in its comments, or an environment of conda under any name."""
    if name.endswith(".py"):
        text = documents.snapshot.texts.get(path)
        return parse_inline_script if isinstance(text, str) and MARK in text else None
    if not name.endswith((".yml", ".yaml", ".txt")) or path.startswith("."):
        return None
    text = documents.snapshot.texts.get(path)
    if not isinstance(text, str):
        return None
    if name.endswith(".txt"):
        return parse_requirements if CONDA_NOTE in text and not is_explicit(text) else None
    return parse_conda if "\ndependencies:" in text and "channels:" in text else None


def _is_misnamed(name: str) -> bool:
    """Whether the name is meant to be ``requirements.txt`` and is not."""
    match = _LIKE_REQUIREMENTS.fullmatch(name)
    if not match or _REQUIREMENTS.fullmatch(name):
        return False
    return SequenceMatcher(None, match[1], "requirements").ratio() >= _ALIKE


def _written_by_a_tool(documents: Documents, path: str) -> bool:
    """Tracking tools write an environment beside every model they save."""
    folder = posixpath.dirname(path)
    beside = {name for name in _OF_MODELS if documents.exists(posixpath.join(folder, name))}
    return (bool(beside) and "MLproject" not in beside) or "/artifacts/model/" in f"/{path}"


def _locks(documents: Documents, coded: frozenset[str]) -> Iterator[Locked | Broken]:
    for path in documents.matching(*WANTS):
        parse = parse_lockfile(posixpath.basename(path)) or _explicit(documents, path)
        if parse is None or _written_by_a_tool(documents, path):
            continue
        if isinstance(documents.snapshot.texts.get(path), Unavailable):
            yield Locked(path, _folder(path, coded), None)
            continue
        names = read(documents, path, parse)
        if names and not isinstance(names, ParseError):
            yield Locked(path, _folder(path, coded), names)
        elif isinstance(names, ParseError):
            yield Broken(path, names.line or 0, names.reason)


def _explicit(documents: Documents, path: str) -> Callable[[str], frozenset[str]] | None:
    """The parser of lists that ``conda list --explicit`` writes, under any name."""
    text = documents.snapshot.texts.get(path) if path.endswith(".txt") else None
    return yaml_lock if isinstance(text, str) and is_explicit(text) else None


def _in_images(documents: Documents, coded: frozenset[str]) -> Iterator[Declared]:
    """What Dockerfiles install by name."""
    for path, dockerfile in dockerfiles(documents):
        found = tuple(d for run in dockerfile.every("RUN") for d in _installed_by(run))
        if found:
            yield Declared(path, _folder(path, coded), Declaration(found), in_image=True)


def _installed_by(run: Instruction) -> Iterator[Dependency]:
    for command in parse_shell(run.value, run.line):
        yield from installed(command)


def _coded_folders(documents: Documents) -> frozenset[str]:
    """Folders with code in them or below them."""
    folders = {""}
    for path in documents.files:
        if path.lower().endswith(_CODE) and posixpath.basename(path) != "setup.py":
            folder = posixpath.dirname(path)
            while folder and folder not in folders:
                folders.add(folder)
                folder = posixpath.dirname(folder)
    return frozenset(folders)


def _folder(path: str, coded: frozenset[str]) -> str:
    """The folder a file speaks for: its own, or the nearest above that has code."""
    folder = posixpath.dirname(path)
    while folder and (folder not in coded or posixpath.basename(folder).lower() in _HOLDERS):
        folder = posixpath.dirname(folder)
    return folder
