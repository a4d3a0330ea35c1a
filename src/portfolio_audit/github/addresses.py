"""Where the parts of a GitHub are: github.com, an Enterprise server, or a server of the tests."""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from ipaddress import ip_address
from types import MappingProxyType
from typing import NamedTuple, Never
from urllib.parse import urlsplit

from portfolio_audit.errors import ConfigError
from portfolio_audit.model.location import Location

PARTS = ("api", "graphql", "raw", "archive")
KEYS = tuple(f"{part}_url" for part in PARTS)
"""What the configuration calls the addresses."""
_NONE: Mapping[str, Never] = MappingProxyType({})
_RUNNER = (("graphql", "GITHUB_GRAPHQL_URL"), ("web", "GITHUB_SERVER_URL"))
_FORM = re.compile(
    r"(?P<scheme>https?)://(?P<host>[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]{2,45}\])"
    r"(?::(?P<port>\d{1,5}))?(?P<path>(?:/[A-Za-z0-9._~-]{0,100}){0,8})",
    re.IGNORECASE,
)
_DEFAULT_PORTS = {"http": "80", "https": "443"}
_LAST_PORT = 65_535
_GITHUB = frozenset({"github.com", "www.github.com", "api.github.com"})
_RESIDENT = ".ghe.com"
_OF_A_SERVER = "/api/v3"


@dataclass(frozen=True, slots=True)
class Addresses:
    """The base addresses of one GitHub, none with a slash at its end; the defaults are github.com's.

    ``raw`` serves ``/OWNER/NAME/COMMIT/PATH`` and ``archive`` ``/OWNER/NAME/tar.gz/REF``, both without being counted;
    one that is empty does not exist there, and the API is asked instead. ``from_file`` says that the API's address
    stands only in a configuration file, which may be somebody else's: no token of another host is shown to it.
    """

    api: str = "https://api.github.com"
    graphql: str = "https://api.github.com/graphql"
    raw: str = "https://raw.githubusercontent.com"
    archive: str = "https://codeload.github.com"
    web: str = "https://github.com"
    from_file: bool = field(default=False, compare=False)

    @property
    def host(self) -> str:
        """The host that people know, with its port if it has one: ``github.com``."""
        return urlsplit(self.web).netloc


class _Named(NamedTuple):
    """An address as somebody gave it, and where."""

    text: str
    origin: str
    at: Location | None = None


def addresses_of(
    environment: Mapping[str, str],
    *,
    api_url: str = "",
    configured: Mapping[str, str] = _NONE,
    lines: Mapping[str, Location] = _NONE,
) -> Addresses:
    """The addresses of the GitHub that is meant; ``lines`` tells where in the configuration each key stands.

    What an option or a PORTFOLIO_AUDIT variable says comes before the configuration, that before what the Actions
    runner says, that before github.com. What nobody says follows from the API's address, never from another GitHub.
    Raises ConfigError for what is no address.
    """
    file = _of_configuration(configured, lines)
    layers = (_of_this_run(environment, api_url), file, _of_runner(environment))
    rank = next((rank for rank, layer in enumerate(layers) if "api" in layer), len(layers))
    named = ChainMap(*(dict(layer) for layer in layers[: rank + 1]))
    base = _around(_checked(named["api"])) if "api" in named else Addresses()
    parts = {part: _checked(given) for part, given in named.items() if part != "api"}
    found = replace(base, **parts, from_file=named.get("api") is not None and named["api"] is file.get("api"))
    if named.get("graphql") is not None and named["graphql"] is file.get("graphql"):
        _check_beside_api(found, named["graphql"])
    return found


def is_loopback(host: str) -> bool:
    """Whether a host is this machine by its name alone, so that nothing said to it goes over a network."""
    bare = host.strip("[]").lower()
    try:
        return ip_address(bare).is_loopback
    except ValueError:
        return bare == "localhost" or bare.endswith(".localhost")


