"""A report that was written before, read again: strictly, within bounds, and with a reason where it cannot be."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path

import orjson
from pydantic import TypeAdapter, ValidationError

from portfolio_audit.errors import ReportError
from portfolio_audit.reporting.wire.report import SCHEMA_VERSION, Report

MOST_BYTES = 128 * 1024 * 1024
"""A repository with all its results takes about 90 kB."""
_MEGA = 1024 * 1024
_LONGEST = 160


def read_report(path: Path) -> Report:
    """The report in a JSON file of any version of this tool that writes schema version 1.

    Fields that this version does not know are passed over; those it knows must have their form. Raises ReportError.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a path with a null byte
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise ReportError(f"{path}: cannot be read ({reason}).") from error
    return parse_report(data, name=str(path))


def parse_report(data: bytes, *, name: str = "the report") -> Report:
    """The report in the bytes of a JSON file; ReportError names it."""
    if len(data) > MOST_BYTES:
        raise ReportError(f"{name}: is over the limit of {MOST_BYTES // _MEGA} MB for a report.")
    try:
        report = _adapter().validate_json(data)
    except ValidationError as error:
        raise ReportError(f"{name}: {_why_not(data, error)}") from None
    except RecursionError:
        raise ReportError(f"{name}: is nested too deeply to be a report.") from None
    if not report.repositories and not report.portfolio:
        raise ReportError(f"{name}: is a report on nothing: it has neither a portfolio nor a repository.")
    if not _is_moment(report.at):
        raise ReportError(f"{name}: has not the form of a report: '{report.at}' is no moment, at at.")
    return report


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


@cache
def _adapter() -> TypeAdapter[Report]:
    return TypeAdapter(Report)


def _why_not(data: bytes, error: ValidationError) -> str:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    try:
        content = orjson.loads(data)
    except orjson.JSONDecodeError as damage:
        return f"is damaged, or no JSON ({damage.msg})."
    version = content.get("schema_version") if isinstance(content, dict) else None
    if not isinstance(version, int):
        return 'is no report of portfolio-audit: it has no "schema_version".'
    if version > SCHEMA_VERSION:
        return (
            f"has schema version {version}, and this portfolio-audit reads {SCHEMA_VERSION}; upgrade portfolio-audit."
        )
    place = ".".join(str(step) for step in first["loc"])[:_LONGEST]
    return f"has not the form of a report: {first['msg']}, at {place or 'its beginning'}."
