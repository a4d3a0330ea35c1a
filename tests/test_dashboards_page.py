"""docs/dashboards.md: every query and program on it runs, on what an audit leaves behind."""

from __future__ import annotations

import re
import sqlite3
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import orjson
import pytest

import canonical
from portfolio_audit.history import HistoryFile
from portfolio_audit.reporting.wire import export

PAGE = (Path(__file__).parent.parent / "docs" / "dashboards.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"(<!-- only SQLite -->\n)?```(sql|python)\n(.*?)```", PAGE, re.DOTALL)
QUERIES = [code for _, language, code in BLOCKS if language == "sql"]
ANYWHERE = [code for only, language, code in BLOCKS if language == "sql" and not only]
PROGRAMS = [code for _, language, code in BLOCKS if language == "python"]
REPORT = export(canonical.portfolio_report())


@pytest.fixture
def history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a history of two runs and a report, in which we are."""
    monkeypatch.chdir(tmp_path)
    file = HistoryFile(tmp_path / "history.sqlite")
    better = tuple(replace(r, score=min(100.0, r.score + 5)) for r in REPORT.repositories)
    file.record(replace(REPORT, at="2026-11-01T00:00:00Z"))
    file.record(replace(REPORT, at="2026-11-08T00:00:00Z", repositories=better))
    (tmp_path / "report.json").write_bytes(orjson.dumps(REPORT))
    return file.path


@pytest.fixture
def duck(history: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """DuckDB that has its extension for SQLite at hand, which others fetch when they first use it."""
    duckdb = pytest.importorskip("duckdb", reason="duckdb (group dev) is not installed")
    holder = pytest.importorskip("duckdb_extension_sqlite_scanner", reason="DuckDB's extension is not installed")
    extension = next(Path(holder.__path__[0]).rglob("*.duckdb_extension"))
    connect = duckdb.connect

    def ready(*words: Any) -> Any:
        connection = connect(*words)
        connection.execute(f"LOAD '{extension}'")
        return connection

    monkeypatch.setattr(duckdb, "connect", ready)
    return duckdb


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_answers_in_sqlite(history: Path, query: str) -> None:
    with closing(sqlite3.connect(history)) as connection:
        assert connection.execute(query).fetchall()


@pytest.mark.parametrize("query", ANYWHERE)
def test_a_query_answers_the_same_in_duckdb(history: Path, duck: ModuleType, query: str) -> None:
    with closing(sqlite3.connect(history)) as connection:
        expected = connection.execute(query).fetchall()
    with duck.connect() as connection:
        connection.execute(f"ATTACH '{history}' AS past (TYPE sqlite, READ_ONLY)")
        connection.execute("USE past")
        assert connection.execute(query).fetchall() == expected


def test_the_program_for_duckdb_shows_the_curve(duck: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    exec(PROGRAMS[0], {})  # noqa: S102  # that is the test
    grade, score = REPORT.grade, REPORT.score
    assert capsys.readouterr().out.splitlines() == [f"2026-11-{day}  {grade:<2}  {score:.1f}" for day in ("01", "08")]


def test_the_program_for_streamlit_shows_the_report(history: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: dict[str, list[Any]] = {}
    stage = ModuleType("streamlit")
    for name in ("title", "metric", "dataframe", "write"):
        setattr(stage, name, lambda *words, name=name: shown.setdefault(name, []).append(words))
    monkeypatch.setitem(sys.modules, "streamlit", stage)
    exec(PROGRAMS[1], {})  # noqa: S102  # that is the test
    assert shown["title"] == [(f"{REPORT.target}: {REPORT.grade}",)]
    (((first, *_),),) = shown["dataframe"]
    assert (first["repository"], first["grade"]) == (REPORT.repositories[0].name, REPORT.repositories[0].grade)
    assert len(shown["write"]) == min(5, len(REPORT.portfolio.plan))
