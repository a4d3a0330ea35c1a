"""The page as one file: markup, style, script and data, with a policy that lets nothing else run or load."""

from __future__ import annotations

import base64
import gzip
import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import orjson

from portfolio_audit.dashboard.compact import DETAILS, NO_PAST, Past, compact
from portfolio_audit.reporting.wire.report import Report

BUDGET = 850_000
"""Characters of data a page may hold, so that the whole stays under a megabyte."""
PLAIN = 400_000
"""Bytes of data up to which they stand in the page as they are, to be read by anybody."""
_ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def render(report: Report, past: Past = NO_PAST) -> str:
    """The page that shows a report and the curves that led to it; the same input always gives the same bytes."""
    page = _asset("page.html")
    parts = {
        "policy": _policy(),
        "style": _asset("page.css"),
        "script": _asset("page.js"),
        "data": _data(report, past),
    }
    return "".join(parts[piece] if place % 2 else piece for place, piece in enumerate(page.split("%%")))


def _data(report: Report, past: Past) -> str:
    for detail in DETAILS:
        data = embedded(compact(report, past, detail))
        if len(data) <= BUDGET:
            break
    return data


def embedded(data: Mapping[str, object]) -> str:
    """JSON that can stand inside a script element: it holds no character that could end the element or a line.

    What is long is packed, as ``{"gzip": BASE64}``, which browsers undo by themselves.
    """
    plain = orjson.dumps(data)
    if len(plain) > PLAIN:
        return orjson.dumps({"gzip": base64.b64encode(gzip.compress(plain, 6, mtime=0)).decode()}).decode()
    return plain.decode().translate(_ESCAPES)


@cache
def _policy() -> str:
    """The Content-Security-Policy: our style and our script by their hashes, and nothing else from anywhere."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hash(_asset('page.js'))}",
            f"style-src {_hash(_asset('page.css'))}",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@cache
def _asset(name: str) -> str:
    return (files("portfolio_audit.dashboard") / "assets" / name).read_text(encoding="utf-8")
