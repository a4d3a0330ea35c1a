"""Check runs that are made and changed through the API."""

from __future__ import annotations

from github_server.messages import Json, Reply, json_reply
from github_server.rest.call import ApiError, Call, not_found
from github_server.rest.checks import made_check_body
from github_server.rest.commits import commit_of
from github_server.rest.writing import invalid, said, writable

MOST_ANNOTATIONS = 50


def add_check(call: Call) -> Reply:
    repository = writable(call, "checks")
    asked = checked(said(call))
    if not isinstance(asked.get("name"), str) or not isinstance(asked.get("head_sha"), str):
        raise ApiError(422, 'Invalid request.\n\n"name", "head_sha" weren\'t supplied.')
    sha = commit_of(repository, asked["head_sha"]).oid
    made = call.hub.talk.check(repository.full_name, sha, asked)
    return json_reply(made_check_body(call, repository, made), 201)


def change_check(call: Call) -> Reply:
    repository = writable(call, "checks")
    number = call.path["check_run_id"]
    found = call.hub.talk.checks.get(int(number)) if number.isdecimal() else None
    if found is None or found.repository != repository.full_name:
        not_found()
    changed = call.hub.talk.change_check(found, checked(said(call)))
    return json_reply(made_check_body(call, repository, changed))


def checked(asked: dict[str, Json]) -> dict[str, Json]:
    """What was asked for, unless its output is more than the API takes."""
    output = asked.get("output")
    if isinstance(output, dict):
        if len(output.get("annotations", ())) > MOST_ANNOTATIONS:
            raise invalid("CheckRun", {"code": "custom", "message": "Only 50 annotations at a time are allowed."})
        if len(output.get("summary", "")) > 65_535:
            raise invalid("CheckRun", {"code": "custom", "message": "Only 65535 characters are allowed."})
    return asked
