"""Reports that were kept are read again; what is none is refused with a reason."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from portfolio_audit.errors import ReportError
from portfolio_audit.model.report import Report
from portfolio_audit.reporting import json_v1
from portfolio_audit.reporting.wire import export, read_report, reading
from portfolio_audit.reporting.wire.reading import parse_report

KEPT = Path(__file__).parents[3] / "fixtures" / "compatibility"
"""Reports as earlier versions wrote them: never remade."""
Change = Callable[[Any], object]


def test_a_report_is_read_as_it_was_written(report: Report, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_bytes(json_v1.render(export(report)))
    assert read_report(path) == export(report)


def test_a_report_of_the_first_version_is_still_read() -> None:
    kept = read_report(KEPT / "report-1.json")
    churn = kept.repositories[0]
    assert (kept.schema_version, kept.grade, kept.score, len(kept.repositories)) == (1, "B", 64.6864, 5)
    assert (churn.full_name, churn.grade, churn.criteria["depth"].parts["hosting"].score) == (
        "ada/churn-service",
        "A",
        1,
    )
    assert [(r.rule, r.findings[0].path) for r in churn.results if r.outcome == "partial"] == [
        ("unstated-limits", "README.md"),
        ("unmonitored-model", "drift.py"),
    ]


def test_fields_that_later_versions_add_are_passed_over(report: Report) -> None:
    content = json.loads(json_v1.render(export(report)))
    content["added"] = content["repositories"][0]["added"] = {"later": True}
    assert parse_report(json.dumps(content).encode()) == export(report)


def test_fields_that_were_added_later_need_not_be_there(report: Report) -> None:
    content = json.loads(json_v1.render(export(report)))
    for name in ("criteria", "grades", "rules", "unread", "left_out"):
        del content[name]
    assert parse_report(json.dumps(content).encode()).grades == ()


def test_a_report_on_nothing_is_refused(single: Report) -> None:
    content = json.loads(json_v1.render(export(single)))
    content["repositories"] = []
    with pytest.raises(ReportError, match="is a report on nothing"):
        parse_report(json.dumps(content).encode())


def put(*place: str | int, value: object) -> Change:
    """A change that puts a value at a place."""

    def change(content: Any) -> None:
        for step in place[:-1]:
            content = content[step]
        content[place[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (put("schema_version", value=2), "has schema version 2, and this portfolio-audit reads 1; upgrade"),
        (put("schema_version", value="1"), 'is no report of portfolio-audit: it has no "schema_version".'),
        (put("score", value="63"), "Input should be a valid number, at score."),
        (put("score", value=101), "less than or equal to 100, at score."),
        (put("at", value="yesterday"), "at at."),
        (put("at", value="2026-99-01T00:00:00Z"), "'2026-99-01T00:00:00Z' is no moment, at at."),
        (put("repositories", 0, "coverage", "files", value=10**30), "at repositories.0.coverage.files."),
        (put("repositories", 0, "results", 1, "outcome", value="won"), "at repositories.0.results.1.outcome."),
        (put("repositories", 0, "web_url", value="javascript:alert(1)"), "at repositories.0.web_url."),
        (put("repositories", 0, "results", 1, "findings", 0, "url", value="data:x"), "findings.0.url."),
        (put("repositories", 0, "results", 1, "findings", 0, "line", value=-3), "findings.0.line."),
    ],
)
def test_what_has_not_the_form_is_refused_with_the_place(report: Report, change: Change, reason: str) -> None:
    content = json.loads(json_v1.render(export(report)))
    change(content)
    with pytest.raises(ReportError, match=r"^r\.json: ") as refused:
        parse_report(json.dumps(content).encode(), name="r.json")
    assert reason in str(refused.value)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is damaged, or no JSON (Input is a zero-length"),
        (b'{"schema_version": 1, "tool"', "is damaged, or no JSON (unexpected end of data"),
        (b"\xff\xfe", "is damaged, or no JSON (str is not valid UTF-8"),
        (b"[" * 100_000, "is damaged, or no JSON (depth limit exceeded"),
        (b'{"score": NaN, "schema_version": 1}', "is damaged, or no JSON"),
        (b"1" * 5_000, "is damaged, or no JSON"),
        (b"[]", 'is no report of portfolio-audit: it has no "schema_version".'),
    ],
)
def test_what_is_no_report_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(ReportError) as refused:
        parse_report(data)
    assert reason in str(refused.value)


def test_reports_over_the_limit_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 1024 * 1024)
    path = tmp_path / "report.json"
    path.write_bytes(b" " * (1024 * 1024 + 1))
    with pytest.raises(ReportError, match=r"is over the limit of 1 MB for a report\."):
        read_report(path)


@pytest.mark.parametrize("name", ["gone.json", ".", "a\0b"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(ReportError, match=r"cannot be read \("):
        read_report(tmp_path / name)
