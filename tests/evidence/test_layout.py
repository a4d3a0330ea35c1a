"""The layout of a tree: projects side by side, or parts of one."""

from __future__ import annotations

import pytest

from portfolio_audit.evidence.layout import project_roots, stand_apart, top_folders


@pytest.mark.parametrize(
    ("files", "folders"),
    [
        (("b/x.py", "a/y/z.py", "a/q"), ["a", "b"]),
        (("README.md", ".github/workflows/ci.yml"), []),
        ((), []),
    ],
)
def test_folders_at_the_root(files: tuple[str, ...], folders: list[str]) -> None:
    assert top_folders(files) == folders


@pytest.mark.parametrize(
    "files",
    [
        ("tides/README.md", "tides/train.py"),
        ("tides/analysis.ipynb",),
        ("tides/deep/below/main.py",),
        ("tides/requirements-dev.txt", "tides/App.R"),
        ("tides/pyproject.toml", "tides/src/x.go"),
    ],
)
def test_a_folder_with_code_that_is_described_is_a_project(files: tuple[str, ...]) -> None:
    assert project_roots(files) == ["tides"]


@pytest.mark.parametrize(
    "files",
    [
        ("tides/README.md",),
        ("tides/helpers.py",),
        ("tides/README.md", "tidesmore/helpers.py"),
        ("README.md", "main.py"),
        (".tides/main.py",),
        *((f"{name}/main.py",) for name in ("src", "API", "notebooks", "tests", "data", "mlflow", "tide-model")),
    ],
)
def test_other_folders_are_none(files: tuple[str, ...]) -> None:
    assert project_roots(files) == []


@pytest.mark.parametrize(
    ("files", "apart"),
    [
        (("a/x.py", "b/x.py", "b/y.py", "c.py", "d.py"), True),
        (("a/x.py", "c.py", "d.py"), False),
        (("a/x.py", "ab/y.py"), False),
        (("notes.md",), True),
    ],
)
def test_projects_stand_apart_when_most_code_is_theirs(files: tuple[str, ...], apart: bool) -> None:
    assert stand_apart(files, ["a", "b"]) is apart
