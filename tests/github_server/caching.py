"""ETags, and replies that say that nothing changed."""

from __future__ import annotations

from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime

from github_server.accounts import Token
from github_server.identity import digest
from github_server.messages import Reply, Request

AUTHORIZED_VARY = "Accept, Authorization, Cookie, X-GitHub-OTP,Accept-Encoding, Accept, X-Requested-With"
PUBLIC_VARY = "Accept,Accept-Encoding, Accept, X-Requested-With"
KEPT = ("ETag", "Last-Modified", "Cache-Control", "Vary")


def validators(request: Request, reply: Reply, token: Token | None) -> dict[str, str]:
    """How long a reply holds and how to ask whether it still does; the ETag is the caller's own."""
    assert isinstance(reply.body, bytes)
    who = None if token is None else token.secret
    etag = digest(reply.body, who, request.headers.get("accept", ""), reply.headers.get("Link", ""))
    reach = "public" if token is None else "private"
    return {
        "Cache-Control": f"{reach}, max-age=60, s-maxage=60",
        "Vary": PUBLIC_VARY if token is None else AUTHORIZED_VARY,
        "ETag": f'W/"{etag}"',
    }


def last_modified(moment: str) -> dict[str, str]:
    """The header that says when a thing last changed."""
    return {"Last-Modified": format_datetime(datetime.fromisoformat(moment), usegmt=True)}


def revalidated(request: Request, reply: Reply) -> Reply:
    """304 without a body if the caller has this reply already."""
    if "if-none-match" not in request.headers:
        return unmodified(reply) if is_old_news(request, reply) else reply
    known = {tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")}
    if reply.headers["ETag"].removeprefix("W/") not in known and "*" not in known:
        return reply
    return unmodified(reply)


def is_old_news(request: Request, reply: Reply) -> bool:
    """Whether nothing changed since the time the caller names."""
    since, changed = request.headers.get("if-modified-since"), reply.headers.get("Last-Modified")
    return bool(since and changed) and parsedate_to_datetime(str(since)) >= parsedate_to_datetime(str(changed))


def unmodified(reply: Reply) -> Reply:
    return Reply(304, b"", {name: value for name, value in reply.headers.items() if name in KEPT})
