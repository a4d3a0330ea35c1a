"""PyGithub, tamed: one call, no waiting, and our own errors for everything that goes wrong."""

from __future__ import annotations

import socket
from collections.abc import Callable

import pytest
from github.AuthenticatedUser import AuthenticatedUser
from github.Requester import HTTPSRequestsConnectionClass, Requester

from github_server import Account, GitHub, World, misbehaviour
from github_server import Token as Secret
from github_server.faults import Fault
from portfolio_audit.errors import (
    AuthenticationError,
    Forbidden,
    NotFound,
    RateLimited,
    SourceError,
    Unreachable,
)
from portfolio_audit.github.addresses import Addresses, addresses_of
from portfolio_audit.github.credentials import Token
from portfolio_audit.github.faults import Reader
from portfolio_audit.github.typed import ask, connect, said

TOKEN = Token("ghp_hush", "GH_TOKEN")
WORLD = World(accounts=(Account("ada"), Account("eve", suspended=True)), tokens=(Secret("ghp_hush", "ada"),))


@pytest.fixture
def github(github_server: Callable[..., GitHub]) -> GitHub:
    return github_server(WORLD)


def reader_of(github: GitHub, token: Token | None = TOKEN) -> Reader:
    return Reader(addresses_of(github.environment), token)


def login(reader: Reader) -> str:
    with connect(reader) as hub:
        return ask(reader, "ada", lambda: said(hub.get_user().login, str))


def failure(reader: Reader) -> SourceError:
    with pytest.raises(SourceError) as error:
        login(reader)
    assert "hush" not in str(error.value)
    return error.value


def test_the_answer_is_typed(github: GitHub) -> None:
    reader = reader_of(github)
    with connect(reader) as hub:
        user = ask(reader, "ada", hub.get_user)
        assert isinstance(user, AuthenticatedUser)
        assert user.login == "ada"
    assert [(asked.path, asked.authorized) for asked in github.log.requests()] == [("/user", True)]


def test_without_a_token_none_is_sent(github: GitHub) -> None:
    reader = reader_of(github, None)
    with connect(reader) as hub:
        assert ask(reader, "ada", lambda: hub.get_user("ada").login) == "ada"
    assert not github.log.requests()[0].authorized


FAULTS: list[tuple[Fault, type[SourceError], str]] = [
    (misbehaviour.status(401, "Bad credentials"), AuthenticationError, "GitHub refused the token from GH_TOKEN"),
    (misbehaviour.status(403, "Sorry. Your account was suspended"), Forbidden, "the account is suspended"),
    (misbehaviour.status(404, "Not Found"), NotFound, "there is no such account"),
    (misbehaviour.primary_limit(), RateLimited, "primary limit of requests is reached; it resets at"),
    (misbehaviour.secondary_limit(30), RateLimited, "secondary limit of requests is reached"),
    (misbehaviour.status(500, "Oops"), Unreachable, "GitHub answered 500: Oops"),
    (misbehaviour.gateway(), Unreachable, "GitHub answered 502"),
    (misbehaviour.cut_before(), Unreachable, "GitHub cannot be reached"),
    (misbehaviour.wrong_json(), Unreachable, "the reply is not one of GitHub's"),
    (misbehaviour.wrong_type(), Unreachable, "the reply is not one of GitHub's"),
    (misbehaviour.unexpected_json([1, 2]), Unreachable, "the reply is not one of GitHub's"),
    (misbehaviour.unexpected_json({"login": ["ada"]}), Unreachable, "the reply is not one of GitHub's"),
    (misbehaviour.status(202, "wait"), Unreachable, "GitHub has only begun to prepare the answer"),
    (misbehaviour.redirect("https://evil.example/user", 301), Unreachable, "the reply is not one of GitHub's"),
]


@pytest.mark.parametrize(("fault", "kind", "words"), FAULTS)
def test_what_goes_wrong_has_a_name_of_ours(github: GitHub, fault: Fault, kind: type[SourceError], words: str) -> None:
    github.faults.add(fault, times=None)
    error = failure(reader_of(github))
    assert type(error) is kind
    assert words in str(error)
    assert len(github.log.requests()) <= 1


def test_when_a_limit_resets_is_known(github: GitHub) -> None:
    github.faults.add(misbehaviour.secondary_limit(30))
    error = failure(reader_of(github))
    assert isinstance(error, RateLimited)
    assert error.resets_at is not None


def test_nobody_there(unused: int) -> None:
    reader = Reader(addresses_of({}, api_url=f"http://127.0.0.1:{unused}"), TOKEN)
    assert "GitHub cannot be reached (" in str(failure(reader))
    assert "Connection refused" in str(failure(reader))


def test_a_proxy_that_is_not_there(monkeypatch: pytest.MonkeyPatch, unused: int) -> None:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTPS_PROXY", f"http://ada:hush@127.0.0.1:{unused}")
    error = failure(Reader(Addresses("https://git.example/api/v3"), TOKEN))
    assert "the proxy does not let us through. Check HTTPS_PROXY and NO_PROXY." in str(error)


def test_this_machine_is_not_reached_by_a_proxy(github: GitHub, monkeypatch: pytest.MonkeyPatch, unused: int) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{unused}")
    assert login(reader_of(github)) == "ada"


def test_only_our_connections_are_of_our_kind() -> None:
    connect(Reader(Addresses(), None)).close()
    assert Requester._Requester__httpsConnectionClass is HTTPSRequestsConnectionClass  # type: ignore[attr-defined]


@pytest.fixture
def unused() -> int:
    """A port on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
