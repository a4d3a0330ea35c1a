"""The schema says all that a report holds, by the judgement of an independent validator."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from benchmarks.docs.export import ORDER
from jsonschema import Draft202012Validator

from portfolio_audit.model.report import Report
from portfolio_audit.reporting import FORMATS
from portfolio_audit.reporting.wire.schema import report_schema, schema_text

DOCS = Path(__file__).parents[3] / "docs"
SCHEMA: Any = report_schema()


def closed(schema: Any) -> Any:
    """The schema, in which no object may have more than is described."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    more = {"additionalProperties": False} if "properties" in schema else {}
    return {key: closed(value) for key, value in schema.items()} | more


def described(schema: Any) -> list[str]:
    """The fields that are described nowhere."""
    objects = {"Report": schema, **schema["$defs"]}
    return [
        f"{name}.{field}"
        for name, made in objects.items()
        for field, told in made["properties"].items()
        if not told.get("description") and "$ref" not in told
    ]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_the_committed_schema_is_current() -> None:
    assert (DOCS / "report.schema.json").read_text(encoding="utf-8") == schema_text()


@pytest.mark.parametrize("which", ["report", "single"])
def test_reports_hold_what_is_described_and_nothing_else(which: str, request: pytest.FixtureRequest) -> None:
    exported = json.loads(FORMATS["json"].render(request.getfixturevalue(which)))
    assert list(Draft202012Validator(closed(SCHEMA)).iter_errors(exported)) == []


def test_every_report_that_was_kept_fits_the_schema() -> None:
    kept = [
        json.loads(path.read_bytes()) for path in sorted((DOCS.parent / "fixtures" / "compatibility").glob("*.json"))
    ]
    assert kept
    assert [e for one in kept for e in Draft202012Validator(SCHEMA).iter_errors(one)] == []


@pytest.mark.parametrize(
    "change",
    [
        lambda report: report.update(schema_version=2),
        lambda report: report.update(score=101),
        lambda report: report["repositories"][0].pop("results"),
        lambda report: report["repositories"][0]["results"][0].update(outcome="won"),
        lambda report: report["repositories"][0].update(web_url="javascript:alert(1)"),
    ],
)
def test_the_schema_refuses_what_is_wrong(report: Report, change: Callable[[Any], object]) -> None:
    exported = json.loads(FORMATS["json"].render(report))
    change(exported)
    assert not Draft202012Validator(SCHEMA).is_valid(exported)


def test_every_field_says_what_it_means() -> None:
    assert described(SCHEMA) == []


def test_every_object_has_its_place_on_the_page() -> None:
    assert sorted(ORDER) == sorted(SCHEMA["$defs"])