def _of_this_run(environment: Mapping[str, str], api_url: str) -> dict[str, _Named]:
    variables = {part: f"PORTFOLIO_AUDIT_{part.upper()}_URL" for part in PARTS}
    named = {part: _Named(environment[v], v) for part, v in variables.items() if environment.get(v)}
    return named | ({"api": _Named(api_url, "--api-url")} if api_url else {})


def _of_configuration(configured: Mapping[str, str], lines: Mapping[str, Location]) -> dict[str, _Named]:
    return {
        part: _Named(configured[key], f"'{key}'", lines.get(key))
        for part, key in zip(PARTS, KEYS, strict=True)
        if configured.get(key)
    }


def _of_runner(environment: Mapping[str, str]) -> dict[str, _Named]:
    """What GitHub's own runner says of the GitHub it works for; nothing without the address of the API."""
    if not environment.get("GITHUB_API_URL"):
        return {}
    named = {part: _Named(environment[v], v) for part, v in _RUNNER if environment.get(v)}
    return named | {"api": _Named(environment["GITHUB_API_URL"], "GITHUB_API_URL")}


def _checked(given: _Named) -> str:
    """The address in the one form we keep; what is refused is not repeated where it may hold a password."""
    match = _FORM.fullmatch(given.text.strip())
    if match is None:
        raise ConfigError(f"{given.origin} {_what_is_wrong(given.text)}", at=given.at)
    scheme, host, port = match["scheme"].lower(), match["host"].lower(), match["port"] or ""
    if port and not 0 < int(port) <= _LAST_PORT:
        raise ConfigError(f"{given.origin} names the port {port}, which there is not.", at=given.at)
    if scheme == "http" and not is_loopback(host):
        raise ConfigError(
            f"{given.origin} must begin with https://: a token would cross the network in the clear. "
            f"Write https://{host}; plain http is for localhost only.",
            at=given.at,
        )
    shown_port = f":{int(port)}" if port and port != _DEFAULT_PORTS[scheme] else ""
    return f"{scheme}://{host}{shown_port}{_tidied(match['path'])}"


def _tidied(path: str) -> str:
    return "".join(f"/{segment}" for segment in path.split("/") if segment)


def _what_is_wrong(text: str) -> str:
    if "@" in text:
        return "holds a name or a password: leave that out, and give a token with GITHUB_TOKEN or --token-stdin."
    if "?" in text or "#" in text:
        return "must end before the ? or #: it is the address under which the others lie."
    if not re.match(r"https?://", text.strip(), re.IGNORECASE):
        return "must be an address such as https://github.example.com."
    return "is no address: only letters, digits and . - _ ~ may stand in it, such as https://github.example.com/api/v3."


def _around(api: str) -> Addresses:
    """What GitHub documents of the addresses beside the API's; only github.com serves files without counting."""
    url = urlsplit(api)
    bare = not url.path
    if bare and url.netloc in _GITHUB:
        return Addresses()
    if bare and url.netloc.endswith(_RESIDENT):
        name = url.netloc.removeprefix("api.")
        return Addresses(f"https://api.{name}", f"https://api.{name}/graphql", "", "", f"https://{name}")
    root = f"{url.scheme}://{url.netloc}"
    gateway = is_loopback(url.hostname or "") or url.netloc.startswith("api.")
    if url.path == _OF_A_SERVER or (bare and not gateway):
        return Addresses(f"{root}/api/v3", f"{root}/api/graphql", "", "", root)
    return Addresses(api, f"{api}/graphql", "", "", f"{url.scheme}://{url.netloc.removeprefix('api.')}")


def _check_beside_api(found: Addresses, given: _Named) -> None:
    """A file may not send the token for one host to another."""
    if urlsplit(found.graphql).netloc != urlsplit(found.api).netloc:
        raise ConfigError(
            f"{given.origin} is on another host than the API, {urlsplit(found.api).netloc}, and would be shown its "
            "token. If that is meant, say it with PORTFOLIO_AUDIT_GRAPHQL_URL.",
            at=given.at,
        )
