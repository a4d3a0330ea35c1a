"""``portfolio-audit history``: the curve of the past, also of commits nobody audited then."""

from __future__ import annotations

import re
from pathlib import Path

import pygit2
import pytest

from cli.conftest import Run
from portfolio_audit.cli.looking_back import curve, listing
from portfolio_audit.history import Run as Kept
from repositories import commit

DAY = 24 * 3600
ROW = re.compile(r"^  #(\d+) +(\S+)  (\S+) +([\d.]+) ([ +-][ .\d+-]{5})  ?(.*)$")


def kept(number: int, score: float, **changes: object) -> Kept:
    values = {"subject": "ada", "at": f"2026-11-{number:02}T12:00:00Z", "way": "audit", "portfolio": True}
    made = {"tool": "1.0", "ruleset": "1", "standard": "s", "grade": "B", "score": score}
    return Kept(number=number, **{**values, **made, **changes})


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Ten weeks of work, with a licence in the last."""
    made = pygit2.init_repository(str(tmp_path / "churn"), initial_head="main")
    files = {"README.md": b"# Churn\n", "train.py": b"import sklearn\nsklearn.fit()\n"}
    for week in range(9):
        commit(made, {**files, "notes.md": b"%d" % week}, at=week * 7 * DAY)
    commit(made, {**files, "LICENSE": b"MIT License\n", "requirements.txt": b"scikit-learn==1.5.0\n"}, at=63 * DAY)
    return tmp_path / "churn"


def test_every_run_with_its_distance_from_the_one_before() -> None:
    shown = listing([kept(1, 50.0), kept(2, 62.5), kept(3, 60.0, way="backfill", standard="t")], "", 9, "h.sqlite")
    assert shown == (
        "ada  ▅▆▅\n"
        "  #1    2026-11-01  B   50.0\n"
        "  #2    2026-11-02  B   62.5  +12.5\n"
        "  #3    2026-11-03  B   60.0   -2.5  backfill, other rules\n"
        "\nKept in h.sqlite\n"
    )


def test_only_the_last_are_listed_and_the_curve_has_all() -> None:
    shown = listing([kept(1, 0.0), kept(2, 100.0), kept(3, 100.0, tool="2.0")], "", 1, "h")
    assert shown.startswith("ada  ▁██\n  #3    2026-11-03  B  100.0   +0.0  portfolio-audit 2.0\n\n")


def test_subjects_stand_apart() -> None:
    shown = listing([kept(1, 50.0), kept(2, 50.0, subject="bob\x1b[31m")], "", 9, "h")
    assert [line for line in shown.splitlines() if not line.startswith(" ")] == [
        "ada  ▅", "", "bob\N{REPLACEMENT CHARACTER}[31m  ▅", "", "Kept in h"
    ]  # fmt: skip


def test_the_curve_is_bounded() -> None:
    assert curve([0, 12.5, 99.9, 100]) == "▁▂██"
    assert len(curve([50.0] * 500)) == 60


def test_without_a_history_it_says_how_to_begin_one(run: Run) -> None:
    result = run("history")
    assert "there is no history yet. Audit with --record" in str(result.exception)


def test_a_past_is_made_of_commits(run: Run, repository: Path) -> None:
    words = ("--since", "2023-10-01", "--now", "2024-02-01")
    result = run("history", "backfill", repository, "--jobs", "1", *words)
    assert result.exit_code == 0, result.output
    rows = [ROW.match(line) for line in result.stdout.splitlines() if line.startswith("  #")]
    assert len(rows) == 10
    assert {row[6] for row in rows} == {"backfill"}
    assert float(rows[-1][4]) > float(rows[0][4])
    assert rows[0][2] == "2023-11-14"
    assert rows[0][2] in run("history", "churn").stdout


def test_made_again_it_is_the_same(run: Run, repository: Path) -> None:
    words = ("history", "backfill", repository, "--jobs", "1", "--since", "2023-12-20")
    first, second = (run(*words).stdout for _ in range(2))
    assert first == second
    assert run("history").stdout.count("backfill") == first.count("backfill")


def test_processes_give_the_same(run: Run, repository: Path) -> None:
    words = ("history", "backfill", repository, "--since", "2023-10-01")
    first, second = (run(*words, "--jobs", jobs).stdout for jobs in (1, 2))
    assert re.sub(r"#\d+ +", "", first) == re.sub(r"#\d+ +", "", second)


def test_what_is_no_repository_is_explained(run: Run, tmp_path: Path) -> None:
    assert "is no git repository" in str(run("history", "backfill", tmp_path).exception)
    (tmp_path / "HEAD").write_text("ref: refs/heads/main\n", encoding="utf-8")
    assert "its git directory is damaged or incomplete" in str(run("history", "backfill", tmp_path).exception)
    assert not (tmp_path / "history.sqlite").exists()
