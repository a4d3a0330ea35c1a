"""The host that serves single files: ``/OWNER/NAME/REF/PATH``."""

from __future__ import annotations

from github_server.identity import digest
from github_server.messages import Reply, Request
from github_server.objects import Content, Submodule, content_of
from github_server.outcome import Hub, Outcome
from github_server.repository import Repository

MISSING = Reply(404, b"404: Not Found", {"Content-Type": "text/plain; charset=utf-8"})


def answer(hub: Hub, request: Request) -> Outcome:
    """Serve a file of a public repository, or of a private one to a token that reaches it."""
    parts = request.path.strip("/").split("/", 2)
    found = hub.world.repository("/".join(parts[:2])) or hub.world.renamed("/".join(parts[:2]))
    shortest = 3
    if found is None or len(parts) < shortest or not readable(hub, request, found):
        return Outcome(Reply(MISSING.status, MISSING.body, dict(MISSING.headers)))
    content = find(found, parts[2])
    if content is None or isinstance(content, Submodule):
        return Outcome(Reply(MISSING.status, MISSING.body, dict(MISSING.headers)))
    return Outcome(reply_with(request, content_of(content)))


def readable(hub: Hub, request: Request, repository: Repository) -> bool:
    token = hub.world.token(request.secret or "")
    return hub.world.sees(token, repository) and not repository.blocked and not repository.disabled


def find(repository: Repository, rest: str) -> Content | None:
    """The file meant by ``REF/PATH``, where the reference may have slashes too."""
    steps = rest.split("/")
    for count in range(1, len(steps)):
        placed = repository.resolve("/".join(steps[:count]))
        content = placed.objects.files.get("/".join(steps[count:])) if placed else None
        if content is not None:
            return content
    return None


def reply_with(request: Request, content: bytes) -> Reply:
    etag = f'"{digest(content)}"'
    kind = "text/plain; charset=utf-8" if b"\0" not in content else "application/octet-stream"
    headers = {"Content-Type": kind, "ETag": etag, "Cache-Control": "max-age=300", "X-Content-Type-Options": "nosniff"}
    if request.headers.get("if-none-match") == etag:
        return Reply(304, b"", headers)
    return Reply(200, content, headers)
