"""What images install from, and whether it can be installed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType

import pytest

from portfolio_audit.evidence import environment
from portfolio_audit.model.fact import Evidence, Fact
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Unavailable

Seen = Callable[[ModuleType, Mapping[str, str | Unavailable]], Evidence]


def recipe(command: str) -> str:
    return f"FROM python:3.11\nCOPY . .\nRUN {command}\n"


@pytest.mark.parametrize(
    ("command", "files", "fault"),
    [
        ("pip install -r requirements.txt", {}, "requirements.txt, which is not in the tree"),
        ("pip install --no-cache-dir -r /app/requirements.txt", {}, "/app/requirements.txt, which is not in the tree"),
        ("uv sync --frozen", {"pyproject.toml": ""}, "uv.lock, which is not in the tree"),
        ("pipenv sync", {"Pipfile": ""}, "Pipfile.lock, which is not in the tree"),
        ("pipenv install --deploy", {"Pipfile.lock": "{"}, "Pipfile.lock, which is not valid JSON"),
        ("conda env create -f environment.yml", {}, "environment.yml, which is not in the tree"),
        (
            "pip install -r requirements.txt",
            {"requirements.txt": "pandas - 2\n"},
            "requirements.txt, which has a line that no installer accepts: pandas - 2",
        ),
    ],
)
def test_what_cannot_be_installed(seen: Seen, command: str, files: dict[str, str], fault: str) -> None:
    found = seen(environment, {"api/Dockerfile": recipe(command), **files})
    name = fault.partition(",")[0]
    assert found.known("environment.uninstallable") == (
        Fact("environment.uninstallable", name, Location("api/Dockerfile", 3, note=f"installs from {fault}")),
    )
    assert not found.has("environment.installable_image")


@pytest.mark.parametrize(
    ("command", "files"),
    [
        ("pip install -r requirements.txt", {"requirements.txt": "pandas\n"}),
        ("pip install -r requirements.txt", {"api/src/requirements.txt": "pandas\n"}),
        ("pip install -r $FILE", {}),
        ("pip freeze > requirements.txt && pip install -r requirements.txt", {}),
        ("pip install pandas", {}),
        ("uv sync", {"pyproject.toml": ""}),
        ("pipenv install --system", {"Pipfile": "[packages]\n"}),
        ("curl -f example.txt", {}),
    ],
)
def test_what_can_be_installed(seen: Seen, command: str, files: dict[str, str]) -> None:
    found = seen(environment, {"api/Dockerfile": recipe(command), **files})
    assert not found.has("environment.uninstallable")


def test_images_that_can_be_built_are_told_beside_those_that_cannot(seen: Seen) -> None:
    files = {"Dockerfile": recipe("uv sync --frozen"), "api/Dockerfile": recipe("pip install pandas")}
    assert seen(environment, files).known("environment.installable_image") == (
        Fact("environment.installable_image", at=Location("api/Dockerfile", note="installs from files that are there")),
    )
