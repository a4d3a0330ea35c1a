"""Every format is found by name and by file ending, and can show every report."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest

import portfolio_audit.reporting as package
from portfolio_audit.errors import ReportError
from portfolio_audit.model.report import Report
from portfolio_audit.reporting import FORMATS, guess_format
from portfolio_audit.reporting.wire import read_report
from portfolio_audit.reporting.wire.reading import parse_report

GOLDEN = {
    "ndjson": "report.ndjson",
    "ndjson-findings": "report.findings.ndjson",
    "csv": "report.csv",
    "markdown": "report.md",
    "sarif": "report.sarif",
    "junit": "report.junit.xml",
    "annotations": "report.annotations.txt",
    "badge": "report.badge.json",
    "badge-svg": "report.badge.svg",
    "prometheus": "report.prom",
}
ELSEWHERE = {"terminal", "json", "svg", "parquet"}
"""Formats whose pages have tests of their own."""
WRITTEN = [name for name, form in FORMATS.items() if not form.live]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_shows_every_report(name: str, report: Report, single: Report) -> None:
    assert FORMATS[name].render(report) != FORMATS[name].render(single)


@pytest.mark.parametrize("name", GOLDEN)
def test_the_whole_page(name: str, report: Report, expect: Callable[[str, str], None]) -> None:
    expect(GOLDEN[name], FORMATS[name].render(report).decode())


def test_every_format_has_its_page() -> None:
    assert {*GOLDEN, *ELSEWHERE} == set(FORMATS)


@pytest.mark.parametrize("name", WRITTEN)
def test_a_report_that_was_kept_gives_the_same(name: str, report: Report) -> None:
    kept = parse_report(FORMATS["json"].render(report))
    assert FORMATS[name].convert(kept) == FORMATS[name].render(report)


@pytest.mark.parametrize("name", WRITTEN)
def test_reports_of_the_first_version_give_every_format(name: str) -> None:
    kept = Path(__file__).parents[2] / "fixtures" / "compatibility" / "report-1.json"
    assert FORMATS[name].convert(read_report(kept))


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("report.json", "json"),
        ("REPORT.JSON", "json"),
        ("a/b.svg", "svg"),
        ("a/b.badge.svg", "badge-svg"),
        ("b.badge.json", "badge"),
        ("x.sarif.json", "sarif"),
        ("x.findings.ndjson", "ndjson-findings"),
        ("x.jsonl", "ndjson"),
        ("x.txt", "terminal"),
        ("x.docx", None),
    ],
)
def test_a_format_is_guessed_from_the_file_ending(path: str, name: str | None) -> None:
    assert guess_format(path) == name


def test_no_two_formats_share_a_file_ending() -> None:
    suffixes = [suffix for form in FORMATS.values() for suffix in form.suffixes]
    assert len(suffixes) == len(set(suffixes))


def test_every_module_with_a_render_is_registered() -> None:
    folder = Path(package.__file__).parent
    modules = {path.stem: path for path in folder.glob("*.py")}
    modules |= {path.parent.name: path for path in folder.glob("*/__init__.py")}
    writers = {
        name for name, path in modules.items() if "\ndef render(report: Report) ->" in path.read_text(encoding="utf-8")
    }
    assert writers == {form.module for form in FORMATS.values()}


def test_the_picture_is_well_formed_and_holds_no_markup_of_a_repository(report: Report) -> None:
    root = ET.fromstring(FORMATS["svg"].render(report))  # noqa: S314  # made by us a line above
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags <= {"svg", "style", "defs", "clipPath", "rect", "text", "g", "circle"}


def test_the_picture_is_the_same_every_time(report: Report) -> None:
    assert FORMATS["svg"].render(report) == FORMATS["svg"].render(report)


def test_a_format_without_its_library_says_how_to_get_it(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "find_spec", lambda _: None)
    with pytest.raises(ReportError, match=r"needs pyarrow: pip install 'portfolio-audit\[parquet\]'"):
        FORMATS["parquet"].render(report)
