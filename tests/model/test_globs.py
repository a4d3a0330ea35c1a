"""Globs mean what they mean in a .gitignore, without regard to case."""

from __future__ import annotations

import pytest

from portfolio_audit.model.globs import matcher


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("requirements*.txt", "api/Requirements-dev.txt", True),
        ("/Dockerfile", "Dockerfile", True),
        ("/Dockerfile", "api/Dockerfile", False),
        (".github/workflows/*.yml", ".github/workflows/ci.yml", True),
        (".github/workflows/*.yml", "old/.github/workflows/ci.yml", False),
        ("tests/", "api/tests/unit/test_x.py", True),
        ("tests/", "tests", False),
        ("**/data/*.csv", "a/b/data/x.csv", True),
        ("*.py", "x.pyc", False),
    ],
)
def test_pattern(pattern: str, path: str, matches: bool) -> None:
    assert matcher((pattern,))(path) is matches


def test_no_pattern_matches_nothing() -> None:
    assert not matcher(())("anything")


def test_several_patterns_match_as_one() -> None:
    found = matcher(("*.md", "*.rst"))
    assert [found(p) for p in ("a.md", "b.rst", "c.txt")] == [True, True, False]


@pytest.mark.parametrize("pattern", ["\\", "a\\", "[", "**", "", "!", "#"])
def test_a_pattern_that_is_none_does_not_fail(pattern: str) -> None:
    assert matcher((pattern, "*.md"))("a.md")
