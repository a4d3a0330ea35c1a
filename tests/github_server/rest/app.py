"""The REST API as a whole: who asks, may they, what is it, and what does it cost."""

from __future__ import annotations

from github_server.accounts import Token
from github_server.caching import revalidated, validators
from github_server.identity import digest
from github_server.messages import Reply, Request, json_reply
from github_server.outcome import Hub, Outcome
from github_server.rest.call import ApiError, Call, not_found
from github_server.rest.canonical import named
from github_server.rest.routes import Route, route

FREE = "/rate_limit"
NO_AGENT = "Request forbidden by administrative rules. Please make sure your request has a User-Agent header."
ANONYMOUS_LIMIT = (
    "API rate limit exceeded for 127.0.0.1. (But here's the good news: Authenticated requests get a higher rate limit. "
    "Check out the documentation for more details.)"
)


def answer(hub: Hub, request: Request) -> Outcome:
    """Answer a request to the API and say what it cost."""
    resource = "search" if request.path.startswith("/search/") else "core"
    try:
        token = authenticate(hub, request)
    except ApiError as error:
        return finished(hub, request, None, failed(error), resource, 0)
    caller = None if token is None else token.login
    if hub.limits.window(caller, resource).remaining == 0 and request.path != FREE:
        return finished(hub, request, token, failed(exceeded(hub, token)), resource, 0)
    reply = reply_to(hub, request, token)
    is_free = request.path == FREE or (reply.status == 304 and token is not None)
    points = 0 if is_free else 1
    hub.limits.charge(caller, resource, points)
    return finished(hub, request, token, reply, resource, points)


def authenticate(hub: Hub, request: Request) -> Token | None:
    """Whose token it is, or None for a caller without one."""
    if not request.headers.get("user-agent"):
        raise ApiError(403, NO_AGENT)
    if not request.authorized:
        return None
    token = hub.world.token(request.secret or "")
    if token is None:
        raise ApiError(401, "Bad credentials")
    if hub.world.holder(token).suspended:
        raise ApiError(403, "Sorry. Your account was suspended")
    return token


def exceeded(hub: Hub, token: Token | None) -> ApiError:
    if token is None:
        return ApiError(403, ANONYMOUS_LIMIT)
    return ApiError(403, f"API rate limit exceeded for user ID {hub.world.holder(token).id}.")


def reply_to(hub: Hub, request: Request, token: Token | None) -> Reply:
    """Find and run the endpoint; what it says may be what the caller knows already."""
    found = route(named(hub.world, request.path.rstrip("/") or "/"), request.method)
    try:
        reply = run(hub, request, token, found)
    except ApiError as error:
        return failed(error)
    if reply.status == 200:
        reply.headers |= validators(request, reply, token)
        return revalidated(request, reply)
    return reply


def run(hub: Hub, request: Request, token: Token | None, found: Route | None) -> Reply:
    if found is None:
        not_found()
    return found.endpoint(Call(hub, request, token, found.path))


def failed(error: ApiError) -> Reply:
    return json_reply(error.body, error.status, error.headers)


def finished(hub: Hub, request: Request, token: Token | None, reply: Reply, resource: str, points: int) -> Outcome:
    """Add what every reply of the API carries."""
    caller = None if token is None else token.login
    reply.headers |= hub.limits.window(caller, resource).headers()
    reply.headers |= {
        "X-GitHub-Media-Type": "github.v3; format=json",
        "x-github-api-version-selected": "2022-11-28",
        "X-GitHub-Request-Id": request_id(request, hub),
    }
    if token is not None and token.scopes is not None:
        reply.headers |= {"X-OAuth-Scopes": ", ".join(token.scopes), "X-Accepted-OAuth-Scopes": accepted(request)}
    return Outcome(reply, resource, points)


def accepted(request: Request) -> str:
    """The scopes that would open what was asked for."""
    return "repo" if request.path.startswith("/repos/") else ""


def request_id(request: Request, hub: Hub) -> str:
    return ":".join(
        digest(request.path, id(hub), sum(w.used for w in hub.limits.windows.values()))[:20].upper()[i : i + 4]
        for i in range(0, 20, 4)
    )
