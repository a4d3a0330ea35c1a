"""Who may write what, and what a request that writes says."""

from __future__ import annotations

import json

from github_server.accounts import Account
from github_server.messages import Json
from github_server.repository import Repository
from github_server.rest.call import NOT_FOR_APPS, ApiError, Call

LONGEST = 65_536


def writable(call: Call, permission: str) -> Repository:
    """The repository the path speaks of, if the caller may write this side of it."""
    repository = call.repository()
    if call.token is None:
        raise ApiError(401, "Requires authentication")
    if permission not in call.token.writes:
        message = NOT_FOR_APPS if call.token.is_installation else "Resource not accessible by personal access token"
        raise ApiError(403, message, headers={"X-Accepted-GitHub-Permissions": f"{permission}=write"})
    if repository.archived:
        raise ApiError(403, "Repository was archived so is read-only.")
    return repository


def author_of(call: Call) -> Account:
    """Who is shown as the author of what the caller writes."""
    assert call.token is not None
    return call.world.holder(call.token)


def said(call: Call) -> dict[str, Json]:
    """The JSON object of the request."""
    try:
        found: Json = json.loads(call.request.body)
    except ValueError:
        raise ApiError(400, "Problems parsing JSON") from None
    if not isinstance(found, dict):
        raise ApiError(400, "Body should be a JSON object")
    return found


def text_of(call: Call, resource: str) -> str:
    """The body of a comment; neither missing, blank nor too long."""
    body = said(call).get("body")
    if not isinstance(body, str) or not body.strip():
        raise invalid(resource, {"code": "missing_field", "field": "body"})
    if len(body) > LONGEST:
        told = {"code": "unprocessable", "field": "data", "message": "Body is too long (maximum is 65536 characters)"}
        raise invalid(resource, told)
    return body


def invalid(resource: str, error: dict[str, str]) -> ApiError:
    return ApiError(422, "Validation Failed", errors=[{"resource": resource, **error}])
