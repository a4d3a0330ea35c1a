"""Parquet, one row a result; by pyarrow, which comes with the extra ``parquet``."""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq

from portfolio_audit.reporting.rows import result_rows
from portfolio_audit.reporting.wire.report import Report

_NUMBERS = {"score", "points", "possible", "confidence"}
_COUNTS = {"findings", "line", "cell"}


def render(report: Report) -> bytes:
    """A table with a row for every result; the version of the schema and of the tool stand in its metadata."""
    rows = list(result_rows(report))
    names = list(rows[0]) if rows else []
    about = {
        "schema_version": str(report.schema_version),
        "tool": report.tool.version,
        "ruleset": report.ruleset.digest,
    }
    schema = pa.schema([(name, _type(name)) for name in names], metadata=about)
    table = pa.Table.from_pydict({name: [row[name] for row in rows] for name in names}, schema=schema)
    file = io.BytesIO()
    pq.write_table(table, file, compression="zstd")
    return file.getvalue()


def _type(name: str) -> pa.DataType:
    if name == "counted":
        return pa.bool_()
    return pa.float64() if name in _NUMBERS else pa.int64() if name in _COUNTS else pa.string()
