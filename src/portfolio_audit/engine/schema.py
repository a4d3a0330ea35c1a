"""The JSON Schema of a rule file, for completion and checks in editors.

The loader knows more (what makes sense for a fact's type, what stands beside what); whatever it accepts, the schema
accepts too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from enum import StrEnum

from portfolio_audit.engine import rules
from portfolio_audit.engine.syntax import SUGAR
from portfolio_audit.model.fact import Rung
from portfolio_audit.model.rule import Effort, Ruleset, Scope, Severity
from portfolio_audit.model.vocabulary import Vocabulary

Schema = Mapping[str, object]

_TEXT: Schema = {"type": "string", "minLength": 1}
_TEXTS: Schema = {"type": "array", "items": _TEXT, "minItems": 1}
_STEPS: Schema = {"type": "array", "items": _TEXT}
_LINKS: Schema = {"type": "array", "items": {"type": "string", "pattern": "^https?://"}}
_NUMBER: Schema = {"type": "number", "minimum": 0}
_CONDITION: Schema = {"$ref": "#/$defs/condition"}
_CONDITIONS: Schema = {"type": "array", "items": _CONDITION, "minItems": 1}
_NARROWING: Mapping[str, Schema] = {
    "paths": _TEXTS,
    "rung": {"enum": [rung.label for rung in Rung]},
    "at_least": _NUMBER,
    "at_most": _NUMBER,
    "equals": _NUMBER,
}


def rule_schema(ruleset: Ruleset, vocabulary: Vocabulary) -> Schema:
    """The schema (2020-12) of a rule that may name everything the ruleset and vocabulary have."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A rule of portfolio-audit",
        **_object(_properties(ruleset), ("id", "title", "points", "severity", "full", "message", "why", "fix")),
        "dependentRequired": {"partial_share": ["partial"]},
        "$defs": {
            "condition": _condition(),
            "fact": _described({spec.id: spec.about for spec in ruleset.facts.values()}),
            "purpose": {"enum": sorted({purpose for tool in vocabulary.tools for purpose in tool.purposes})},
        },
    }


def schema_text(schema: Schema) -> str:
    """The schema as it is committed."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _properties(ruleset: Ruleset) -> dict[str, Schema]:
    kinds = {"type": "array", "items": _described(ruleset.kinds)}
    return {
        "id": {
            "type": "string",
            "pattern": f"^{rules.ID.pattern}$",
            "description": "Names the defect; the file's name.",
        },
        "part": {"enum": [part for criterion in ruleset.criteria for part in criterion.parts]},
        "title": _TEXT,
        "points": {"type": "number", "minimum": rules.LEAST_POINTS, "maximum": rules.MOST_POINTS},
        "severity": _choice(Severity),
        "scope": _choice(Scope),
        "applies": _object({"kind": kinds, "when": _CONDITION}),
        "full": _CONDITION,
        "partial": _CONDITION,
        "partial_share": {"type": "number", "minimum": 0.01, "maximum": 0.99},
        "at": {"type": "array", "items": {"$ref": "#/$defs/fact"}},
        "message": {**_TEXT, "description": "Shown when it is not met; {fact.id} quotes what was seen."},
        "why": _TEXT,
        "errs": {**_TEXT, "description": "Where the rule errs: what it misses, and what it takes for something else."},
        "fix": _object(
            {"title": _TEXT, "effort": _choice(Effort), "steps": _STEPS, "links": _LINKS}, ("title", "effort")
        ),
        "sources": _LINKS,
    }


def _condition() -> Schema:
    return {"oneOf": [*_joining(), _fact_test(), *map(_sugar, SUGAR), _text_test()]}


def _joining() -> Iterable[Schema]:
    for key, part in (("any", _CONDITIONS), ("all", _CONDITIONS), ("not", _CONDITION)):
        yield _object({key: part}, (key,))


def _fact_test() -> Schema:
    names = {"any_of": _TEXTS, "globs": _TEXTS}
    return _object({"fact": {"$ref": "#/$defs/fact"}, **names, **_NARROWING}, ("fact",))


def _sugar(key: str) -> Schema:
    purpose = _object({"purpose": {"$ref": "#/$defs/purpose"}}, ("purpose",))
    return _object({key: {"anyOf": [_TEXTS, purpose]}, **_NARROWING}, (key,))


def _text_test() -> Schema:
    inner = _object({"pattern": _TEXT, "files": _TEXTS}, ("pattern", "files"))
    return _object({"text": inner}, ("text",))


def _object(properties: Mapping[str, Schema], required: Iterable[str] = ()) -> dict[str, object]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(required),
        "additionalProperties": False,
    }


def _choice(choices: type[StrEnum]) -> Schema:
    return {"enum": [choice.value for choice in choices]}


def _described(meanings: Mapping[str, str]) -> Schema:
    return {"anyOf": [{"const": name, "description": meanings[name]} for name in sorted(meanings)]}
