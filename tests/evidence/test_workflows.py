"""Continuous integration by what it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType

import pytest

from portfolio_audit.evidence import workflows
from portfolio_audit.model.fact import Evidence, Rung
from portfolio_audit.model.snapshot import Unavailable

Seen = Callable[[ModuleType, Mapping[str, str | Unavailable]], Evidence]
TEST = {"tests/test_a.py": ""}


def job(run: str, *, on: str = "push", more: str = "") -> dict[str, str]:
    """A repository with one workflow of one step."""
    return {".github/workflows/ci.yml": f"on: {on}\njobs:\n  a:\n    steps:\n      - run: {run}\n{more}"}


@pytest.mark.parametrize(
    "run",
    [
        "pytest",
        "poetry run pytest tests -q",
        "python -m unittest discover",
        "coverage run -m pytest",
        "uv run --frozen pytest tests/test_a.py::test_x",
        "docker compose run app pytest",
        "tox -e py",
        "make -C sub check",
        "just check",
        "cd tests && pytest .",
        "bash scripts/test.sh",
    ],
)
def test_ways_to_run_tests(seen: Seen, run: str) -> None:
    files = {
        **TEST,
        "sub/Makefile": "check:\n\tpytest\n",
        "justfile": "check:\n    pytest\n",
        "scripts/test.sh": "set -e\npytest\n",
    }
    assert seen(workflows, {**files, **job(run)}).rung("workflows.tests") is Rung.WIRED


@pytest.mark.parametrize("run", ["echo pytest", "pip install pytest", "make test", "ls tests", "python train.py"])
def test_what_runs_no_tests(seen: Seen, run: str) -> None:
    assert not seen(workflows, {**TEST, **job(run)}).has("workflows.tests")


@pytest.mark.parametrize(("run", "files"), [("pytest", {}), ("pytest tests/unit", TEST)])
def test_tests_that_are_not_there(seen: Seen, run: str, files: dict[str, str]) -> None:
    found = seen(workflows, {**files, **job(run)})
    assert found.rung("workflows.tests") is Rung.DECLARED
    assert "no tests to run" in found.known("workflows.inert")[0].at.note


def test_what_a_job_runs_and_when(seen: Seen) -> None:
    schedule = "\n  push:\n  schedule:\n    - cron: '0 3 * * *'"
    found = seen(workflows, {**job("python -m shop.train", on=schedule), "src/shop/train.py": ""})
    assert found.names("workflows.runs") == found.names("workflows.runs_scheduled") == {"src/shop/train.py"}
    assert found.names("workflows.scheduled") == {"0 3 * * *"}
    assert found.names("workflows.triggers") == {"push", "schedule"}
    assert found.names("workflows.job") == {"a"}


def test_commands_stand_where_the_workflow_says_them(seen: Seen) -> None:
    found = seen(workflows, {**job("make a"), "Makefile": "a: b\n\tpython x.py\nb:\n\truff check\n", "x.py": ""})
    assert [(f.value, str(f.at)) for f in found.known("workflows.commands")] == [
        (command, ".github/workflows/ci.yml:5") for command in ("make a", "python x.py", "ruff check")
    ]
    assert found.has("workflows.lints")


def test_actions_do_things_too(seen: Seen) -> None:
    steps = "      - uses: Psf/Black@stable\n      - uses: docker/build-push-action@v5\n"
    found = seen(workflows, job("ls", more=steps))
    assert found.names("workflows.actions") == {"psf/black", "docker/build-push-action"}
    assert (found.has("workflows.lints"), found.has("workflows.builds")) == (True, True)


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({".github/workflows/a.yml": "# on: push\n\n# jobs:\n"}, "is commented out"),
        ({".github/workflows/a.yml": ""}, "is empty"),
        ({".github/workflows/a.yml": "on: push\njobs: {}\n"}, "has no step"),
        ({".github/workflows/a.yml": "jobs: {a: {steps: [{run: ls}]}}\n"}, "has no trigger"),
        ({"x/.github/workflows/a.yml": "on: push\n"}, "lies in x/.github/workflows, where it is never run"),
        (job("ls", on="{push: {paths: ['x/**']}}"), "runs only for paths that are not in the tree (x/**)"),
    ],
)
def test_workflows_that_never_do_anything(seen: Seen, files: dict[str, str], reason: str) -> None:
    found = seen(workflows, files)
    assert [(f.id, f.at.note) for f in found.facts] == [("workflows.inert", reason)]


def test_a_job_ends_where_its_folder_is_missing(seen: Seen) -> None:
    found = seen(workflows, {**TEST, **job("ls\n        working-directory: gone", more="      - run: pytest\n")})
    assert not found.has("workflows.tests")
    assert found.known("workflows.inert")[0].at.note == "runs in gone, which is not in the tree"


def test_steps_switched_off_do_nothing(seen: Seen) -> None:
    assert not seen(workflows, {**TEST, **job("pytest\n        if: false")}).has("workflows.tests")


def test_make_that_calls_itself_ends(seen: Seen) -> None:
    found = seen(
        workflows, {**job("make a"), "Makefile": "a: a\n\tmake a\n\tmake a\n\tbash r.sh\n", "r.sh": "make a\n./r.sh\n"}
    )
    assert len(found.known("workflows.commands")) <= 1_000
