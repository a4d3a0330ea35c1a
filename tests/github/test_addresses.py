"""Which GitHub is meant, and what follows from the address of its API."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.errors import ConfigError
from portfolio_audit.github.addresses import Addresses, addresses_of, is_loopback
from portfolio_audit.model.location import Location

SERVER = Addresses("https://git.corp/api/v3", "https://git.corp/api/graphql", "", "", "https://git.corp")
RESIDENT = Addresses("https://api.acme.ghe.com", "https://api.acme.ghe.com/graphql", "", "", "https://acme.ghe.com")
LOCAL = "http://127.0.0.1:8080"


def test_without_a_word_it_is_github_com() -> None:
    assert addresses_of({}) == Addresses()
    assert addresses_of({}).host == "github.com"


@pytest.mark.parametrize(
    ("api_url", "addresses"),
    [
        ("https://api.github.com", Addresses()),
        ("https://API.GitHub.com:443/", Addresses()),
        ("https://github.com", Addresses()),
        (" https://www.github.com/ ", Addresses()),
        ("https://git.corp", SERVER),
        ("https://git.corp/", SERVER),
        ("https://Git.Corp/api/v3", SERVER),
        ("https://git.corp/api/v3//", SERVER),
        ("https://api.acme.ghe.com", RESIDENT),
        ("https://acme.ghe.com/", RESIDENT),
        (
            "https://api.git.corp",
            Addresses("https://api.git.corp", "https://api.git.corp/graphql", "", "", "https://git.corp"),
        ),
        (
            "https://gate.corp/github",
            Addresses("https://gate.corp/github", "https://gate.corp/github/graphql", "", "", "https://gate.corp"),
        ),
        (f"{LOCAL}/api", Addresses(f"{LOCAL}/api", f"{LOCAL}/api/graphql", "", "", LOCAL)),
        (LOCAL, Addresses(LOCAL, f"{LOCAL}/graphql", "", "", LOCAL)),
        (
            "http://localhost/api/v3",
            Addresses("http://localhost/api/v3", "http://localhost/api/graphql", "", "", "http://localhost"),
        ),
        ("http://[::1]:80", Addresses("http://[::1]", "http://[::1]/graphql", "", "", "http://[::1]")),
    ],
)
def test_the_others_follow_from_the_api(api_url: str, addresses: Addresses) -> None:
    assert addresses_of({}, api_url=api_url) == addresses
    assert addresses_of({"PORTFOLIO_AUDIT_API_URL": api_url}) == addresses
    assert addresses_of({}, configured={"api_url": api_url}) == addresses
    assert addresses_of({"GITHUB_API_URL": api_url}) == addresses


def test_each_address_can_be_said_alone() -> None:
    found = addresses_of(
        {
            "PORTFOLIO_AUDIT_GRAPHQL_URL": f"{LOCAL}/g",
            "PORTFOLIO_AUDIT_RAW_URL": f"{LOCAL}/raw/",
            "PORTFOLIO_AUDIT_ARCHIVE_URL": "",
        }
    )
    assert found == Addresses(graphql=f"{LOCAL}/g", raw=f"{LOCAL}/raw")


def test_an_option_comes_before_the_environment_and_that_before_the_configuration() -> None:
    environment = {"PORTFOLIO_AUDIT_API_URL": "https://b.corp", "PORTFOLIO_AUDIT_RAW_URL": "https://raw.b.corp"}
    configured = {"api_url": "https://c.corp", "raw_url": "https://raw.c.corp", "archive_url": "https://code.c.corp"}

    assert addresses_of(environment, api_url="https://a.corp", configured=configured) == Addresses(
        "https://a.corp/api/v3", "https://a.corp/api/graphql", "https://raw.b.corp", "", "https://a.corp"
    )
    assert addresses_of(environment, configured=configured).api == "https://b.corp/api/v3"
    assert addresses_of({}, configured=configured) == Addresses(
        "https://c.corp/api/v3",
        "https://c.corp/api/graphql",
        "https://raw.c.corp",
        "https://code.c.corp",
        "https://c.corp",
    )


RUNNER = {
    "GITHUB_API_URL": "https://git.corp/api/v3",
    "GITHUB_GRAPHQL_URL": "https://git.corp/api/graphql",
    "GITHUB_SERVER_URL": "https://git.corp",
}


def test_on_a_runner_it_is_the_github_it_works_for() -> None:
    assert addresses_of(RUNNER) == SERVER
    assert addresses_of(RUNNER | {"GITHUB_SERVER_URL": "https://www.git.corp"}).web == "https://www.git.corp"


def test_nothing_of_the_runners_github_is_mixed_with_another() -> None:
    assert addresses_of(RUNNER, api_url="https://github.com") == Addresses()
    assert addresses_of({"GITHUB_GRAPHQL_URL": RUNNER["GITHUB_GRAPHQL_URL"]}) == Addresses()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("git.corp", "must be an address such as https://github.example.com"),
        ("ftp://git.corp", "must be an address such as"),
        ("file:///etc/passwd", "must be an address such as"),
        ("https://ada:hush@git.corp", "holds a name or a password"),
        ("https://git.corp/?token=hush", "must end before the"),
        ("https://git.corp/#hush", "must end before the"),
        ("https://git.corp:0/", "names the port 0"),
        ("https://git.corp:99999", "names the port 99999"),
        ("https://git corp", "is no address"),
        ("https://", "is no address"),
        ("https://git.corp/%2e%2e", "is no address"),
        ("https://münchen.example", "is no address"),
        ("https://git.corp\n.evil.example", "is no address"),
        ("http://git.corp", "must begin with https://: a token would cross the network in the clear"),
        ("http://127.0.0.1.evil.example", "Write https://127.0.0.1.evil.example"),
        ("http://192.0.2.7:80", "must begin with https://"),
    ],
)
@pytest.mark.parametrize("variable", ["PORTFOLIO_AUDIT_API_URL", "PORTFOLIO_AUDIT_RAW_URL", "GITHUB_API_URL"])
def test_what_is_no_address_is_told_without_repeating_a_secret(variable: str, text: str, message: str) -> None:
    with pytest.raises(ConfigError) as error:
        addresses_of({variable: text})

    assert str(error.value).startswith(f"{variable} ")
    assert message in str(error.value)
    assert "hush" not in str(error.value)


def test_a_mistake_in_the_configuration_is_told_with_its_line() -> None:
    with pytest.raises(ConfigError) as error:
        addresses_of({}, configured={"api_url": "corp"}, lines={"api_url": Location("x.yaml", 3)})

    assert str(error.value) == "x.yaml:3: 'api_url' must be an address such as https://github.example.com."


@pytest.mark.parametrize(
    ("environment", "configured", "from_file"),
    [
        ({}, {}, False),
        ({}, {"api_url": "https://git.corp"}, True),
        ({"GITHUB_API_URL": "https://git.corp"}, {"api_url": "https://git.corp"}, True),
        ({"PORTFOLIO_AUDIT_API_URL": "https://git.corp"}, {"api_url": "https://git.corp"}, False),
    ],
)
def test_an_api_that_only_a_file_names_is_known_as_such(
    environment: Mapping[str, str], configured: Mapping[str, str], from_file: bool
) -> None:
    assert addresses_of(environment, configured=configured).from_file is from_file


def test_a_file_cannot_send_a_token_to_another_host() -> None:
    with pytest.raises(ConfigError, match=r"on another host than the API, api\.github\.com"):
        addresses_of({}, configured={"graphql_url": "https://evil.example/graphql"})
    with pytest.raises(ConfigError, match="on another host"):
        addresses_of({}, configured={"api_url": "https://git.corp", "graphql_url": "https://evil.example"})
    same = {"api_url": "https://git.corp", "graphql_url": "https://git.corp/g"}
    assert addresses_of({}, configured=same).graphql == "https://git.corp/g"


@pytest.mark.parametrize("host", ["localhost", "a.localhost", "127.0.0.1", "127.9.9.9", "[::1]", "LOCALHOST"])
def test_this_machine(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host", ["", "192.0.2.7", "10.0.0.1", "localhost.evil.example", "[::]", "2130706433", "[::ffff:10.0.0.1]"]
)
def test_other_machines(host: str) -> None:
    assert not is_loopback(host)


_pieces = st.sampled_from(
    ["https://", "http://", "git.corp", "localhost", ":8080", "/api/v3", "/", "@", "?", "ghe.com", "api.", " "]
)


@given(st.lists(_pieces | st.text(max_size=5), max_size=8).map("".join))
def test_an_address_is_used_in_one_form_or_refused(text: str) -> None:
    try:
        found = addresses_of({}, api_url=text)
    except ConfigError:
        return
    for address in (found.api, found.graphql, found.web):
        url = urlsplit(address)
        assert not url.username
        assert not address.endswith("/")
        assert url.scheme == "https" or is_loopback(url.hostname or "")
    assert addresses_of({}, api_url=found.api) == found
