"""Readiness measured against runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.readiness.__main__ import figures
from benchmarks.readiness.executed import Executed, read_executed
from benchmarks.readiness.measure import Measured, area, matched_area, ours, smaller
from benchmarks.readiness.page import page

TABLE = "repo,cloned_commit,failure_mode,rrs\n" + "".join(
    f"o/r{n},c{n},{'success' if n % 2 else 'code_error' if n % 3 else 'install_dep'},{n}\n" for n in range(9)
)


def row(*, good: bool, readiness: float | None, cells: int) -> Measured:
    return Measured(Executed(f"o/{good}{readiness}{cells}", "", "success" if good else "x", 50), readiness, cells)


ROWS = [
    row(good=True, readiness=0.9, cells=10),
    row(good=True, readiness=0.4, cells=50),
    row(good=False, readiness=0.5, cells=11),
    row(good=False, readiness=None, cells=100),
]


def test_every_third_row_is_read_and_failed_installs_are_no_runs(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(TABLE)
    assert [e.repository for e in read_executed(tmp_path / "t.csv", "tune")] == ["o/r3"]
    assert len(read_executed(tmp_path / "t.csv", "all")) == 7


def test_areas_count_pairs() -> None:
    assert area(ROWS, ours) == pytest.approx(2 / 4)
    assert matched_area(ROWS, ours) == 1
    assert area(ROWS, smaller) == pytest.approx(3 / 4)
    assert area(ROWS[:2], ours) is None


def test_the_page_shows_every_score() -> None:
    text = page(figures(ROWS, ["o/gone"]))
    assert "| **readiness** (ours) | 0.50 |" in text
    assert "4 repositories, of which 2 ran" in text
    assert "{" not in text
