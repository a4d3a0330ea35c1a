"""The canonical reports, and the pages that are expected of them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

import canonical
from portfolio_audit.model.report import Report

EXPECTED = Path(__file__).parent.parent.parent / "fixtures" / "expected"
REMAKE = "PORTFOLIO_AUDIT_REMAKE"


@pytest.fixture
def report() -> Report:
    """A portfolio that spans everything."""
    return canonical.portfolio_report()


@pytest.fixture
def single() -> Report:
    """One repository alone."""
    return canonical.repository_report()


@pytest.fixture
def expect() -> Callable[[str, str], None]:
    """Compare a page with the one in fixtures/expected, or write it there when PORTFOLIO_AUDIT_REMAKE is set."""

    def compare(name: str, page: str) -> None:
        path = EXPECTED / name
        if REMAKE in os.environ:
            path.write_text(page, encoding="utf-8", newline="\n")
        assert page == path.read_bytes().decode(), f"set {REMAKE}=1 to remake {name}, and read the difference"

    return compare
