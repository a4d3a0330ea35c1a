"""Every format is found by name and by file ending, and can show every report."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

import portfolio_audit.reporting as package
from portfolio_audit.model.report import Report
from portfolio_audit.reporting import FORMATS, guess_format


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_shows_every_report(name: str, report: Report, single: Report) -> None:
    assert FORMATS[name].render(report) != FORMATS[name].render(single)


@pytest.mark.parametrize(
    ("path", "name"),
    [("report.json", "json"), ("REPORT.JSON", "json"), ("a/b.svg", "svg"), ("x.txt", "terminal"), ("x.docx", None)],
)
def test_a_format_is_guessed_from_the_file_ending(path: str, name: str | None) -> None:
    assert guess_format(path) == name


def test_no_two_formats_share_a_file_ending() -> None:
    suffixes = [suffix for form in FORMATS.values() for suffix in form.suffixes]
    assert len(suffixes) == len(set(suffixes))


def test_every_module_with_a_render_is_registered() -> None:
    folder = Path(package.__file__).parent
    modules = folder.glob("*.py")
    writers = {path.stem for path in modules if "\ndef render(report: Report) ->" in path.read_text(encoding="utf-8")}
    assert writers == {form.module for form in FORMATS.values()}


def test_the_picture_is_well_formed_and_holds_no_markup_of_a_repository(report: Report) -> None:
    root = ET.fromstring(FORMATS["svg"].render(report))  # noqa: S314  # made by us a line above
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags <= {"svg", "style", "defs", "clipPath", "rect", "text", "g", "circle"}


def test_the_picture_is_the_same_every_time(report: Report) -> None:
    assert FORMATS["svg"].render(report) == FORMATS["svg"].render(report)
