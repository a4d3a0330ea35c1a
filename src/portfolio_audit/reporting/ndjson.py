"""NDJSON, one line a repository: the object of the JSON export, with what made it and when."""

from __future__ import annotations

import orjson

from portfolio_audit.reporting.wire.report import Report


def render(report: Report) -> bytes:
    """A line for every repository in the order of the report; the same report always gives the same bytes."""
    start = {
        "schema_version": report.schema_version,
        "tool": report.tool,
        "ruleset": report.ruleset,
        "at": report.at,
        "portfolio": report.portfolio.name if report.portfolio else None,
    }
    lines = (
        orjson.dumps({**start, "repository": one}, option=orjson.OPT_APPEND_NEWLINE) for one in report.repositories
    )
    return b"".join(lines)
