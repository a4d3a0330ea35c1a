"""ETags, and replies that say that nothing changed."""

from __future__ import annotations

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


def revalidated(request: Request, reply: Reply) -> Reply:
    """304 without a body if the caller has this reply already."""
    known = {tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")}
    if reply.headers["ETag"].removeprefix("W/") not in known and "*" not in known:
        return reply
    return Reply(304, b"", {name: value for name, value in reply.headers.items() if name in KEPT})
