"""Requests and replies, before and after they are bytes on a connection."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

Json = Any
JSON = "application/json; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Request:
    """One request; ``host`` is the part of GitHub it went to, ``path`` starts below it; header names in lower case."""

    method: str
    host: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def secret(self) -> str | None:
        """The token in the Authorization header: ``bearer``, ``token``, or the password of ``basic`` is not served."""
        scheme, _, secret = self.headers.get("authorization", "").partition(" ")
        return secret.strip() if scheme.lower() in {"bearer", "token"} else None

    @property
    def authorized(self) -> bool:
        """Whether there is an Authorization header at all."""
        return "authorization" in self.headers


@dataclass(slots=True)
class Reply:
    """One reply; a body in pieces is sent without a length.

    ``cut`` ends the connection after so many bytes of the body, or before anything is sent if it is negative.
    """

    status: int = 200
    body: bytes | Iterable[bytes] = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None


HOSTS = {"api/graphql": "graphql", "api/v3": "api", "api": "api", "raw": "raw", "archive": "archive"}


def request_of(method: str, target: str, headers: Mapping[str, str], body: bytes = b"") -> Request:
    """Read the target of a request: which host, which path, which query."""
    parts = urlsplit(target)
    host, path = split_host(parts.path)
    lower = {name.lower(): value for name, value in headers.items()}
    return Request(method, host, unquote(path), dict(parse_qsl(parts.query, keep_blank_values=True)), lower, body)


def split_host(path: str) -> tuple[str, str]:
    """The part of GitHub that a path of this server means, and the path there."""
    for prefix, host in HOSTS.items():
        if path == f"/{prefix}" or path.startswith(f"/{prefix}/"):
            return host, path[len(prefix) + 1 :] or "/"
    return "", path


def json_reply(content: Json, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    """A reply with a JSON body as GitHub writes it, without spaces."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return Reply(status, body, {"Content-Type": JSON, **(headers or {})})
