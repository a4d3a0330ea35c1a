"""What the environment says of the way out: proxies and whose certificates are trusted, alike for every client.

httpx and requests read these variables each in its own way: httpx knows no ``REQUESTS_CA_BUNDLE``, requests no
``SSL_CERT_FILE``, and ranges of addresses in ``NO_PROXY`` only one of them. So they are read here, and handed to both.
"""

from __future__ import annotations

import os
import re
import ssl
from collections.abc import Iterator
from ipaddress import ip_address, ip_network
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import certifi

from portfolio_audit.errors import ConfigError
from portfolio_audit.github.addresses import is_loopback

_PROXIES = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY")
_CERTIFICATES = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_DIR")
_PROXY = re.compile(r"https?://[^\s/?#]{1,500}/?", re.IGNORECASE)
_SECRET = re.compile(r"//[^/@]*@")


def proxy_for(url: str) -> str:
    """The proxy to ask for an address, or nothing; raises ConfigError for one that we cannot use.

    This machine is never asked for by a proxy: a token for it would leave the machine in the clear.
    """
    parts = urlsplit(url)
    known = getproxies()
    proxy = known.get(parts.scheme) or known.get("all") or ""
    if not proxy or _goes_directly(parts.hostname or "", parts.netloc.rpartition("@")[2]):
        return ""
    whole = proxy if "://" in proxy else f"http://{proxy}"
    if not _PROXY.fullmatch(whole):
        raise ConfigError(
            f"The proxy {without_secrets(whole)} cannot be used: only http:// and https:// proxies can. "
            f"Change {parts.scheme.upper()}_PROXY, or add {parts.hostname} to NO_PROXY."
        )
    return whole


def trusted_certificates() -> str | None:
    """The file or folder of certificates that the environment names, or None; raises ConfigError if it is gone."""
    name = next((name for name in _CERTIFICATES if os.environ.get(name)), None)
    if name is None:
        return None
    path = os.environ[name]
    if not Path(path).exists():
        raise ConfigError(f"{name} names {path}, which is not there.")
    return path


def tls_context() -> ssl.SSLContext:
    """Who is trusted: whom the environment names, else certifi's list; raises ConfigError for what is no list."""
    path = trusted_certificates() or certifi.where()
    folder = Path(path).is_dir()
    try:
        return ssl.create_default_context(cafile=None if folder else path, capath=path if folder else None)
    except OSError as error:  # ssl.SSLError is one
        raise ConfigError(f"{path} holds no certificates that can be read: {error}.") from None


def in_force() -> Iterator[tuple[str, str]]:
    """The variables that decide the way out, with what they say; passwords of proxies are left out."""
    for name in _PROXIES:
        value = os.environ.get(name.lower()) or os.environ.get(name)
        if value:
            yield name, without_secrets(value)
    certificates = next(((name, os.environ[name]) for name in _CERTIFICATES if os.environ.get(name)), None)
    if certificates:
        yield certificates


def without_secrets(text: str) -> str:
    """An address without the name and password in it."""
    return _SECRET.sub("//", text)


def _goes_directly(host: str, netloc: str) -> bool:
    return is_loopback(host) or bool(proxy_bypass(netloc)) or _is_in_range(host)


def _is_in_range(host: str) -> bool:
    """Whether NO_PROXY names a range of addresses that the host, itself an address, is in."""
    ranges = getproxies().get("no", "").split(",")
    try:
        address = ip_address(host)
        return any(address in ip_network(part.strip(), strict=False) for part in ranges if "/" in part)
    except ValueError:
        return False
