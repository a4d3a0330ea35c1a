"""The page of the JSON export, made from its schema, and the schema itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from benchmarks.docs.knowledge import Knowledge
from benchmarks.docs.markdown import anchor, code, fence, link, page, prose, table
from portfolio_audit.reporting.wire.schema import NAME, report_schema
from portfolio_audit.reporting.wire.verdicts import MOST

Schema = Mapping[str, Any]
ORDER = (
    "Repository", "Portfolio", "Result", "Location", "Finding", "PlanStep", "CriterionScore", "PartScore", "Readiness",
    "Rule", "Fix", "ShortFix", "Criterion", "GradeStep", "Graded", "Coverage", "Problem", "Unread", "LeftOut", "Tool",
    "Ruleset",
)  # fmt: skip
"""The objects as a reader meets them; a test checks that none is missing."""
_SIMPLE = {"string": "text", "number": "number", "integer": "whole number", "boolean": "true or false", "null": "null"}

_HEAD = """\
`--format json` writes one object, always the same bytes for the same input (`--now` fixes the moment): fields in the
order of this page, numbers rounded to four places, text in UTF-8.

**The promise.** Fields may be added within version 1; none is removed, and none changes its meaning. What reads
version 1 today reads every later report that says `"schema_version": 1`; pass over fields you do not know. Every field
is always there; what is not known is `null`, or empty."""
_EXAMPLES = """\
$ portfolio-audit repo . --format json --output report.json
$ portfolio-audit portfolio ~/github --format json | jq '.repositories[] | {name, grade, score}'"""
_FINGERPRINTS = """\
A finding keeps its `fingerprint` while the text of its line stays, wherever in the file it moves, so that two reports
tell what is new, what is fixed and what only moved. It is the BLAKE2b hash (10 bytes, in hexadecimal) of the rule's id,
the folder of the project if it is a project's, the path, the words of the line (at most 400 characters, whitespace made
one space) and the number of findings with the same of all these before it, joined by null bytes. The number of the
line, the message and the commit are no part of it. A renamed file, a rewritten line and a renamed rule make a new
finding. Where files are not looked into (the profile, files too large to read) the path decides."""


def pages(knowledge: Knowledge) -> Mapping[str, Iterator[str]]:
    """The page by its path."""
    del knowledge
    return {"json.md": _page(report_schema())}


def _page(schema: Schema) -> Iterator[str]:
    yield from page("The JSON export, schema version 1")
    yield from (_HEAD, "")
    yield f"The same as a JSON Schema (2020-12): {link(code(NAME), NAME)}, or `portfolio-audit schema`."
    yield from ("", *fence(_EXAMPLES, "console"), "")
    yield from ("## The report", "", *_fields(schema, schema))
    for name in ORDER:
        made = schema["$defs"][name]
        yield from ("", f"## {name}", "", prose(made["description"]), "", *_fields(made, schema))
    yield from ("", "## Fingerprints", "", _FINGERPRINTS)


def _fields(of: Schema, schema: Schema) -> Iterator[str]:
    yield from table(("field", "is", "meaning"), (
        (code(name), _type(field), prose(field.get("description") or _target(field, schema)["description"]))
        for name, field in of["properties"].items()
    ))  # fmt: skip


def fields_of(name: str) -> Mapping[str, str]:
    """What each field of an object means, by its name; a field that is an object itself means what that does."""
    schema = report_schema()
    made: Schema = schema["$defs"][name]  # type: ignore[index]  # a schema is nested
    return {
        field: told.get("description") or (_target(told, schema)["description"] if "$ref" in told else "")
        for field, told in made["properties"].items()
    }


def _target(field: Schema, schema: Schema) -> Schema:
    made: Schema = schema["$defs"][field["$ref"].rpartition("/")[2]]
    return made


def _type(field: Schema) -> str:
    if "anyOf" in field:
        return " or ".join(_type(option) for option in field["anyOf"])
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        return link(name, f"#{anchor(name)}")
    if "enum" in field or "const" in field:
        return ", ".join(code(str(each)) for each in field.get("enum") or [field["const"]])
    if field["type"] == "array":
        return f"list of {_type(field['items'])}"
    if field["type"] == "object":
        return f"{_type(field['additionalProperties'])} by id"
    return _SIMPLE[field["type"]] + _bounds(field)


def _bounds(field: Schema) -> str:
    least, most = field.get("minimum"), field.get("maximum")
    most = None if most == MOST else most
    return "" if least is None else f", {least:g} to {most:g}" if most is not None else f", at least {least:g}"
