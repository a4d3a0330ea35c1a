"""``portfolio-audit cache``."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cli.conftest import Run
from portfolio_audit.github import store
from portfolio_audit.github.cache_folder import STORE
from portfolio_audit.github.store import open_store

DAY = 24 * 3600


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache folder of the commands, which does not exist yet."""
    monkeypatch.setenv("PORTFOLIO_AUDIT_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


def keep(folder: Path, *commits: str) -> None:
    with open_store(folder, "ada", pytest.fail) as opened:
        for commit in commits:
            opened.put_tree("ada/churn", commit, ())


def test_before_the_first_audit_nothing_is_there(run: Run, folder: Path) -> None:
    assert run("cache", "info").stdout == f"{folder}: nothing is kept yet\n"
    assert run("cache", "clear").stdout == "There is nothing to remove.\n"
    assert not folder.exists()


def test_info_says_what_is_there(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store.time, "time", lambda: 20_000 * DAY)
    keep(folder, "a")
    monkeypatch.setattr(store.time, "time", lambda: 20_003 * DAY)
    keep(folder, "b")
    shown = run("cache", "info").stdout
    assert re.fullmatch(
        rf"{re.escape(str(folder))}: [\d.]+ KiB\n"
        r"  store.sqlite3  +[\d.]+ KiB  2 trees; last used 2024-10-04 to 2024-10-07\n",
        shown,
    )


def test_info_counts_each_kind(run: Run, folder: Path) -> None:
    keep(folder, "a")
    with open_store(folder, "ada", pytest.fail) as opened:
        opened.put_sheet("ada/churn", "state", b"[]")
    assert " 1 fact sheet, 1 tree; last used " in run("cache", "info").stdout


def test_clear_says_what_went(run: Run, folder: Path) -> None:
    keep(folder, "a")
    assert re.fullmatch(r"Removed 1 tree: .+ freed\.\n", run("cache", "clear").stdout)
    assert run("cache", "clear").stdout == "There is nothing to remove.\n"
    assert "empty" in run("cache", "info").stdout


def test_clear_can_spare_what_was_used_lately(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(folder, "a")
    monkeypatch.setattr(store.time, "time", lambda: 20_000 * DAY)
    keep(folder, "b", "c")
    monkeypatch.undo()
    monkeypatch.setenv("PORTFOLIO_AUDIT_CACHE_DIR", str(folder))
    assert run("cache", "clear", "--older-than", "30").stdout.startswith("Removed 2 trees:")
    with open_store(folder, "ada", pytest.fail) as opened:
        assert opened.tree("ada/churn", "a") == ()


def test_damaged_files_are_told_and_removed(run: Run, folder: Path) -> None:
    folder.mkdir()
    (folder / STORE).write_bytes(b"garbage " * 99)
    shown = run("cache", "info")
    assert "was damaged" in shown.stderr
    assert re.search(r"store.sqlite3.damaged-1 +792 bytes  damaged, set aside", shown.stdout)
    assert run("cache", "clear").stdout.startswith("Removed 1 damaged file:")
    assert [file.name for file in folder.iterdir()] == [STORE]


def test_days_are_not_negative(run: Run, folder: Path) -> None:
    assert run("cache", "clear", "--older-than", "-1").exit_code == 2
