"""The badge of shields.io, for its endpoint: https://shields.io/badges/endpoint-badge."""

from __future__ import annotations

import orjson

from portfolio_audit.reporting.wire.report import Report

LABEL = "ML portfolio"
UNGRADED = "?"
COLORS = {"A": "#1f7a3d", "B": "#2f6f8f", "C": "#8a6d00", "D": "#b4530a", "F": "#b3261e"}
"""By the letter without its sign: dark enough for white text (a contrast of 4.5 and more)."""
NO_COLOR = "#5c6670"


def render(report: Report) -> bytes:
    """The JSON object that the endpoint serves."""
    badge = {"schemaVersion": 1, "label": LABEL, "message": message(report), "color": color(report)}
    return orjson.dumps(badge, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def message(report: Report) -> str:
    """The grade and the score, in a few characters."""
    return "not judged" if report.grade == UNGRADED else f"{report.grade} · {report.score:.0f}"


def color(report: Report) -> str:
    """The colour of the grade; nothing is told by it alone."""
    return COLORS.get(report.grade[:1], NO_COLOR)
