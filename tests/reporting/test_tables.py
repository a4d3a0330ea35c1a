"""Tables hold every result or finding, complete in itself, and no cell is a formula."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

import canonical
from portfolio_audit.model.report import Report
from portfolio_audit.reporting import FORMATS, csv_table
from portfolio_audit.reporting.rows import finding_rows, result_rows
from portfolio_audit.reporting.wire import export

EXPORTED = export(canonical.repository_report())
START = st.sampled_from(["", "=", "+", "-", "@", "\t", "\r", " =", "\uff1d", "  -", "'", '"'])


def test_there_is_a_row_for_every_result(report: Report) -> None:
    exported = export(report)
    assert len(list(result_rows(exported))) == 2 + sum(len(r.results) for r in exported.repositories)


def test_a_finding_is_complete_in_itself(report: Report) -> None:
    row = next(row for row in finding_rows(export(report)) if row["rule"] == "no-baseline")
    commit = "4f1c2a9b7d3e5f60718293a4b5c6d7e8f9012345"
    assert row == {
        "at": "2026-03-14T15:09:26Z",
        "portfolio": "ada",
        "repository": "ada/house-prices",
        "project": None,
        "commit": commit,
        "kind": "ml-project",
        "counted": True,
        "grade": "F",
        "score": 4.0,
        "criterion": "value",
        "part": None,
        "rule": "no-baseline",
        "title": "No baseline to compare with",
        "severity": "medium",
        "outcome": "partial",
        "points": 2.0,
        "possible": 5.0,
        "message": "A score is reported, a baseline is not.",
        "reason": "",
        "suppressed": None,
        "confidence": None,
        "fix": "Report a baseline beside the model",
        "effort": "4h",
        "path": "prices.ipynb",
        "line": 9,
        "cell": 12,
        "note": "",
        "url": f"https://github.com/ada/house-prices/blob/{commit}/prices.ipynb?plain=1#L9",
        "fingerprint": "d006887e74587ee1f267",
    }


def test_projects_have_rows_of_their_own() -> None:
    whole = EXPORTED.repositories[0]
    project = replace(whole, name="churn", folder="churn", score=12.5, kind="ml-project")
    collection = replace(EXPORTED, repositories=(replace(whole, projects=(project,)),))
    rows = [(row["repository"], row["project"], row["score"]) for row in result_rows(collection)]
    name = whole.full_name
    assert list(dict.fromkeys(rows)) == [(name, None, whole.score), (name, "churn", 12.5)]


def test_lines_are_complete_objects(report: Report) -> None:
    lines = FORMATS["ndjson"].render(report).decode().splitlines()
    assert [json.loads(line)["repository"]["name"] for line in lines] == [r.name for r in report.repositories]
    lines = FORMATS["ndjson-findings"].render(report).decode().splitlines()
    assert [json.loads(line) for line in lines] == list(finding_rows(export(report)))


@given(START, st.text())
def test_no_cell_is_a_formula_and_every_text_comes_back(start: str, text: str) -> None:
    note = start + text
    results = tuple(replace(r, message=note) for r in EXPORTED.repositories[0].results)
    hostile = replace(EXPORTED, repositories=(replace(EXPORTED.repositories[0], full_name=note, results=results),))
    rows = list(csv.DictReader(io.StringIO(csv_table.render(hostile), newline="")))
    assert len(rows) == len(results)
    for row in rows:
        assert row["message"].removeprefix("'") == note.removeprefix("'")
        assert all(
            value.lstrip(" ")[:1] not in set("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20") or not value
            for value in row.values()
        )


def test_numbers_stay_numbers(report: Report) -> None:
    rows = list(csv.DictReader(io.StringIO(FORMATS["csv"].render(report).decode(), newline="")))
    assert (rows[2]["score"], rows[2]["counted"], rows[2]["line"]) == ("86.9773", "true", "12")


def test_parquet_holds_the_same_rows_typed(report: Report) -> None:
    table = pq.read_table(io.BytesIO(FORMATS["parquet"].render(report)))
    assert table.to_pylist() == list(result_rows(export(report)))
    assert [str(table.schema.field(name).type) for name in ("score", "line", "counted", "rule")] == [
        "double",
        "int64",
        "bool",
        "string",
    ]
    assert table.schema.metadata == {b"schema_version": b"1", b"tool": b"0.1.0", b"ruleset": b"5eedf00d5eedf00d"}


@pytest.mark.parametrize("name", ["csv", "ndjson", "ndjson-findings", "parquet"])
def test_a_report_without_results_is_a_table_without_rows(name: str) -> None:
    nothing = replace(EXPORTED, repositories=())
    made = FORMATS[name].convert(nothing)
    assert pq.read_table(io.BytesIO(made)).num_rows == 0 if name == "parquet" else made == b""
