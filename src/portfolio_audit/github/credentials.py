"""Whose eyes we read with: the token, where it was found, and how nothing of it is ever shown or stored."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import NoReturn

from portfolio_audit.errors import ConfigError
from portfolio_audit.github.addresses import Addresses
from portfolio_audit.github.stored_login import stored_login

ANONYMOUS = "anonymous"
"""The identity of who reads without a token."""
STDIN = "--token-stdin"
NO_TOKEN = "PORTFOLIO_AUDIT_NO_TOKEN"  # noqa: S105  # the name of a variable
_OF_GITHUB = ("GITHUB_TOKEN", "GH_TOKEN")
_OF_A_SERVER = ("GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN")
_HOST = "github.com"
_RESIDENT = ".ghe.com"
_OFF = frozenset({"", "0", "false", "no"})
_FORM = re.compile(r"[!-~]{1,1000}")

ANONYMOUS = "anonymous"
"""The identity of who reads without a token."""


@dataclass(frozen=True, slots=True)
class Token:
    """A secret that tells GitHub who asks; ``origin`` is where it was found, such as ``GITHUB_TOKEN``.

    Neither its text nor its representation shows the secret, and it cannot be pickled or copied.
    """

    secret: str = field(repr=False)
    origin: str

    def __reduce__(self) -> NoReturn:
        raise TypeError("a token is not stored, and not handed to another process")

    @property
    def identity(self) -> str:
        """A name for this token that says nothing of it, under which what it may read is kept."""
        return blake2b(self.secret.encode(), digest_size=16, person=b"portfolio-audit").hexdigest()


Login = Callable[[str, Mapping[str, str]], tuple[str, str] | None]
"""Gives the token that the gh client keeps for a host, and where that was found."""


def find_token(
    environment: Mapping[str, str], addresses: Addresses, *, given: str | None = None, login: Login = stored_login
) -> Token | None:
    """The token to show to this GitHub, or None to read without one.

    ``given`` is what came by --token-stdin. Raises ConfigError for what cannot be a token, showing nothing of it.
    """
    if given is not None:
        return _checked(given.removesuffix("\n").removesuffix("\r"), STDIN)
    if environment.get(NO_TOKEN, "").lower() not in _OFF:
        return None
    for name in _variables(addresses, environment):
        return _checked(environment[name], name)
    stored = login(addresses.host, environment)
    return _checked(*stored) if stored else None


def unshown(environment: Mapping[str, str], addresses: Addresses) -> tuple[str, ...]:
    """The variables that hold a token which this GitHub must not see, because it was made for another."""
    shown = set(_variables(addresses, environment))
    return tuple(name for name in (*_OF_GITHUB, *_OF_A_SERVER) if environment.get(name) and name not in shown)


def _variables(addresses: Addresses, environment: Mapping[str, str]) -> tuple[str, ...]:
    """The variables with a token for this GitHub, the most fitting first.

    A configuration file may be somebody else's, and name a server of theirs: what the environment holds was not made
    for that one, unless the user says so as for the gh client, with GH_HOST.
    """
    host = addresses.host.lower()
    names: tuple[str, ...] = _OF_GITHUB if host == _HOST or host.endswith(_RESIDENT) else (*_OF_A_SERVER, *_OF_GITHUB)
    if addresses.from_file and host != _HOST:
        names = names[:2] if environment.get("GH_HOST", "").lower() == host else ()
    return tuple(name for name in names if environment.get(name))


def _checked(secret: str, origin: str) -> Token:
    if not secret:
        raise ConfigError(f"{origin} gave no token: nothing was there to read.")
    if not _FORM.fullmatch(secret):
        raise ConfigError(f"{origin} holds no token: {_what_is_wrong(secret)}.")
    return Token(secret, origin)


def _what_is_wrong(secret: str) -> str:
    if _FORM.fullmatch(secret.strip()):
        return "there is a space or a line end around it"
    if re.fullmatch(r"[!-~]+", secret):
        return "it is too long for one"
    return "a space, a line end or a letter that no token has is in it"
