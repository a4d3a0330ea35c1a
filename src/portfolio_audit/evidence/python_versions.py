"""Where the version of the language is stated: declarations, version files, images, jobs, commands and words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_audit.evidence.container_files import DOCKERFILES, images
from portfolio_audit.evidence.declarations import Declarations
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.installing import READMES, readme_commands
from portfolio_audit.model.fact import Fact
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.workflow import parse_github

VERSION_FILES = (".python-version", "runtime.txt", ".tool-versions", "mise.toml", ".mise.toml", "tox.ini")
LOCKS = ("Pipfile.lock", "renv.lock", "Manifest.toml", "uv.lock", "poetry.lock", "pylock*.toml")
WORKFLOWS = ("/.github/workflows/*.yml", "/.github/workflows/*.yaml")
NOTEBOOKS = ("*.ipynb",)

_VERSION = re.compile(r"\d")
_IN_FILE = re.compile(r"(?:^|\bpython\D{0,6}|\bpy(?=\d))\s*\d[\d.]*", re.MULTILINE)
_TOX = re.compile(r"^\s*(?:env_?list|basepython)\s*=.{0,80}?py(?:thon)?\d[\d.]*", re.MULTILINE)
_IN_LOCK = re.compile(
    r'^ {0,12}"python_(?:full_)?version" ?: ?"\d|^requires-python = "|^python-versions = "[^*]|^julia_version = "\d'
    r'|^ {0,12}"R" ?: ?\{\s{0,20}"Version" ?: ?"\d',
    re.MULTILINE,
)
_PYTHON_IMAGE = re.compile(
    r"(?:^|/)(?:python:v?\d|[^:]*:[^:]*python-?\d|[^:]*python\d\.?\d+|r-ver:\d|r-base:\d|julia:\d|lambda-python:\d|"
    r"tensorflow[^:]*:\d|pytorch[^:]*:\d)|(?:^|[:/_-])py(?:thon)?-?3\.?\d{1,2}(?:\D|$)"
)
_PYTHON_COMMAND = re.compile(
    r"\bpython\s*={1,2}\s*\d[\d.]*|\bpython-?3?\.\d+\b|\bpy -3\.\d+|--python[ =]\d[\d.]*|--three\b"
    r"|\b(?:pyenv|asdf|mise|uv) (?:python )?(?:install|local|pin|use|global|virtualenv)(?: python)?[ @]\d[\d.]*"
)
_MISREAD = re.compile(
    r"^[^#\n]{0,60}\bpython-version[\"']?\s{0,4}:[ \t\n\[\d.,\"'-]{0,60}(?<![\d.\"'])3\.\d0(?![\d.\"'])", re.MULTILINE
)
_IN_WORDS = re.compile(
    r"\bpython\W{0,3}(?:version\W{0,3})?(?:v|>=|≥|==?)?\s?[23]\.\d{1,2}(?:\.\d{1,2})?\b", re.IGNORECASE
)
_INSTALLED = re.compile(r"^[ \t]*(?!#|FROM\b)[^\n#]{0,400}?\bpython3\.\d{1,2}\b", re.MULTILINE)
_MOST_TEXT = 200_000


def python_versions(documents: Documents, found: Declarations) -> Iterator[Fact]:
    """Give every place that states a version, and those that only mention one."""
    for at in (
        *_stated(found),
        *_in_files(documents),
        *_in_locks(documents),
        *_in_images(documents),
        *_in_jobs(documents),
        *_in_steps(documents),
    ):
        yield Fact("environment.python_version", at=at)
    for at in (*_in_words(documents), *_in_kernels(documents)):
        yield Fact("environment.python_mentioned", at=at)


def misread_versions(documents: Documents) -> Iterator[tuple[str, int, str]]:
    """Jobs whose version of Python is read as another: unquoted ``3.10`` is the number 3.1."""
    for path in documents.matching(*WORKFLOWS):
        text = documents.text(path) or ""
        for match in _MISREAD.finditer(text[:_MOST_TEXT]):
            version = match[0][-4:]
            yield path, text.count("\n", 0, match.end()) + 1, f"python-version: {version}"


def _stated(found: Declarations) -> Iterator[Location]:
    for file in found.files:
        python = file.declaration.python
        if python and _VERSION.search(python.value):
            yield Location(file.path, python.line, note=f"states Python {python.value[:40]}")


def _in_files(documents: Documents) -> Iterator[Location]:
    for path in documents.matching(*VERSION_FILES):
        text = (documents.text(path) or "")[:_MOST_TEXT]
        match = _TOX.search(text) if path.endswith(".ini") else _IN_FILE.search(text)
        if match:
            note = f"states {match[0].strip()[-40:]}"
            yield Location(path, text.count("\n", 0, match.end()) + 1, note=note)


def _in_locks(documents: Documents) -> Iterator[Location]:
    for path in documents.matching(*LOCKS):
        text = documents.text(path) or ""
        if match := _IN_LOCK.search(text):
            yield Location(path, text.count("\n", 0, match.end()) + 1, note="states the version it was locked for")


def _in_images(documents: Documents) -> Iterator[Location]:
    for image in images(documents):
        if _PYTHON_IMAGE.search(image.reference[:200]):
            yield Location(image.at.path, image.at.line, note=f"starts from {image.reference[:60]}")
    for path in documents.matching(*DOCKERFILES):
        text = (documents.text(path) or "")[:_MOST_TEXT]
        if match := _INSTALLED.search(text):
            line = text.count("\n", 0, match.start()) + 1
            yield Location(path, line, note=f"puts {match[0].strip()[-10:]} into an image")


def _in_jobs(documents: Documents) -> Iterator[Location]:
    misread = {path for path, _, _ in misread_versions(documents)}
    for path in documents.matching(*WORKFLOWS):
        text = documents.text(path) or ""
        if path not in misread and ("setup-python" in text or "setup-uv" in text or "setup-r" in text):
            yield from _set_up(documents, path)


def _set_up(documents: Documents, path: str) -> Iterator[Location]:
    workflow = documents.parsed(path, parse_github)
    for job in workflow.jobs if workflow else ():
        for step in job.steps:
            version = step.given("python-version") or step.given("r-version")
            if version:
                language = "Python" if step.given("python-version") else "R"
                yield Location(path, step.line, note=f"sets up {language} {version[:20]}")


def _in_steps(documents: Documents) -> Iterator[Location]:
    """Versions in the commands of the README: ``conda create -n x python=3.9``."""
    for path, line, text in readme_commands(documents):
        if match := _PYTHON_COMMAND.search(text):
            yield Location(path, line, note=f"sets up {match[0][:40]}")


def _in_words(documents: Documents) -> Iterator[Location]:
    """Versions in the prose of the README: ``Python ≥ 3.9``."""
    for path in documents.matching(*READMES):
        text = (documents.text(path) or "")[:_MOST_TEXT]
        if match := _IN_WORDS.search(text):
            yield Location(path, text.count("\n", 0, match.start()) + 1, note=f"says {' '.join(match[0].split())}")


def _in_kernels(documents: Documents) -> Iterator[Location]:
    """The version a notebook was last run on, which Jupyter writes down unasked."""
    for path, notebook in documents.notebooks():
        if notebook.python_version:
            yield Location(path, note=f"was last run on {notebook.python_version[:20]}")
            return
