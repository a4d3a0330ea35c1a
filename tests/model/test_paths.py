"""Paths looked up by their parts are those that the pattern itself matches."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.model.globs import matcher
from portfolio_audit.model.paths import Paths

TREE = (
    ".dvc/config",
    ".github/workflows/ci.yml",
    "Dockerfile",
    "deploy/k8s/api.yaml",
    "deploy/tests/check.py",
    "docs/README.md",
    "requirements-dev.txt",
    "src/Train.PY",
    "tests/test_train.py",
)
PARTS = st.sampled_from(["a", "b.py", "tests", ".dvc", "README.md", "x y", "k8s", "ü.txt"])
GLOB_PARTS = st.sampled_from(["a", "*", "**", "*.py", "tests", "re*", "README.md", "x y", "?.py", "[ab]", "*.txt"])


@pytest.mark.parametrize(
    ("glob", "found"),
    [
        ("*.py", ["deploy/tests/check.py", "src/Train.PY", "tests/test_train.py"]),
        ("dockerfile", ["Dockerfile"]),
        ("tests/", ["deploy/tests/check.py", "tests/test_train.py"]),
        ("/tests/", ["tests/test_train.py"]),
        (".github/workflows/*.yml", [".github/workflows/ci.yml"]),
        ("requirements*.txt", ["requirements-dev.txt"]),
        ("k8s", ["deploy/k8s/api.yaml"]),
        ("*.dvc", []),
        ("deploy/**", ["deploy/k8s/api.yaml", "deploy/tests/check.py"]),
    ],
)
def test_a_pattern_finds(glob: str, found: list[str]) -> None:
    assert list(Paths(TREE).matching((glob,))) == found


def test_several_patterns_find_each_path_once_in_order() -> None:
    assert Paths(TREE).matching(("*.py", "tests/", "src/")) == (
        "deploy/tests/check.py", "src/Train.PY", "tests/test_train.py",
    )  # fmt: skip


@given(
    st.lists(st.lists(PARTS, min_size=1, max_size=4).map("/".join), unique=True),
    st.lists(GLOB_PARTS, min_size=1, max_size=3).map("/".join),
    st.sampled_from(["", "/"]),
)
def test_the_look_up_agrees_with_trying_every_path(paths: list[str], glob: str, end: str) -> None:
    matches = matcher((glob + end,))
    assert Paths(paths).matching((glob + end,)) == tuple(sorted(path for path in paths if matches(path)))
