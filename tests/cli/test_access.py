"""``access``: which GitHub, whose token, what is left."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from cli.conftest import Run, Spawn
from github_server import Account, GitHub, World
from github_server import Token as Secret
from portfolio_audit.cli.standing import as_text
from portfolio_audit.errors import ConfigError
from portfolio_audit.github.addresses import Addresses
from portfolio_audit.github.credentials import Token
from portfolio_audit.github.faults import Reader
from portfolio_audit.github.limits import Allowance
from portfolio_audit.github.standing import Standing

WORLD = World(accounts=(Account("ada"),), tokens=(Secret("ghp_hush", "ada", ("public_repo",)),))
NOW = datetime(2026, 3, 14, 12, tzinfo=UTC)
VARIABLES = (
    "HTTPS_PROXY",
    "HTTP_PROXY",
    "ALL_PROXY",
    "NO_PROXY",
    "SSL_CERT_FILE",
    "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
)
READER = Reader(Addresses(), Token("ghp_hush", "GH_TOKEN"))


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*VARIABLES, "SSL_CERT_DIR", "GITHUB_TOKEN", "GH_TOKEN", "GITHUB_API_URL"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def github(github_server: Callable[..., GitHub], monkeypatch: pytest.MonkeyPatch) -> GitHub:
    server = github_server(WORLD)
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    return server


def lines(standing: Standing, *unshown: str, reader: Reader = READER) -> dict[str, str]:
    text = as_text(reader, standing, unshown, NOW)
    return dict(re.split(r"\s{2,}", line, maxsplit=1) for line in text.splitlines())  # type: ignore[arg-type]


def test_a_token_and_what_follows(github: GitHub, run: Run) -> None:
    shown = run("access", "--token-stdin", input="ghp_hush\n")
    assert shown.exit_code == 0
    assert shown.stdout.splitlines() == [
        f"GitHub                {github.addresses.api}",
        "Token                 classic, from --token-stdin",
        "Account               ada",
        "Scopes                public_repo",
        "Requests              5,000 of 5,000 left",
        "GraphQL points        5,000 of 5,000 left",
        "Searches              30 of 30 left",
        "Public repositories   yes",
        "Private repositories  no: the scope 'repo' is missing (gh auth refresh --scopes repo, or a token that has it)",
    ]


def test_json_for_scripts(github: GitHub, run: Run) -> None:
    told = json.loads(run("access", "--token-stdin", "--json", input="ghp_hush").stdout)
    assert told["token"] == {
        "origin": "--token-stdin",
        "kind": "classic",
        "login": "ada",
        "scopes": ["public_repo"],
        "expires_at": None,
    }
    assert told["limits"]["core"]["remaining"] == 5000
    assert run("access", "--no-token", "--json").stdout.count("null") == 1


def test_a_token_that_is_refused(github: GitHub, spawn: Spawn) -> None:
    done = spawn("access", **github.environment, GITHUB_TOKEN="ghp_wrong")  # noqa: S106  # of nobody
    assert (done.returncode, done.stdout) == (3, "")
    assert "GitHub refused the token from GITHUB_TOKEN (Bad credentials)." in done.stderr
    assert "ghp_wrong" not in done.stderr


@pytest.mark.parametrize(
    ("words", "given", "told"),
    [
        (("--no-token",), b"ghp_hush", "say only one of them"),
        ((), b"", "--token-stdin gave no token"),
        ((), b"\n", "--token-stdin gave no token"),
        ((), b"ghp_hush and more\n", "--token-stdin holds no token: a space"),
        ((), b"\xff\xfeg\x00h\x00", "--token-stdin holds no token: a space"),
        ((), b"ghp_hush" * 1000, "--token-stdin holds no token: it is too long"),
    ],
)
def test_what_is_piped_in_must_be_a_token(run: Run, words: tuple[str, ...], given: bytes, told: str) -> None:
    error = run("access", "--token-stdin", *words, input=given).exception
    assert isinstance(error, ConfigError)
    assert told in str(error)
    assert "hush" not in str(error)


def test_nobody_there(spawn: Spawn) -> None:
    done = spawn("access", "--no-token", "--api-url", "http://127.0.0.1:9")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("portfolio-audit: 127.0.0.1:9: GitHub cannot be reached (")


@pytest.mark.parametrize(
    ("resets_in", "span"),
    [
        (timedelta(minutes=23), r"\d\d:\d\d \(in 23 min\)"),
        (timedelta(minutes=-2), r"\d\d:\d\d \(2 min ago\)"),
        (timedelta(hours=5), r"2026-03-1\d \d\d:\d\d \(in 5 h\)"),
        (timedelta(days=30), r"2026-04-1\d \(in 30 days\)"),
    ],
)
def test_moments_are_local_and_say_how_far_away_they_are(resets_in: timedelta, span: str) -> None:
    told = lines(Standing(limits=(Allowance("core", 60, 12, NOW + resets_in),)))
    assert re.fullmatch(rf"12 of 60 left, all again at {span}", told["Requests"])


def test_an_audit_without_requests_is_warned_of() -> None:
    told = lines(Standing("classic", "ada", ("repo",), limits=(Allowance("core", 60, 0, NOW + timedelta(hours=1)),)))
    assert told["An audit now"].startswith("would read only what is kept; ask again at ")


def test_tokens_of_another_github_are_named_as_not_used() -> None:
    assert lines(Standing(), "GH_ENTERPRISE_TOKEN")["Not shown to it"] == "GH_ENTERPRISE_TOKEN: made for another GitHub"


def test_what_github_says_cannot_play_with_the_terminal() -> None:
    told = as_text(READER, Standing("classic", "ada\x1b[31m", ("repo",)), ())
    assert "\x1b" not in told
    assert "hush" not in told


def test_a_server_without_limits_and_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://ada:hush@proxy.corp:3128")
    told = lines(Standing(), reader=Reader(Addresses(), None))
    assert told["Requests"] == "as many as you like: this server has no limits"
    assert told["HTTPS_PROXY"] == "http://proxy.corp:3128"
    assert told.get("Token") == "none: you read as anybody could"
