"""GitHub's OpenAPI description without what this server does not serve."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Node = dict[str, Any]

REPOSITORY = "/repos/{owner}/{repo}"
PATHS = (
    "/rate_limit",
    "/user",
    "/meta",
    "/user/orgs",
    "/users/{username}/orgs",
    "/user/repos",
    "/users/{username}",
    "/users/{username}/repos",
    "/users/{username}/social_accounts",
    "/orgs/{org}",
    "/orgs/{org}/repos",
    "/search/issues",
    REPOSITORY,
    REPOSITORY + "/git/trees/{tree_sha}",
    REPOSITORY + "/git/blobs/{file_sha}",
    REPOSITORY + "/contents/{path}",
    REPOSITORY + "/readme",
    REPOSITORY + "/tarball/{ref}",
    REPOSITORY + "/commits",
    REPOSITORY + "/commits/{ref}",
    REPOSITORY + "/commits/{ref}/status",
    REPOSITORY + "/commits/{ref}/check-runs",
    REPOSITORY + "/tags",
    REPOSITORY + "/releases",
    REPOSITORY + "/deployments",
    REPOSITORY + "/deployments/{deployment_id}/statuses",
    REPOSITORY + "/environments",
    REPOSITORY + "/actions/runs",
    REPOSITORY + "/branches/{branch}",
    REPOSITORY + "/languages",
    REPOSITORY + "/topics",
    REPOSITORY + "/git/ref/{ref}",
    REPOSITORY + "/branches",
    REPOSITORY + "/releases/latest",
    REPOSITORY + "/pulls",
    REPOSITORY + "/pulls/{pull_number}",
    REPOSITORY + "/issues/{issue_number}/comments",
    REPOSITORY + "/issues/comments/{comment_id}",
    REPOSITORY + "/commits/{commit_sha}/comments",
    REPOSITORY + "/comments/{comment_id}",
)
WRITTEN = (
    ("post", REPOSITORY + "/issues/{issue_number}/comments"),
    ("patch", REPOSITORY + "/issues/comments/{comment_id}"),
    ("delete", REPOSITORY + "/issues/comments/{comment_id}"),
    ("post", REPOSITORY + "/commits/{commit_sha}/comments"),
    ("patch", REPOSITORY + "/comments/{comment_id}"),
    ("delete", REPOSITORY + "/comments/{comment_id}"),
    ("post", REPOSITORY + "/check-runs"),
    ("patch", REPOSITORY + "/check-runs/{check_run_id}"),
)
"""What may be changed there, by method."""
WORDS = frozenset(
    [
        "type",
        "properties",
        "required",
        "items",
        "additionalProperties",
        "enum",
        "nullable",
        "format",
        "oneOf",
        "anyOf",
        "allOf",
        "$ref",
        "minimum",
        "maximum",
        "minItems",
        "maxItems",
        "minLength",
        "maxLength",
        "pattern",
    ]
)
REF = "#/components/schemas/"


def reduce_openapi(published: Node) -> Node:
    """The served paths with the form of their successful replies, and the schemas these use."""
    paths: Node = {}
    for method, path in (*(("get", path) for path in PATHS), *WRITTEN):
        paths.setdefault(path, {})[method] = operation(published["paths"][path][method])
    used: Node = {}
    waiting = sorted(references(paths))
    while waiting:
        name = waiting.pop()
        if name not in used:
            used[name] = schema(published["components"]["schemas"][name])
            waiting += references(used[name])
    about = {"title": published["info"]["title"], "version": published["info"]["version"], "license": {"name": "MIT"}}
    return {"openapi": published["openapi"], "info": about, "paths": paths, "components": {"schemas": used}}


def operation(published: Node) -> Node:
    """What a successful request of one path answers, by status and media type."""
    parameters = [p for p in published.get("parameters", ()) if p.get("in") == "query"]
    return {
        "operationId": published["operationId"],
        "parameters": [{"name": p["name"], "in": "query", "schema": schema(p["schema"])} for p in parameters],
        "responses": {
            status: {"content": {kind: {"schema": schema(body.get("schema", {}))} for kind, body in content.items()}}
            for status, response in published["responses"].items()
            if status.startswith("2") and (content := response.get("content", {})) is not None
        },
    }


def schema(published: Node) -> Node:
    """A schema's rules without its words and examples."""
    kept = {key: value for key, value in published.items() if key in WORDS}
    if "properties" in kept:
        kept["properties"] = {name: schema(inner) for name, inner in kept["properties"].items()}
    for key in ("items", "additionalProperties"):
        if isinstance(kept.get(key), dict):
            kept[key] = schema(kept[key])
    for key in ("oneOf", "anyOf", "allOf"):
        if key in kept:
            kept[key] = [schema(inner) for inner in kept[key]]
    return kept


def references(node: object) -> Iterator[str]:
    """The names of the component schemas that something refers to."""
    if isinstance(node, list):
        for item in node:
            yield from references(item)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key == "$ref" and isinstance(value, str):
                yield value.removeprefix(REF)
            else:
                yield from references(value)
