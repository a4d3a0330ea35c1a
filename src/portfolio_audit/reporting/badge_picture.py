"""The badge as a picture that needs no service: SVG, with a name for screen readers."""

from __future__ import annotations

from html import escape

from portfolio_audit.reporting.badge import LABEL, color, message
from portfolio_audit.reporting.escaping import legal
from portfolio_audit.reporting.wire.report import Report

_HEIGHT = 20
_PADDING = 8
_WIDTHS = {
    "·": 4.0,
    " ": 3.9,
    "i": 3.0,
    "j": 3.8,
    "l": 3.0,
    "t": 4.3,
    "f": 3.9,
    "r": 4.7,
    "m": 10.7,
    "M": 9.3,
    "+": 9.0,
}
_WIDTH = 7.0
"""Widths in Verdana at 11 pixels, for the few characters that are far from the usual one."""


def render(report: Report) -> str:
    """A badge of two halves: what it is about, and the grade with the score."""
    left, right = _width(LABEL), _width(message(report))
    said = escape(f"{LABEL}: {legal(message(report))}")
    width = left + right
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{_HEIGHT}" role="img" aria-label="{said}">\n'
        f"  <title>{said}</title>\n"
        f'  <clipPath id="r"><rect width="{width}" height="{_HEIGHT}" rx="3"/></clipPath>\n'
        '  <g clip-path="url(#r)">\n'
        f'    <rect width="{left}" height="{_HEIGHT}" fill="#3b4148"/>\n'
        f'    <rect x="{left}" width="{right}" height="{_HEIGHT}" fill="{color(report)}"/>\n'
        "  </g>\n"
        '  <g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11">\n'
        f'    <text x="{left / 2:g}" y="14">{escape(LABEL)}</text>\n'
        f'    <text x="{left + right / 2:g}" y="14">{escape(legal(message(report)))}</text>\n'
        "  </g>\n"
        "</svg>\n"
    )


def _width(text: str) -> int:
    return round(sum(_WIDTHS.get(character, _WIDTH) for character in text)) + 2 * _PADDING
