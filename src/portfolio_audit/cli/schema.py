"""``portfolio-audit schema``: what a report as JSON promises."""

from __future__ import annotations

import sys


def schema() -> None:
    """Print the JSON Schema (2020-12) of a report as `--format json` writes it, with what every field means.

    Fields may be added within a schema version; none goes, and none changes its meaning.

    Examples:
      portfolio-audit schema > report.schema.json
    """
    from portfolio_audit.reporting.wire.schema import schema_text

    sys.stdout.write(schema_text())
