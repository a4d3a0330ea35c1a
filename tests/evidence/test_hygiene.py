"""Hygiene: what should be there and what should not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType

import pytest

from portfolio_audit.evidence import hygiene
from portfolio_audit.model.fact import Evidence, Fact
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Unavailable

Seen = Callable[[ModuleType, Mapping[str, str | Unavailable]], Evidence]


@pytest.mark.parametrize(
    ("path", "text", "fact"),
    [
        ("LICENSE.md", "MIT", "hygiene.licence"),
        ("pyproject.toml", "[project]\nlicense = 'MIT'\n", "hygiene.licence"),
        ("CITATION.cff", "cff-version: 1.2\n", "hygiene.citation"),
        (".gitignore", "venv/\n", "hygiene.gitignore"),
        ("pyproject.toml", "[tool.black]\n", "hygiene.linting"),
        ("setup.cfg", "[metadata]\n[flake8]\n", "hygiene.linting"),
        (".pre-commit-config.yaml", "repos: []\n", "hygiene.linting"),
        ("certs/server.pem", "x", "hygiene.secrets"),
        (".env", "SECRET_KEY='0a1b2c3d4e5f'\n", "hygiene.secrets"),
    ],
)
def test_files_that_show_it(seen: Seen, path: str, text: str, fact: str) -> None:
    assert [f.at.path for f in seen(hygiene, {path: text}).known(fact)] == [path]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (".env", "API_KEY=your_key\nTOKEN=\nPASSWORD=$OTHER\nHOST=abcdefghijk\n"),
        ("example.env", "API_KEY=0a1b2c3d4e5f\n"),
        (".env", "POSTGRES_PASSWORD=example123\n"),
    ],
)
def test_placeholders_are_no_secrets(seen: Seen, path: str, text: str) -> None:
    assert not seen(hygiene, {path: text}).has("hygiene.secrets")


def test_a_secret_is_never_quoted(seen: Seen) -> None:
    found = seen(hygiene, {".env": "A=1\nAWS_SECRET=0a1b2c3d4e5f\n"})
    assert [(f.value, f.at.line, f.at.note) for f in found.known("hygiene.secrets")] == [
        (True, 2, "a credential with a value")
    ]


@pytest.mark.parametrize(
    ("path", "text", "line", "note"),
    [
        ("prod.env", "export API_KEY = 'sk_0a1b2c3d'\n", 1, "a credential with a value"),
        ("ops/.env", "A=1\n\n  DB_PASSWD=hunter2hunter2\nTOKEN_B=0a1b2c3d4e\n", 3, "a credential with a value"),
        ("kaggle.json", "{}", 0, "a file of this name holds credentials"),
        ("keys/my-service-account-1.json", "{}", 0, "a file of this name holds credentials"),
    ],
)
def test_secrets_are_told_once_a_file(seen: Seen, path: str, text: str, line: int, note: str) -> None:
    assert seen(hygiene, {path: text}).known("hygiene.secrets") == (
        Fact("hygiene.secrets", at=Location(path, line, note=note)),
    )


@pytest.mark.parametrize(
    ("path", "text", "line", "note"),
    [
        ("pyproject.toml", "[tool.ruff.lint]\nselect = ['E']\n", 0, "sets up ruff"),
        ("api/pyproject.toml", "[tool.mypy]\n", 0, "sets up mypy"),
        ("tox.ini", "[tox]\n\n[flake8]\n", 3, "sets up flake8"),
        ("setup.cfg", "[tool:isort]\n", 1, "sets up tool:isort"),
    ],
)
def test_what_sets_up_a_linter(seen: Seen, path: str, text: str, line: int, note: str) -> None:
    assert seen(hygiene, {path: text}).known("hygiene.linting") == (
        Fact("hygiene.linting", at=Location(path, line, note=note)),
    )


@pytest.mark.parametrize(
    ("path", "text", "fact"),
    [
        ("vendored/LICENSE", "MIT", "hygiene.licence"),
        ("docs/CITATION.cff", "x", "hygiene.citation"),
        ("pyproject.toml", "[project]\nlicense = ''\n", "hygiene.licence"),
        ("sub/pyproject.toml", "[project]\nlicense = 'MIT'\n", "hygiene.licence"),
        ("pyproject.toml", "[tool.poetry]\nname = 'ruff'\n", "hygiene.linting"),
        ("setup.cfg", "# [flake8]\n", "hygiene.linting"),
        ("docs/venv.md", "x", "hygiene.clutter"),
        ("data/keyboard.env", "KEYBOARD=de\n", "hygiene.secrets"),
    ],
)
def test_what_only_looks_like_it(seen: Seen, path: str, text: str, fact: str) -> None:
    assert not seen(hygiene, {path: text}).has(fact)


def test_clutter_is_told_once_a_folder(seen: Seen) -> None:
    found = seen(hygiene, {"a/venv/x.py": "", "a/venv/lib/site-packages/y.py": "", "b/__pycache__/z.pyc": ""})
    assert [(f.value, f.at.note) for f in found.known("hygiene.clutter")] == [
        ("a/venv", "a virtual environment"),
        ("b/__pycache__", "compiled Python"),
    ]


def test_every_file_the_author_wrote_is_a_fact(seen: Seen) -> None:
    found = seen(hygiene, {"a.py": "", "venv/b.py": ""})
    assert found.names("repository.files") == {"a.py"}


def test_broken_toml_shows_nothing(seen: Seen) -> None:
    found = seen(hygiene, {"pyproject.toml": "[tool.ruff"})
    assert found.names("repository.files") == {"pyproject.toml"}
    assert not found.has("hygiene.linting")
