"""What commands do."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from portfolio_audit.evidence.command_kinds import CommandKinds
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.parsing.shell import parse_shell

Make = Callable[[Mapping[str, str]], Documents]
MAKEFILE = """install:
\tpip install .
ready: install
\techo ready
train:
\tpython train.py
requirements:
\tls
lint:
\truff check
"""
FILES = {
    "Makefile": MAKEFILE,
    "justfile": "fit:\n  uv sync\n",
    "noxfile.py": "",
    "tasks.py": "",
    "Dockerfile": "FROM python",
    "docker-compose.yml": "services: {app: {build: .}}",
}


def kinds(make: Make, command: str, files: Mapping[str, str] = FILES) -> tuple[bool, bool]:
    """Whether a command installs, and whether it runs."""
    (parsed,) = parse_shell(command)
    told = CommandKinds(make(files))
    return told.installs(parsed), told.runs(parsed)


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("make install", (True, False)),
        ("make ready", (True, True)),
        ("make train", (False, True)),
        ("make requirements", (True, False)),
        ("make lint", (False, False)),
        ("make nothing", (False, False)),
        ("make", (False, False)),
        ("just fit", (True, True)),
        ("just train", (False, False)),
        ("nox -s tests", (False, True)),
        ("invoke build", (True, False)),
        ("mise run train", (False, False)),
    ],
)
def test_a_task_is_told_by_its_recipe_and_name(documents: Make, command: str, expected: tuple[bool, bool]) -> None:
    assert kinds(documents, command) == expected


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("docker compose up --build", (True, True)),
        ("docker-compose run app", (True, True)),
        ("docker build -t app .", (True, False)),
        ("docker run app", (False, True)),
        ("prefect deploy --all", (False, True)),
        ("prefect server start", (False, False)),
        ("prefect agent start -q x", (False, False)),
        ("zenml init", (False, False)),
        ("git status", (False, False)),
    ],
)
def test_other_commands(documents: Make, command: str, expected: tuple[bool, bool]) -> None:
    assert kinds(documents, command) == expected


@pytest.mark.parametrize(
    ("compose", "installs"),
    [
        ("services: {db: {image: postgres}}", False),
        ("services: {db: {image: postgres}, app: {build: {context: ./app}}}", True),
        ("services: {app: {extends: {file: base.yml, service: app}}}", True),
        ("services: {app: {build: {dockerfile_inline: FROM python}}}", True),
        ("- no mapping", False),
    ],
)
def test_compose_installs_only_what_it_builds(documents: Make, compose: str, installs: bool) -> None:
    assert kinds(documents, "docker compose up", {"compose.yml": compose}) == (installs, True)


def test_compose_without_a_file_runs_nothing(documents: Make) -> None:
    assert kinds(documents, "docker compose up", {}) == (False, False)
