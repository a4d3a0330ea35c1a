"""Where we stand with a GitHub: whose token it is, what it may read, and how many requests are left."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from github.Rate import Rate

from github import Github
from portfolio_audit.errors import Forbidden, NotFound
from portfolio_audit.github.faults import Reader
from portfolio_audit.github.limits import Allowance
from portfolio_audit.github.typed import ask, connect, said

_KINDS = {
    "ghp_": "classic",
    "github_pat_": "fine-grained",
    "gho_": "of an application such as gh",
    "ghu_": "of a GitHub App",
    "ghs_": "of a workflow or a GitHub App",
}
_RESOURCES = ("core", "graphql", "search")
_EXPIRES = "github-authentication-token-expiration"
_SCOPE = re.compile(r"[\w:]{1,40}")


@dataclass(frozen=True, slots=True)
class Standing:
    """What GitHub says of who asks.

    ``login`` is empty for who has none: anybody, or a workflow. ``scopes`` is None where there are none to be had, as
    for a fine-grained token. ``limits`` is empty where a server has none.
    """

    kind: str = ""
    login: str = ""
    scopes: tuple[str, ...] | None = None
    expires_at: datetime | None = None
    limits: tuple[Allowance, ...] = ()

    @property
    def private(self) -> str:
        """Whether private repositories can be read, in a few words."""
        if not self.kind:
            return "no: that needs a token"
        if self.scopes is None:
            return "those the token was made for, with Contents: read"
        if "repo" in self.scopes:
            return "yes"
        return "no: the scope 'repo' is missing (gh auth refresh --scopes repo, or a token that has it)"


def standing(reader: Reader) -> Standing:
    """Ask GitHub for the limits, which is free, and with a token for its user; raises SourceError."""
    with connect(reader) as hub:
        limits = _limits(reader, hub)
        if reader.token is None:
            return Standing(limits=limits)
        login, headers = _account(reader, hub)
        scopes = _scopes(headers["x-oauth-scopes"]) if "x-oauth-scopes" in headers else None
        kind = _kind(reader.token.secret, scopes)
        return Standing(kind, login, scopes, _moment(headers.get(_EXPIRES, "")), limits)


def _limits(reader: Reader, hub: Github) -> tuple[Allowance, ...]:
    """What is left; an Enterprise server without limits answers 404."""

    def read() -> tuple[Allowance, ...]:
        resources = hub.get_rate_limit().resources
        rates = ((name, getattr(resources, name)) for name in _RESOURCES)
        return tuple(
            Allowance(name, said(rate.limit, int), said(rate.remaining, int), said(rate.reset, datetime))
            for name, rate in rates
            if isinstance(rate, Rate)
        )

    try:
        return ask(reader, reader.addresses.host, read)
    except NotFound:
        return ()


def _account(reader: Reader, hub: Github) -> tuple[str, dict[str, str]]:
    """The token's user, empty for that of a workflow, and the headers that tell of the token."""

    def read() -> tuple[str, dict[str, str]]:
        user = hub.get_user()
        return said(user.login, str), {name: str(value) for name, value in user.raw_headers.items()}

    try:
        return ask(reader, reader.addresses.host, read)
    except Forbidden as error:
        if "not accessible by integration" not in error.reason:
            raise
        return "", {}


def _scopes(header: str) -> tuple[str, ...]:
    return tuple(scope for part in header[:1000].split(",") if _SCOPE.fullmatch(scope := part.strip()))


def _kind(secret: str, scopes: tuple[str, ...] | None) -> str:
    """What kind of token it is, by the start that GitHub gives each kind, else by whether it has scopes."""
    known = next((kind for start, kind in _KINDS.items() if secret.startswith(start)), "")
    return known or ("classic" if scopes is not None else "fine-grained")


def _moment(text: str) -> datetime | None:
    """``2026-12-01 10:30:00 UTC``, or with a number in place of the zone."""
    try:
        return datetime.strptime(text.replace("UTC", "+0000"), "%Y-%m-%d %H:%M:%S %z")
    except ValueError:
        return None
