"""Containers: what can be built, and what is missing for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType

import pytest

from portfolio_audit.evidence import containers
from portfolio_audit.model.fact import Evidence, Rung
from portfolio_audit.model.snapshot import Unavailable

Seen = Callable[[ModuleType, Mapping[str, str | Unavailable]], Evidence]
APP = "FROM python:3.11\nCOPY app.py .\nCMD python app.py\n"


@pytest.mark.parametrize(
    "name", ["Dockerfile", "dockerfile", "api.Dockerfile", "Dockerfile.backend", "x/Dockerfile-gpu", "Containerfile"]
)
def test_a_dockerfile_under_any_name(seen: Seen, name: str) -> None:
    assert seen(containers, {name: APP, "app.py": ""}).rung("services.dockerfile") is Rung.WIRED


@pytest.mark.parametrize("name", ["Dockerfile.md", "Dockerfile.j2", ".dockerignore", "dockerfile_notes.ipynb"])
def test_what_only_looks_like_one(seen: Seen, name: str) -> None:
    assert not seen(containers, {name: APP}).has("services.dockerfile")


@pytest.mark.parametrize(
    ("command", "rung"),
    [
        ('CMD ["gunicorn", "--bind", "0.0.0.0:80", "app:app"]', Rung.WIRED),
        ("ENTRYPOINT uvicorn src.api.main:app", Rung.DECLARED),
        ("CMD streamlit run dashboard.py", Rung.DECLARED),
        ("CMD mlflow server --host 0.0.0.0", Rung.WIRED),
        ("RUN pip install x", Rung.DECLARED),
    ],
)
def test_it_works_only_when_what_it_runs_is_there(seen: Seen, command: str, rung: Rung) -> None:
    found = seen(containers, {"Dockerfile": f"FROM a\nCOPY . .\n{command}\n", "src/app.py": ""})
    assert found.rung("services.dockerfile") is rung


@pytest.mark.parametrize(
    ("copied", "missing"),
    [
        ("app.py", set()),
        ("./src/ conf*.txt", {"conf*.txt"}),
        ("Pipfile Pipfile.lock", {"Pipfile", "Pipfile.lock"}),
        ("model.bin models/ data/x.csv", set()),
        ("secret.cfg", set()),
        (".", set()),
    ],
)
def test_what_it_copies_and_the_tree_lacks(seen: Seen, copied: str, missing: set[str]) -> None:
    files = {"api/Dockerfile": f"FROM a\nCOPY {copied} /x/\n", "app.py": "", "src/a.py": "", ".gitignore": "*.cfg\n"}
    assert seen(containers, files).names("services.dangling") == missing


@pytest.mark.parametrize(
    "builder",
    [
        {"docker-compose.yml": "services:\n  a:\n    build: ./api\n"},
        {"compose.dev.yaml": "services:\n  a:\n    build: {context: ., dockerfile: api/Dockerfile}\n"},
        {".github/workflows/a.yml": "on: push\njobs:\n  a:\n    steps:\n      - run: cd api && docker build -t a .\n"},
        {
            ".github/workflows/a.yml": "on: push\njobs:\n  a:\n    steps:\n"
            "      - run: docker build -f api/Dockerfile .\n"
        },
        {
            ".github/workflows/a.yml": "on: push\njobs:\n  a:\n    steps:\n"
            "      - {uses: docker/build-push-action@v5, with: {context: api}}\n"
        },
    ],
)
def test_what_something_builds_is_wired(seen: Seen, builder: dict[str, str]) -> None:
    assert seen(containers, {"api/Dockerfile": "FROM a\nRUN b\n", **builder}).rung("services.dockerfile") is Rung.WIRED


def test_services_and_images(seen: Seen) -> None:
    compose = "services:\n  db: {image: 'postgres:15'}\n  api: {build: ./gone}\n"
    found = seen(containers, {"docker-compose.yaml": compose, "Dockerfile": "FROM python:3 AS a\nFROM a\nRUN x\n"})
    assert found.names("services.images") == {"postgres", "python"}
    assert found.names("services.compose") == {"db", "api"}
    assert [(f.value, f.at.line) for f in found.known("services.dangling")] == [("./gone", 3)]


def test_an_image_that_copies_by_itself_holds_the_project(seen: Seen) -> None:
    assert seen(containers, {"Dockerfile": "FROM quay.io/astronomer/astro-runtime:11\n"}).has("services.dockerfile")
    assert not seen(containers, {"Dockerfile": "FROM python:3\n"}).has("services.dockerfile")
