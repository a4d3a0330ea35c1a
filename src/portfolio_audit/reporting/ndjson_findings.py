"""NDJSON, one line a finding: each complete in itself, for pipelines."""

from __future__ import annotations

import orjson

from portfolio_audit.reporting.rows import finding_rows
from portfolio_audit.reporting.wire.report import Report


def render(report: Report) -> bytes:
    """A line for every finding in the order of the report; the same report always gives the same bytes."""
    return b"".join(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in finding_rows(report))
