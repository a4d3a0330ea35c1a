"""Hygiene: licence, citation, linting set up, and what should not have been committed."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from portfolio_audit.errors import ParseError
from portfolio_audit.evidence.credentials import credentials
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.faults import read
from portfolio_audit.evidence.tools import configured
from portfolio_audit.model.fact import Fact, FactSpec, FactType
from portfolio_audit.model.location import Location
from portfolio_audit.parsing.toml import parse_toml, table

_CODE = (
    "*.py", "*.R", "*.sh", "*.js", "*.jsx", "*.ts", "*.tsx", "*.tf", "*.yml", "*.yaml", "*.toml", "*.cfg", "*.ini",
    "*.md", "Dockerfile*", "Makefile",
)  # fmt: skip
_NOTEBOOKS = ("*.ipynb",)
_KEPT_AS_JSON = ("*key*.json", "*cred*.json", "*secret*.json", "*account*.json")
WANTS = ("pyproject.toml", "setup.cfg", "tox.ini", ".env", "*.env", "*.pem", *_CODE, *_NOTEBOOKS, *_KEPT_AS_JSON)
_LICENCES = ("/LICENSE*", "/LICENCE*", "/COPYING*", "/UNLICENSE*", "/LICENSES/*")
_CITATIONS = ("/CITATION.cff", "/CITATION.bib", "/CITATION", "/codemeta.json", "/.zenodo.json")
_KEYS = (
    "*.pem", "id_rsa", "id_ed25519", "credentials.json", "kaggle.json", "*service-account*.json",
    "*service_account*.json", "terraform.tfstate", ".netrc", ".pypirc",
)  # fmt: skip
FACTS = (
    FactSpec("hygiene.licence", FactType.FLAG, "A licence says what others may do.", reads=("pyproject.toml",)),
    FactSpec("hygiene.citation", FactType.FLAG, "A file says how to cite the work.", reads=()),
    FactSpec(
        "hygiene.linting",
        FactType.FLAG,
        "A linter, formatter or type checker is set up.",
        reads=("pyproject.toml", "setup.cfg", "tox.ini"),
    ),
    FactSpec("hygiene.gitignore", FactType.FLAG, "A .gitignore keeps generated files out.", reads=()),
    FactSpec("hygiene.clutter", FactType.NAMES, "Generated or copied trees and files that were committed.", reads=()),
    FactSpec(
        "hygiene.secrets",
        FactType.FLAG,
        "A credential was committed: in a file made to hold it, or in code.",
        reads=("*.env",),
    ),
    FactSpec("repository.files", FactType.NAMES, "Every file the author wrote.", reads=()),
)

_CLUTTER = {
    "venv": "a virtual environment", ".venv": "a virtual environment", "pyvenv.cfg": "a virtual environment",
    "site-packages": "installed packages", "node_modules": "installed packages", "__pycache__": "compiled Python",
    "mlruns": "runs of a tracking tool", "wandb": "runs of a tracking tool", "lightning_logs": "logs of training",
    "catboost_info": "logs of training",
    ".ipynb_checkpoints": "notebook checkpoints", ".pytest_cache": "a test cache", ".ruff_cache": "a linter's cache",
    ".mypy_cache": "a type checker's cache", ".terraform": "Terraform's working files", "nohup.out": "a log",
    ".DS_Store": "a file of macOS", "__MACOSX": "a file of macOS", "Thumbs.db": "a file of Windows",
    "desktop.ini": "a file of Windows",
}  # fmt: skip
_LINTERS = ("ruff", "black", "flake8", "isort", "mypy", "pylint", "pyright", "yapf", "autopep8")
_SECTION = re.compile(r"^\[(?:flake8|mypy|isort|tool:isort|pycodestyle|pylint[.\w]*)\]", re.MULTILINE)
_VALUE = re.compile(
    r"^[ \t]{0,20}(?:export[ \t]{1,9})?\w{0,60}?(?:KEY|SECRET|TOKEN|PASSWORD|PASSWD)\w{0,60}[ \t]{0,20}="
    r"[ \t]{0,20}['\"]?([^\s'\"#<$]{8,})",
    re.MULTILINE | re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"your|change|example|xxx|dummy|test|\.\.\.|placeholder|<|secret|s3cr3t|password|minio|admin", re.IGNORECASE
)
_SAMPLE = re.compile(r"example|sample|template|dist|default", re.IGNORECASE)
_MOST = 40


def extract(documents: Documents) -> Iterator[Fact]:
    """Give what keeps a repository tidy, and what does not."""
    for path in documents.files:
        yield Fact("repository.files", path, Location(path))
    for fact_id, globs in (
        ("hygiene.licence", _LICENCES),
        ("hygiene.citation", _CITATIONS),
        ("hygiene.gitignore", (".gitignore",)),
    ):
        for path in documents.matching(*globs):
            yield Fact(fact_id, at=Location(path, note="is there"))
    yield from _declared_licence(documents)
    yield from _linting(documents)
    yield from _clutter(documents)
    yield from _secrets(documents)


def _declared_licence(documents: Documents) -> Iterator[Fact]:
    for path in documents.matching("/pyproject.toml"):
        document = read(documents, path, parse_toml)
        if isinstance(document, dict) and (
            table(document, "project").get("license") or table(document, "tool", "poetry").get("license")
        ):
            yield Fact("hygiene.licence", at=Location(path, note="states a licence"))


def _linting(documents: Documents) -> Iterator[Fact]:
    for tool, path in configured(documents, "linting"):
        yield Fact("hygiene.linting", at=Location(path, note=f"sets up {tool.name}"))
    for path in documents.matching("pyproject.toml"):
        document = read(documents, path, parse_toml)
        if document is None or isinstance(document, ParseError):
            continue
        for name in _LINTERS:
            if name in table(document, "tool"):
                yield Fact("hygiene.linting", at=Location(path, note=f"sets up {name}"))
    for path in documents.matching("setup.cfg", "tox.ini"):
        text = documents.text(path) or ""
        if match := _SECTION.search(text):
            line = text.count("\n", 0, match.start()) + 1
            yield Fact("hygiene.linting", at=Location(path, line, note=f"sets up {match[0].strip('[]')}"))


def _clutter(documents: Documents) -> Iterator[Fact]:
    told: set[str] = set()
    for entry in documents.snapshot.tree:
        parts = entry.path.split("/")
        at = next((i for i, part in enumerate(parts) if part in _CLUTTER), None)
        if at is None:
            continue
        place = "/".join(parts[: at + 1])
        if place not in told and len(told) < _MOST:
            told.add(place)
            yield Fact("hygiene.clutter", place, Location(entry.path, note=_CLUTTER[parts[at]]))


def _secrets(documents: Documents) -> Iterator[Fact]:
    for path in documents.matching(*_KEYS):
        if not (path.endswith(".pem") and _is_public(documents.text(path) or "")):
            yield Fact("hygiene.secrets", at=Location(path, note="a file of this name holds credentials"))
    for path in documents.matching(".env", "*.env"):
        if not _SAMPLE.search(posixpath.basename(path)):
            text = documents.text(path) or ""
            yield from _set_in(text, path)
            yield from _written_in(text, Location(path))
    for path in documents.matching(*_CODE, *_KEPT_AS_JSON):
        yield from _written_in(documents.text(path) or "", Location(path))
    for path, notebook in documents.notebooks():
        for cell in notebook.code:
            yield from _written_in(cell.source, Location(path, cell.line, cell.number))


def _is_public(text: str) -> bool:
    return "BEGIN CERTIFICATE" in text and "PRIVATE KEY" not in text


def _set_in(text: str, path: str) -> Iterator[Fact]:
    """The first variable of an environment file that is given a credential."""
    for match in _VALUE.finditer(text):
        if not _PLACEHOLDER.search(match[1]):
            line = text.count("\n", 0, match.start(1)) + 1
            yield Fact("hygiene.secrets", at=Location(path, line, note="a credential with a value"))
            return


def _written_in(text: str, at: Location) -> Iterator[Fact]:
    for found in credentials(text):
        line = at.line if at.cell else found.line
        yield Fact("hygiene.secrets", at=Location(at.path, line, at.cell, found.kind))
