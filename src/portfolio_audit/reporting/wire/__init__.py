"""The wire format: what the JSON export promises, made of a report, read again, and described by a schema.

Every format but those of the terminal is made of it, so that a report that was kept gives all of them.
"""

from __future__ import annotations

from portfolio_audit.reporting.wire.making import export
from portfolio_audit.reporting.wire.reading import read_report
from portfolio_audit.reporting.wire.report import Report

__all__ = ["Report", "export", "read_report"]
