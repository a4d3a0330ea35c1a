"""The JSON export, schema version 1 (see ``wire``): fields in the order of their documentation, indented."""

from __future__ import annotations

import orjson

from portfolio_audit.reporting.wire.report import Report


def render(report: Report) -> bytes:
    """The report as JSON in UTF-8, with a newline at the end; the same report always gives the same bytes."""
    return orjson.dumps(report, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
