"""Whose eyes we read with, and that a secret stays one."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.errors import ConfigError
from portfolio_audit.github.addresses import Addresses, addresses_of
from portfolio_audit.github.credentials import Token, find_token, unshown

GITHUB = Addresses()
RESIDENT = addresses_of({}, api_url="https://acme.ghe.com")
SERVER = addresses_of({}, api_url="https://git.corp")
FILE_SERVER = addresses_of({}, configured={"api_url": "https://git.corp"})
FILE_RESIDENT = addresses_of({}, configured={"api_url": "https://acme.ghe.com"})
FILE_GITHUB = addresses_of({}, configured={"api_url": "https://api.github.com"})
ALL = {"GITHUB_TOKEN": "t1", "GH_TOKEN": "t2", "GH_ENTERPRISE_TOKEN": "t3", "GITHUB_ENTERPRISE_TOKEN": "t4"}
SECRET = "ghp_hush0123456789"  # noqa: S105  # of nobody


def nothing_stored(host: str, environment: Mapping[str, str]) -> None:
    return None


def find(environment: Mapping[str, str], addresses: Addresses = GITHUB, given: str | None = None) -> Token | None:
    return find_token(environment, addresses, given=given, login=nothing_stored)


def without(*names: str) -> dict[str, str]:
    return {name: value for name, value in ALL.items() if name not in names}


@pytest.mark.parametrize(
    ("environment", "addresses", "origin"),
    [
        (ALL, GITHUB, "GITHUB_TOKEN"),
        (without("GITHUB_TOKEN"), GITHUB, "GH_TOKEN"),
        (ALL | {"GITHUB_TOKEN": ""}, GITHUB, "GH_TOKEN"),
        (without("GITHUB_TOKEN", "GH_TOKEN"), GITHUB, None),
        (ALL, RESIDENT, "GITHUB_TOKEN"),
        (ALL, SERVER, "GH_ENTERPRISE_TOKEN"),
        (without("GH_ENTERPRISE_TOKEN"), SERVER, "GITHUB_ENTERPRISE_TOKEN"),
        ({"GH_TOKEN": "t2"}, SERVER, "GH_TOKEN"),
        (ALL, FILE_GITHUB, "GITHUB_TOKEN"),
        (ALL, FILE_SERVER, None),
        (ALL, FILE_RESIDENT, None),
        (ALL | {"GH_HOST": "git.corp"}, FILE_SERVER, "GH_ENTERPRISE_TOKEN"),
        (ALL | {"GH_HOST": "acme.ghe.com"}, FILE_RESIDENT, "GITHUB_TOKEN"),
        ({"GITHUB_TOKEN": "t1", "GH_HOST": "git.corp"}, FILE_SERVER, None),
        ({}, GITHUB, None),
    ],
)
def test_each_github_is_shown_only_the_tokens_made_for_it(
    environment: dict[str, str], addresses: Addresses, origin: str | None
) -> None:
    assert find(environment, addresses) == (Token(environment[origin], origin) if origin else None)


def test_what_is_not_shown_can_be_told() -> None:
    assert unshown(ALL, GITHUB) == ("GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN")
    assert unshown(ALL, FILE_SERVER) == tuple(ALL)
    assert unshown(ALL, SERVER) == unshown({}, GITHUB) == ()


@pytest.mark.parametrize("given", [SECRET, f"{SECRET}\n", f"{SECRET}\r\n"])
def test_what_comes_by_standard_input_comes_first(given: str) -> None:
    assert find(ALL | {"PORTFOLIO_AUDIT_NO_TOKEN": "1"}, given=given) == Token(SECRET, "--token-stdin")


@pytest.mark.parametrize(
    ("value", "anonymous"), [("1", True), ("true", True), ("0", False), ("No", False), ("", False)]
)
def test_reading_without_a_token_can_be_meant(value: str, anonymous: bool) -> None:
    assert (find(ALL | {"PORTFOLIO_AUDIT_NO_TOKEN": value}) is None) is anonymous


def test_last_the_gh_client_is_asked_for_that_host() -> None:
    asked: list[str] = []

    def login(host: str, environment: Mapping[str, str]) -> tuple[str, str]:
        asked.append(host)
        return SECRET, "gh"

    assert find_token({}, FILE_SERVER, login=login) == Token(SECRET, "gh")
    assert find_token(ALL, GITHUB, login=login) == Token("t1", "GITHUB_TOKEN")
    assert asked == ["git.corp"]


@pytest.mark.parametrize(
    ("secret", "message"),
    [
        ("", "gave no token"),
        ("\n", "gave no token"),
        (f" {SECRET}", "a space or a line end around it"),
        (f"{SECRET}\n\n", "a space or a line end around it"),
        (f"{SECRET} {SECRET}", "a space, a line end or a letter that no token has"),
        (f"{SECRET}\r\nHost: evil", "a space, a line end or a letter that no token has"),
        (f"{SECRET}\x00", "a space, a line end or a letter that no token has"),
        (f"{SECRET}é", "a space, a line end or a letter that no token has"),
        (f"\ufeff{SECRET}", "a space, a line end or a letter that no token has"),
        (SECRET * 100, "it is too long for one"),
    ],
)
def test_what_is_no_token_is_refused_without_showing_it(secret: str, message: str) -> None:
    with pytest.raises(ConfigError) as error:
        find({}, given=secret)

    assert str(error.value).startswith("--token-stdin ")
    assert message in str(error.value)
    assert "hush" not in str(error.value)


def test_a_variable_is_named_when_it_holds_no_token() -> None:
    with pytest.raises(ConfigError, match=r"^GH_TOKEN holds no token: "):
        find({"GH_TOKEN": "two words"})


def test_a_token_shows_nothing_of_itself() -> None:
    token = Token(SECRET, "GH_TOKEN")

    assert repr(token) == str(token) == f"{token}" == "Token(origin='GH_TOKEN')"
    assert SECRET not in token.identity
    assert token.identity == Token(SECRET, "elsewhere").identity != Token(f"{SECRET}x", "GH_TOKEN").identity


@pytest.mark.parametrize("leave", [pickle.dumps, copy.copy, copy.deepcopy])
def test_a_token_is_handed_to_nobody(leave: object) -> None:
    assert callable(leave)
    with pytest.raises(TypeError, match="a token is not stored") as error:
        leave(Token(SECRET, "GH_TOKEN"))
    assert SECRET not in str(error.value)


@given(st.text(min_size=1, max_size=30))
def test_a_token_is_fit_for_a_header_or_refused(text: str) -> None:
    try:
        token = find({"GITHUB_TOKEN": text})
    except ConfigError as error:
        assert len(text) < 6 or text not in str(error)
        return
    assert token == Token(text, "GITHUB_TOKEN")
    assert text.isascii()
    assert text.isprintable()
    assert " " not in text
