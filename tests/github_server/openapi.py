"""Whether a REST reply has the form that GitHub's OpenAPI description gives it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from jsonschema import Draft202012Validator

from github_server.messages import Json

PUBLISHED = Path(__file__).parent / "schema" / "openapi.json"


@cache
def description() -> Json:
    """The reduced description, its schemas turned into plain JSON Schema."""
    return plain(json.loads(PUBLISHED.read_bytes()))


def plain(node: Json) -> Json:
    """OpenAPI 3.0's ``nullable`` in JSON Schema's words."""
    if isinstance(node, list):
        return [plain(item) for item in node]
    if not isinstance(node, dict):
        return node
    changed = {key: plain(value) for key, value in node.items() if key != "nullable"}
    return {"anyOf": [changed, {"type": "null"}]} if node.get("nullable") is True else changed


def problems(
    template: str, status: int, body: Json, kind: str = "application/json", *, method: str = "get"
) -> list[str]:
    """What is wrong with the body of a reply to a request for ``template``."""
    response = description()["paths"][template][method]["responses"][str(status)]["content"][kind]["schema"]
    validator = Draft202012Validator({**response, "components": description()["components"]})
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(body)]
