"""Badges: the grade in a few characters, readable by everybody."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from portfolio_audit.model.report import Report
from portfolio_audit.reporting import FORMATS
from portfolio_audit.reporting.badge import COLORS, NO_COLOR
from portfolio_audit.reporting.wire import export

SVG = "{http://www.w3.org/2000/svg}"


def luminance(color: str) -> float:
    """The relative luminance of WCAG 2.2: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_endpoint_of_shields(report: Report) -> None:
    assert json.loads(FORMATS["badge"].render(report)) == {
        "schemaVersion": 1,
        "label": "ML portfolio",
        "message": "B · 65",
        "color": "#2f6f8f",
    }


@pytest.mark.parametrize(
    ("grade", "message", "color"),
    [
        ("A+", "A+ · 65", COLORS["A"]),
        ("F", "F · 65", COLORS["F"]),
        ("?", "not judged", NO_COLOR),
        ("1", "1 · 65", NO_COLOR),
    ],
)
def test_every_grade_has_its_badge(report: Report, grade: str, message: str, color: str) -> None:
    made = json.loads(FORMATS["badge"].convert(replace(export(report), grade=grade)))
    assert (made["message"], made["color"]) == (message, color)


def test_the_picture_says_the_same_to_those_who_hear_it(report: Report) -> None:
    root = ET.fromstring(FORMATS["badge-svg"].render(report))  # noqa: S314  # made by us
    assert (root.get("role"), root.get("aria-label")) == ("img", "ML portfolio: B · 65")
    assert root.findtext(f"{SVG}title") == "ML portfolio: B · 65"
    assert [text.text for text in root.iter(f"{SVG}text")] == ["ML portfolio", "B · 65"]


def test_a_grade_from_elsewhere_is_text_in_the_picture(report: Report) -> None:
    made = FORMATS["badge-svg"].convert(replace(export(report), grade="<script>"))
    root = ET.fromstring(made)  # noqa: S314  # made by us
    assert {element.tag.removeprefix(SVG) for element in root.iter()} == {
        "svg",
        "title",
        "clipPath",
        "rect",
        "g",
        "text",
    }


@pytest.mark.parametrize("color", [*COLORS.values(), NO_COLOR])
def test_white_text_can_be_read_on_every_colour(color: str) -> None:
    assert 1.05 / (luminance(color) + 0.05) >= 4.5
