"""What a GitHub, or the network before it, can do wrong: faults for :class:`github_server.faults.Faults`."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from github_server.faults import Fault, Genuine
from github_server.graphql.errors import TIMED_OUT
from github_server.messages import JSON, Json, Reply, Request, json_reply
from github_server.outcome import Outcome
from github_server.rest.call import DOCS
from github_server.traffic import too_fast

GATEWAY = (
    "<html>\r\n<head><title>{0}</title></head>\r\n<body>\r\n<center><h1>{0}</h1></center>\r\n</body>\r\n</html>\r\n"
)
REASONS = {502: "502 Bad Gateway", 503: "503 Service Unavailable", 504: "504 Gateway Time-out"}
PIECE = b" " * 64 * 1024


def always(make: Callable[[], Reply]) -> Fault:
    """A fault that says the same whatever was asked."""
    return lambda _request, _genuine: Outcome(make())


def status(code: int, message: str = "", **headers: str) -> Fault:
    """An answer of the API with a status and a message."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    body = {"message": message or f"Error {code}", "documentation_url": DOCS, "status": str(code)}
    return always(lambda: json_reply(body, code, named))


def gateway(code: int = 502) -> Fault:
    """The page of the proxy before the API, in HTML."""
    page = GATEWAY.format(REASONS.get(code, str(code))).encode()
    return always(lambda: Reply(code, page, {"Content-Type": "text/html"}))


def primary_limit(*, seconds: int = 3600, code: int = 403) -> Fault:
    """Nothing is left until the limit is reset."""
    body = {"message": "API rate limit exceeded for user ID 1.", "documentation_url": DOCS, "status": str(code)}
    return always(lambda: json_reply(body, code, used_up(seconds)))


def used_up(seconds: int) -> dict[str, str]:
    reset = str(int(time.time()) + seconds)
    return {"X-RateLimit-Remaining": "0", "X-RateLimit-Limit": "5000", "X-RateLimit-Reset": reset}


def secondary_limit(retry_after: int | None = 1, *, code: int = 403) -> Fault:
    """Too much at once; how long to wait is told in a header, or not at all."""
    return always(partial(too_fast, retry_after, code))


def cut_before() -> Fault:
    """The connection ends without a word."""
    return always(lambda: Reply(200, b"", cut=-1))


def cut_within(count: int = 100) -> Fault:
    """The connection ends after so many bytes of the body."""
    return spoilt(lambda reply: replace(reply, cut=count))


def delayed(seconds: float) -> Fault:
    """The genuine answer, late."""

    def wait(_request: Request, genuine: Genuine) -> Outcome:
        time.sleep(seconds)
        return genuine()

    return wait


def slow_body(seconds: float, pieces: int = 10) -> Fault:
    """The genuine body in pieces, with a wait before each; the wait of all is told."""
    return spoilt(lambda reply: replace(reply, body=dripping(whole(reply), seconds / pieces, pieces)))


def dripping(content: bytes, wait: float, pieces: int) -> Iterator[bytes]:
    size = len(content) // pieces + 1
    for start in range(0, len(content), size):
        time.sleep(wait)
        yield content[start : start + size]


def wrong_json() -> Fault:
    """A body that claims to be JSON and breaks off."""
    return always(lambda: Reply(200, b'{"data": {"viewer": ', {"Content-Type": JSON}))


def unexpected_json(content: Json) -> Fault:
    """JSON, but not of the form that was expected."""
    return always(lambda: json_reply(content))


def wrong_type() -> Fault:
    """A page for people, with status 200, as some proxies send it."""
    page = b"<html><body>Please sign in to the network.</body></html>"
    return always(lambda: Reply(200, page, {"Content-Type": "text/html; charset=utf-8"}))


def huge_body(megabytes: int) -> Fault:
    """A JSON list that is mostly spaces and does not end before so many megabytes."""

    def made() -> Reply:
        count = megabytes * 1024 * 1024 // len(PIECE)
        return Reply(200, (PIECE if number else b"[" + PIECE for number in range(count)), {"Content-Type": JSON})

    return always(made)


def body(content: bytes, kind: str = "application/x-gzip") -> Fault:
    """Any bytes, such as an archive that no git would make."""
    return always(lambda: Reply(200, content, {"Content-Type": kind}))


def shortened(share: float = 0.5) -> Fault:
    """The first part of the genuine body, as if it were all: a truncated gzip file."""
    return spoilt(lambda reply: replace(reply, body=whole(reply)[: int(len(whole(reply)) * share)]))


def redirect(to: str, code: int = 302) -> Fault:
    """Off to some other place."""
    return always(lambda: Reply(code, b"", {"Location": to}))


def loop() -> Fault:
    """Off to the very same place."""

    def again(request: Request, _genuine: Genuine) -> Outcome:
        return Outcome(Reply(302, b"", {"Location": f"/{request.host}{request.path}"}))

    return again


def graphql_timeout(code: int = 502) -> Fault:
    """A query that took too long, as GraphQL itself says it."""
    return always(lambda: json_reply({"data": None, "errors": [{"message": TIMED_OUT}]}, code))


def rate_limited() -> Fault:
    """GraphQL's primary limit: status 200, an error, and nothing left."""
    error = {"type": "RATE_LIMITED", "message": "API rate limit exceeded for user ID 1."}
    return always(lambda: json_reply({"errors": [error]}, 200, used_up(3600)))


def resource_limits(*names: str) -> Fault:
    """A query that was too much: some of its fields are null, the others come; all if none are named."""

    def partly(reply: Reply) -> Reply:
        content: Json = json.loads(whole(reply))
        lost = names or tuple(content["data"])
        content["data"] = {name: None if name in lost else value for name, value in content["data"].items()}
        message = "Resource limits for this query exceeded."
        content["errors"] = [{"type": "RESOURCE_LIMITS_EXCEEDED", "path": [n], "message": message} for n in lost]
        return replace(reply, body=json.dumps(content).encode())

    return spoilt(partly)


def spoilt(change: Callable[[Reply], Reply]) -> Fault:
    """The genuine answer, changed."""

    def made(_request: Request, genuine: Genuine) -> Outcome:
        outcome = genuine()
        return replace(outcome, reply=change(outcome.reply))

    return made


def whole(reply: Reply) -> bytes:
    """A body in one piece."""
    if not isinstance(reply.body, bytes):
        reply.body = b"".join(reply.body)
    return reply.body
