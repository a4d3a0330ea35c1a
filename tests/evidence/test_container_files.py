"""Where containers are described, and which images they start from."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from portfolio_audit.evidence.container_files import Image, compose_services, dockerfiles, entry_script, images
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Unavailable
from portfolio_audit.parsing.compose import Service

Made = Callable[[Mapping[str, str | Unavailable]], Documents]


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("Dockerfile", True),
        ("api/dockerfile.gpu", True),
        ("train-Dockerfile", True),
        ("train.dockerfile", True),
        ("Dockerfile_api", True),
        ("Dockerfile.j2", False),
        ("Dockerfile.dockerignore", False),
        ("Dockerfile-notes.md", False),
        ("docker/file", False),
        ("venv/Dockerfile", False),
    ],
)
def test_which_files_are_dockerfiles(documents: Made, path: str, is_one: bool) -> None:
    assert [p for p, _ in dockerfiles(documents({path: "FROM a\n"}))] == [path] * is_one


@pytest.mark.parametrize("text", ["RUN before\nFROM a\n", "", Unavailable("is over the limit")])
def test_what_builds_nothing_is_left_out(documents: Made, text: str | Unavailable) -> None:
    assert list(dockerfiles(documents({"Dockerfile": text}))) == []


@pytest.mark.parametrize(
    ("path", "services"),
    [
        ("docker-compose.yml", ["a"]),
        ("deploy/compose.prod.yaml", ["a"]),
        ("docker-compose.override.yml", ["a"]),
        ("services.yml", []),
        ("compose.py", []),
    ],
)
def test_which_files_are_compose_files(documents: Made, path: str, services: list[str]) -> None:
    made = documents({path: "services: {a: {image: b}}"})
    assert [s.name for _, s in compose_services(made)] == services


def test_a_faulty_compose_file_has_no_services(documents: Made) -> None:
    assert list(compose_services(documents({"compose.yml": "services: ["}))) == []


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("Dockerfile", "FROM python:3.11 AS base\nFROM base\n", [("python:3.11", 1, "FROM python:3.11")]),
        ("Dockerfile", "FROM scratch\nFROM ${BASE}\n", []),
        ("compose.yml", "services:\n  db:\n    image: redis:7\n", [("redis:7", 3, "service db uses redis:7")]),
        ("compose.yml", "services: {a: {image: $IMAGE}, b: {build: .}, c: {image: '${X}/y'}}\n", []),
    ],
)
def test_the_images_that_containers_start_from(
    documents: Made, path: str, text: str, found: list[tuple[str, int, str]]
) -> None:
    assert [(i.reference, i.at.line, i.at.note) for i in images(documents({path: text}))] == found


def test_an_image_has_a_name_without_its_tag() -> None:
    assert Image("docker.io/library/Redis:7@sha256:0a", Location("compose.yml")).name == "redis"


def test_a_service_of_another_file_is_taken_over(documents: Made) -> None:
    made = documents(
        {
            "docker-compose.yml": "services:\n  web: {extends: {file: ops/base.yml, service: app}}\n",
            "ops/base.yml": "services: {app: {build: ./app}}\n",
        }
    )
    assert list(compose_services(made)) == [
        ("docker-compose.yml", Service("web", 2, image_line=2, context="ops/./app", build_line=2))
    ]


def test_a_key_written_twice_in_a_compose_file_is_a_problem(documents: Made) -> None:
    made = documents({"compose.yml": "services:\n  a: {image: x}\n  a: {image: y}\n"})
    assert [s.image for _, s in compose_services(made)] == ["y"]
    assert [p.at for p in made.problems] == [Location("compose.yml", 3)]


MANIFEST = (
    "apiVersion: apps/v1\nkind: Deployment\nspec:\n  containers:\n  - name: a\n    image: 'tensorflow/serving:2'\n"
)
VALUES = "image:\n  repository: ghcr.io/ada/churn\n  tag: '1'\n"


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("k8s/api.yaml", MANIFEST, [("tensorflow/serving", 6)]),
        ("k8s/api.yaml", MANIFEST.replace("apiVersion", "version"), []),
        ("k8s/api.yaml", MANIFEST.replace("'tensorflow/serving:2'", "{{ .Values.image }}"), []),
        ("chart/values.yaml", VALUES, [("ghcr.io/ada/churn", 2)]),
        ("config.yaml", VALUES, []),
    ],
)
def test_images_of_manifests_and_charts(documents: Made, path: str, text: str, found: list[tuple[str, int]]) -> None:
    assert [(i.name, i.at.line) for i in images(documents({path: text}))] == found


@pytest.mark.parametrize(
    ("command", "text"),
    [
        ('CMD ["./run.sh"]', "near"),
        ('ENTRYPOINT ["bash", "run.sh"]', "near"),
        ("CMD bash -c './run.sh'", "near"),
        ("CMD ls", ""),
    ],
)
def test_the_script_a_container_starts_with(documents: Made, command: str, text: str) -> None:
    made = documents({"app/Dockerfile": f"FROM a\n{command}\n", "app/run.sh": "near", "run.sh": "far"})
    (found,) = dockerfiles(made)
    assert entry_script(made, *found) == text
