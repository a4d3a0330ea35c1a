"""Proxies and certificates, as the environment says."""

from __future__ import annotations

from pathlib import Path

import certifi
import pytest

from portfolio_audit.errors import ConfigError
from portfolio_audit.github.environment import in_force, proxy_for, tls_context, trusted_certificates

API = "https://api.github.com/users/ada"
PROXY = "http://proxy.corp:3128"
PROXIES = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY")
CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXIES + CERTIFICATES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.mark.parametrize(
    ("variables", "proxy"),
    [
        ({}, ""),
        ({"HTTPS_PROXY": PROXY}, PROXY),
        ({"https_proxy": PROXY}, PROXY),
        ({"HTTPS_PROXY": "proxy.corp:3128"}, PROXY),
        ({"ALL_PROXY": PROXY}, PROXY),
        ({"HTTP_PROXY": PROXY}, ""),
        ({"HTTPS_PROXY": PROXY, "NO_PROXY": "corp, github.com"}, ""),
        ({"HTTPS_PROXY": PROXY, "NO_PROXY": ".github.com"}, ""),
        ({"HTTPS_PROXY": PROXY, "NO_PROXY": "*"}, ""),
        ({"HTTPS_PROXY": PROXY, "NO_PROXY": "hub.com"}, PROXY),
    ],
)
def test_the_proxy_for_an_address(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], proxy: str) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert proxy_for(API) == proxy


@pytest.mark.parametrize(
    ("url", "proxied"),
    [
        ("https://10.1.2.3/api/v3", False),
        ("https://10.1.2.3:8443/api/v3", False),
        ("https://11.1.2.3/api/v3", True),
        ("https://[fd00::7]/api/v3", False),
        ("https://git.corp/api/v3", True),
    ],
)
def test_ranges_of_addresses_go_directly(monkeypatch: pytest.MonkeyPatch, url: str, proxied: bool) -> None:
    monkeypatch.setenv("HTTPS_PROXY", PROXY)
    monkeypatch.setenv("NO_PROXY", "10.0.0.0/8,fd00::/8")
    assert (proxy_for(url) != "") is proxied


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080", "http://localhost/api/v3", "http://[::1]:80/"])
def test_this_machine_is_never_asked_for_by_a_proxy(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("HTTP_PROXY", PROXY)
    assert proxy_for(url) == ""


def test_a_proxy_that_cannot_be_used_is_told_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "socks5://ada:hush@proxy.corp:1080")
    with pytest.raises(ConfigError) as error:
        proxy_for(API)
    assert "socks5://proxy.corp:1080 cannot be used" in str(error.value)
    assert "add api.github.com to NO_PROXY" in str(error.value)


def test_the_first_variable_for_certificates_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert trusted_certificates() is None
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    assert trusted_certificates() == str(tmp_path)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", certifi.where())
    assert trusted_certificates() == certifi.where()
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "gone.pem"))
    with pytest.raises(ConfigError, match=r"SSL_CERT_FILE names .*gone\.pem, which is not there"):
        trusted_certificates()


def test_certificates_are_loaded_from_a_file_or_a_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert tls_context().get_ca_certs()
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path))
    assert tls_context().get_ca_certs() == []
    (tmp_path / "no.pem").write_text("not a certificate")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "no.pem"))
    with pytest.raises(ConfigError, match="holds no certificates that can be read"):
        tls_context()


def test_what_is_in_force_can_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(in_force()) == []
    monkeypatch.setenv("https_proxy", "http://ada:hush@proxy.corp:3128")
    monkeypatch.setenv("NO_PROXY", "localhost")
    monkeypatch.setenv("SSL_CERT_FILE", "/etc/corp.pem")
    monkeypatch.setenv("CURL_CA_BUNDLE", "/etc/other.pem")
    assert list(in_force()) == [
        ("HTTPS_PROXY", PROXY),
        ("NO_PROXY", "localhost"),
        ("SSL_CERT_FILE", "/etc/corp.pem"),
    ]
