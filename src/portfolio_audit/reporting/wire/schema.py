"""The JSON Schema (2020-12) of the export, made of the types and what they say of themselves."""

from __future__ import annotations

import json
from collections.abc import Mapping

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from portfolio_audit import DOCUMENTATION
from portfolio_audit.reporting.wire.report import SCHEMA_VERSION, Report

DIALECT = "https://json-schema.org/draft/2020-12/schema"
NAME = "report.schema.json"
ADDED = {"Repository": ("readiness",)}
"""Fields that came after the first release of version 1: reports of before lack them and are still reports."""


class _Untitled(GenerateJsonSchema):
    """Leaves out the titles of fields, which only repeat their names, and the line ends of our source."""

    def field_title_should_be_set(self, schema: object) -> bool:
        del schema
        return False


def report_schema() -> Mapping[str, object]:
    """The schema of a report as this version writes it."""
    made = TypeAdapter(Report).json_schema(mode="serialization", schema_generator=_Untitled)
    head = {
        "$schema": DIALECT,
        "$id": f"{DOCUMENTATION}/{NAME}",
        "title": f"A report of portfolio-audit, schema version {SCHEMA_VERSION}",
    }
    for name, fields in ADDED.items():
        made["$defs"][name]["required"] = [f for f in made["$defs"][name]["required"] if f not in fields]
    return {**head, **_plain({key: value for key, value in made.items() if key != "title"})}


def schema_text() -> str:
    """The schema as it is committed and printed."""
    return json.dumps(report_schema(), indent=2, ensure_ascii=False) + "\n"


def _plain(value: JsonSchemaValue) -> JsonSchemaValue:
    return {key: _described(key, inner) for key, inner in value.items()}


def _described(key: str, value: object) -> object:
    if isinstance(value, dict):
        return _plain(value)
    if isinstance(value, list):
        return [_described("", each) for each in value]
    return " ".join(value.split()) if key == "description" and isinstance(value, str) else value
