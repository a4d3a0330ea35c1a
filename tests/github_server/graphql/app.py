"""The GraphQL endpoint as a whole: who asks, what it costs, what comes back."""

from __future__ import annotations

import json
import time
from typing import Any

from graphql import execute_sync

from github_server.accounts import Token
from github_server.graphql.cost import cost_of
from github_server.graphql.errors import TIMED_OUT, refused, written
from github_server.graphql.nodes import Context
from github_server.graphql.schema import checked, schema
from github_server.messages import Json, Reply, Request, json_reply
from github_server.outcome import Hub, Outcome
from github_server.rest.app import authenticate, failed, request_id
from github_server.rest.call import ApiError

RESOURCE = "graphql"
DOCS = "https://docs.github.com/graphql/guides/forming-calls-with-graphql#authenticating-with-graphql"


class TimedOut(Exception):
    """A query takes longer than GitHub lets it."""


def answer(hub: Hub, request: Request) -> Outcome:
    """Run a query, if there is a token and points are left."""
    try:
        token = required(hub, request)
        asked = query_of(request)
    except ApiError as error:
        return Outcome(failed(error), RESOURCE)
    window = hub.limits.window(token.login, RESOURCE)
    if window.remaining == 0:
        message = f"API rate limit exceeded for user ID {hub.world.holder(token).id}."
        return finished(hub, request, token, json_reply({"errors": [{"type": "RATE_LIMITED", "message": message}]}), 0)
    try:
        content, points = run(hub, token, asked)
        status = 200
    except TimedOut:
        content, points, status = {"data": None, "errors": [{"message": TIMED_OUT}]}, 1, 502
    hub.limits.charge(token.login, RESOURCE, points)
    return finished(hub, request, token, json_reply(content, status), points)


def required(hub: Hub, request: Request) -> Token:
    if request.method != "POST":
        raise ApiError(404, "Not Found")
    token = authenticate(hub, request)
    if token is None:
        raise ApiError(401, "This endpoint requires you to be authenticated.", documentation_url=DOCS)
    return token


def query_of(request: Request) -> dict[str, Any]:
    """The body of the request: ``query``, ``variables`` and ``operationName``."""
    try:
        asked = json.loads(request.body)
    except ValueError as error:
        raise ApiError(400, "Problems parsing JSON") from error
    if not isinstance(asked, dict) or not isinstance(asked.get("query"), str):
        raise ApiError(400, "A query attribute must be specified and must be a string.")
    return asked


def run(hub: Hub, token: Token, asked: dict[str, Any]) -> tuple[Json, int]:
    """The whole body of the reply, and the points it costs."""
    document, errors = checked(asked["query"])
    if document is None or errors:
        return {"errors": [refused(error, document) for error in errors]}, 1
    variables = asked.get("variables") or {}
    cost = cost_of(document, token, asked.get("operationName"), variables)
    if cost.errors:
        return {"errors": [written(error) for error in cost.errors]}, 1
    most = hub.settings.graphql_repositories
    if most is not None and cost.repositories > most:
        time.sleep(hub.settings.graphql_timeout)
        raise TimedOut
    context = Context(hub, token, cost.points, cost.nodes)
    result = execute_sync(
        schema(), document, context_value=context, variable_values=variables, operation_name=asked.get("operationName")
    )
    content: Json = {"data": result.data}
    if result.errors:
        content["errors"] = [written(error) for error in result.errors]
    return content, cost.points


def finished(hub: Hub, request: Request, token: Token, reply: Reply, points: int) -> Outcome:
    """Add what every reply of the endpoint carries."""
    reply.headers |= hub.limits.window(token.login, RESOURCE).headers()
    reply.headers |= {"X-GitHub-Media-Type": "github.v4; format=json", "X-GitHub-Request-Id": request_id(request, hub)}
    if token.scopes is not None:
        reply.headers |= {"X-OAuth-Scopes": ", ".join(token.scopes), "X-Accepted-OAuth-Scopes": "repo"}
    return Outcome(reply, RESOURCE, points)
