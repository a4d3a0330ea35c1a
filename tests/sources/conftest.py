"""Repositories on disk for the tests of sources."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pygit2
import pytest

from repositories import FORMS, Files


@pytest.fixture(params=FORMS)
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Files], Path]:
    """Make a repository named example; a test that uses this runs on every source."""
    return lambda files: FORMS[request.param](tmp_path / "example", files)


@pytest.fixture
def repository(tmp_path: Path) -> pygit2.Repository:
    """A git repository named example without commits, on the branch main."""
    return pygit2.init_repository(str(tmp_path / "example"), initial_head="main")
