"""PyGithub, for what is single and typed: one reply at a time, and everything that writes.

It takes 0.2 s to import, so import this module only where it is used. Its defaults wait and retry for minutes; here
nothing is retried: a limit that is reached is told, not slept through.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypedDict, TypeVar, Unpack

import orjson
import requests
from github.GithubException import BadAttributeException
from github.Requester import HTTPRequestsConnectionClass, HTTPSRequestsConnectionClass, Requester, RequestsResponse

from github import Auth, Github, GithubException
from portfolio_audit import __version__
from portfolio_audit.errors import RateLimited, SourceError, Unreachable
from portfolio_audit.github.environment import proxy_for, trusted_certificates
from portfolio_audit.github.faults import Reader, Reply
from portfolio_audit.github.limits import refusal_of
from portfolio_audit.github.patience import clock

Asked = TypeVar("Asked")
_SECONDS = 15
_ACCEPTED = 202
_NOT_UNDERSTOOD = (BadAttributeException, ValueError, TypeError, AttributeError, KeyError, AssertionError, RuntimeError)
"""What PyGithub raises over a reply that is not GitHub's."""


class _Settings(TypedDict, total=False):
    """What PyGithub hands to a connection beside its host and port."""

    timeout: int | None
    retry: int | None
    pool_size: int | None
    verify: bool | str


class _Secure(HTTPSRequestsConnectionClass):
    """Goes by the proxy we would choose; requests reads the environment in its own way, and .netrc too."""

    def __init__(self, host: str, port: int | None = None, **settings: Unpack[_Settings]) -> None:
        super().__init__(host, port, **settings)
        _settle(self.session, "https", host)

    def getresponse(self) -> RequestsResponse:
        """The reply; never one to wait for."""
        return _final(super().getresponse())


class _Plain(HTTPRequestsConnectionClass):
    """The same without TLS, which our addresses allow for this machine alone."""

    def __init__(self, host: str, port: int | None = None, **settings: Unpack[_Settings]) -> None:
        super().__init__(host, port, **settings)
        _settle(self.session, "http", host)

    def getresponse(self) -> RequestsResponse:
        """The reply; never one to wait for."""
        return _final(super().getresponse())


def connect(reader: Reader, *, lazy: bool = False) -> Github:
    """A PyGithub that reads from where and as whom the reader does; close it, or use it in a ``with``.

    With ``lazy`` what is named is not asked for before something of it is needed.
    """
    Requester.injectConnectionClasses(_Plain, _Secure)
    try:
        return Github(
            auth=Auth.Token(reader.token.secret) if reader.token else None,
            base_url=reader.addresses.api,
            timeout=_SECONDS,
            user_agent=f"portfolio-audit/{__version__}",
            per_page=100,
            verify=trusted_certificates() or True,
            retry=None,
            seconds_between_requests=None,
            lazy=lazy,
        )
    finally:
        Requester.resetConnectionClasses()


def ask(reader: Reader, target: str, call: Callable[[], Asked]) -> Asked:
    """What PyGithub says to one call; raises SourceError in place of everything it raises."""
    try:
        return call()
    except GithubException as error:
        raise _refused(reader, target, error) from None
    except requests.RequestException as error:
        raise _unreached(target, error) from None
    except _NOT_UNDERSTOOD:
        raise Unreachable(
            target, "the reply is not one of GitHub's.", advice=f"Is {reader.addresses.api} the address of its API?"
        ) from None


def said(value: object, kind: type[Asked]) -> Asked:
    """A field of a reply, which PyGithub leaves None, whatever its type says, where the reply lacks it."""
    if not isinstance(value, kind):
        raise TypeError(f"{kind.__name__} expected")
    return value


def _settle(session: requests.Session, scheme: str, host: str) -> None:
    session.trust_env = False
    proxy = proxy_for(f"{scheme}://{host}")
    session.proxies = {scheme: proxy} if proxy else {}


def _final(response: RequestsResponse) -> RequestsResponse:
    if response.status == _ACCEPTED:
        raise requests.RequestException("GitHub has only begun to prepare the answer")
    return response


def _refused(reader: Reader, target: str, error: GithubException) -> SourceError:
    headers = {name.lower(): str(value) for name, value in (error.headers or {}).items()}
    body = orjson.dumps(error.data, default=str)
    now = datetime.now(UTC)
    refusal = refusal_of(error.status, headers, body.decode(), now=now)
    if refusal is None:
        return reader.error(Reply(error.status, headers, body), target)
    resets_at = now + timedelta(seconds=refusal.seconds)
    return RateLimited(
        target,
        f"GitHub's {refusal.kind} limit of requests is reached; it resets at {clock(resets_at)}.",
        advice="Try again then.",
        resets_at=resets_at,
    )


def _unreached(target: str, error: requests.RequestException) -> Unreachable:
    if isinstance(error, requests.exceptions.SSLError):
        advice = "If it is your company's, name its certificates with SSL_CERT_FILE."
        return Unreachable(target, "the certificate of the server is not trusted.", advice=advice)
    if isinstance(error, requests.exceptions.ProxyError):
        return Unreachable(target, "the proxy does not let us through.", advice="Check HTTPS_PROXY and NO_PROXY.")
    if isinstance(error, requests.Timeout):
        return Unreachable(target, f"there was no answer within {_SECONDS} seconds.", advice="Try again later.")
    return Unreachable(target, f"GitHub cannot be reached ({_why(error)}).", advice="Check the network and the proxy.")


def _why(error: requests.RequestException) -> str:
    """The innermost reason, in which no address and no header stands."""
    cause: object = error.args[0] if error.args else error
    cause = getattr(cause, "reason", cause)
    return " ".join(str(cause).rpartition(": ")[2].split())[:200] or type(error).__name__
