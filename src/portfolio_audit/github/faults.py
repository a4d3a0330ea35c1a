"""A reply that is no success, in words that say what happened and what to do next."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import orjson

from portfolio_audit.errors import AuthenticationError, Forbidden, NoCommits, NotFound, SourceError, Unreachable
from portfolio_audit.github.addresses import Addresses
from portfolio_audit.github.credentials import Token

_SSO_ADDRESS = re.compile(r"url=(https://[\w./?=&%-]{1,300})")
_LONGEST = 200
HOW_TO_LOG_IN = "Log in with `gh auth login`, set GITHUB_TOKEN, or give a token with --token-stdin."


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply read whole."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def message(self) -> str:
        """What the reply says of itself, in one short line, or nothing."""
        try:
            value: object = orjson.loads(self.body)
        except orjson.JSONDecodeError:
            return ""
        text = value.get("message") if isinstance(value, dict) else None
        return " ".join(text.split())[:_LONGEST] if isinstance(text, str) else ""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads from where: what decides which advice is right."""

    addresses: Addresses
    token: Token | None

    def error(self, reply: Reply, target: str) -> SourceError:
        """The error for a reply about ``target``."""
        known = {
            401: self._unauthorised,
            403: self._forbidden,
            404: self._missing,
            409: _empty,
            410: _gone,
            451: _blocked,
        }
        make = known.get(reply.status)
        return make(reply, target) if make else _unexpected(reply, target)

    def _unauthorised(self, reply: Reply, target: str) -> SourceError:
        if self.token is None:
            return AuthenticationError(target, "GitHub does not answer this without a token.", advice=HOW_TO_LOG_IN)
        return AuthenticationError(
            target,
            f"GitHub refused the token from {self.token.origin} ({reply.message or 'Bad credentials'}).",
            advice=f"Make a new one at {self.addresses.web}/settings/tokens, or read without one: --no-token.",
        )

    def _forbidden(self, reply: Reply, target: str) -> SourceError:
        message = reply.message
        sso = reply.headers.get("x-github-sso", "")
        if sso.startswith("required"):
            return single_sign_on(target, address=next(iter(_SSO_ADDRESS.findall(sso)), ""))
        if "suspended" in message.casefold():
            return Forbidden(target, f"the account is suspended ({message}).", advice="GitHub's support can tell why.")
        if "blocked" in message.casefold():
            return _blocked(reply, target)
        missing = self._missing_scopes(reply)
        if missing:
            return Forbidden(
                target,
                f"the token from {self.token.origin if self.token else 'nowhere'} lacks the scope '{missing}'.",
                advice=f"Add it: gh auth refresh --scopes {missing}, or make a token that has it.",
            )
        advice = "Check what the token may read." if self.token else HOW_TO_LOG_IN
        return Forbidden(target, f"GitHub does not allow it ({message or 'no reason given'}).", advice=advice)

    def _missing_scopes(self, reply: Reply) -> str:
        """One scope that would do, if a classic token has none of those accepted."""
        accepted = _scopes(reply.headers.get("x-accepted-oauth-scopes", ""))
        has = _scopes(reply.headers.get("x-oauth-scopes", ""))
        told = "x-oauth-scopes" in reply.headers
        return accepted[0] if told and accepted and not set(accepted) & set(has) else ""

    def _missing(self, _reply: Reply, target: str) -> SourceError:
        if "/" not in target:
            return NotFound(target, "there is no such account on GitHub, or it is hidden or suspended.")
        if self.token is None:
            return NotFound(
                target,
                "there is no such public repository.",
                advice=f"If it is private: {HOW_TO_LOG_IN[0].lower()}{HOW_TO_LOG_IN[1:]}",
            )
        return NotFound(
            target,
            f"there is no such repository, or the token from {self.token.origin} may not see it.",
            advice="A private one needs the scope 'repo', or a fine-grained token with Contents: read.",
        )


def single_sign_on(target: str, *, address: str = "") -> Forbidden:
    """The error that an organisation wants the token authorised for its single sign-on."""
    where = f" at {address}" if address else " in the token's settings on GitHub (Configure SSO)"
    return Forbidden(
        target, "the organisation asks for single sign-on with this token.", advice=f"Authorise the token{where}."
    )


def _scopes(header: str) -> tuple[str, ...]:
    return tuple(scope for part in header[:1000].split(",") if re.fullmatch(r"[\w:]{1,40}", scope := part.strip()))


def _empty(_reply: Reply, target: str) -> SourceError:
    return NoCommits(target, "the repository is empty.")


def _gone(_reply: Reply, target: str) -> SourceError:
    return NotFound(target, "it is no longer on GitHub.")


def _blocked(_reply: Reply, target: str) -> SourceError:
    return Forbidden(target, "GitHub has blocked access to it, for legal reasons or its terms of service.")


def _unexpected(reply: Reply, target: str) -> SourceError:
    said = f": {reply.message}" if reply.message else ""
    final = reply.status < 500  # noqa: PLR2004  # what is no error of the server comes again
    return Unreachable(target, f"GitHub answered {reply.status}{said}.", advice="Try again later.", final=final)
