"""Retries, waits and refusals: what reaches the user is one sentence with what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import anyio
import httpx
import pytest

from portfolio_audit.errors import (
    AuthenticationError,
    Forbidden,
    NoCommits,
    NotFound,
    RateLimited,
    SourceError,
    Unreachable,
)
from portfolio_audit.github.addresses import Addresses
from portfolio_audit.github.client import Client, TooMuch
from portfolio_audit.github.credentials import Token
from portfolio_audit.github.faults import Reader, Reply
from portfolio_audit.github.patience import Patience
from portfolio_audit.github.traffic import Traffic

TOKEN = Token("ghp_secret", "GITHUB_TOKEN")
START = datetime(2026, 11, 22, 12, tzinfo=UTC)
Answer = httpx.Response | Exception


class Conversation:
    """A client whose network gives prepared answers, the last again and again; sleeping only moves the clock."""

    def __init__(self, *answers: Answer, token: Token | None = TOKEN, max_wait: float = 60) -> None:
        self._answers: Iterator[Answer] = iter(answers)
        self._last: Answer | None = None
        self.requests: list[httpx.Request] = []
        self.told: list[str] = []
        self.slept = 0.0
        self._reader = Reader(Addresses(), token)
        self._max_wait = max_wait

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        self._last = next(self._answers, self._last)
        if isinstance(self._last, Exception):
            raise self._last
        assert self._last is not None
        return httpx.Response(self._last.status_code, headers=self._last.headers, content=self._last.content)

    async def _sleep(self, seconds: float) -> None:
        self.slept += seconds

    def ask(self, path: str = "/repos/ada/churn", target: str = "ada/churn") -> Reply:
        """Ask the REST API."""

        async def go() -> Reply:
            now: Callable[[], datetime] = lambda: START + timedelta(seconds=self.slept)  # noqa: E731
            patience = Patience(self._max_wait, self.told.append, sleep=self._sleep, now=now)
            async with httpx.AsyncClient(transport=httpx.MockTransport(self._answer)) as http:
                client = Client(http, self._reader, patience, patience, Traffic())
                return await (
                    client.post("{x}", {}, target, divisible=True) if path == "graphql" else client.get(path, target)
                )

        return anyio.run(go)


GOOD = httpx.Response(200, json={"name": "churn"})


def test_an_answer_is_given() -> None:
    assert Conversation(GOOD).ask().body == b'{"name":"churn"}'


@pytest.mark.parametrize(
    "fault", [httpx.Response(502), httpx.Response(500), httpx.ReadError("cut"), httpx.ReadTimeout("slow")]
)
def test_a_fault_on_the_way_is_tried_again(fault: Answer) -> None:
    conversation = Conversation(fault, fault, GOOD)
    assert conversation.ask().status == 200
    assert 0.5 < conversation.slept < 3.1


def test_silence_is_told_once_for_all_that_wait() -> None:
    conversation = Conversation(httpx.ReadTimeout("slow"), httpx.ReadTimeout("slow"), GOOD)
    assert conversation.ask().status == 200
    assert conversation.told == ["ada/churn: GitHub has not answered in time; asking again."]


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (httpx.Response(502), r"GitHub answered 502\. Try again later"),
        (httpx.ConnectError("no route to host"), r"GitHub cannot be reached \(no route to host\). Check the network"),
        (httpx.ConnectTimeout(""), r"GitHub did not answer in time\."),
    ],
)
def test_a_lasting_fault_is_told_after_a_few_tries(fault: Answer, message: str) -> None:
    conversation = Conversation(fault)
    with pytest.raises(Unreachable, match=message):
        conversation.ask()
    assert len(conversation.requests) == 4


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (httpx.UnsupportedProtocol("a redirect to ftp://x is not followed"), r"elsewhere \(a redirect to ftp://x"),
        (httpx.TooManyRedirects("20"), "GitHub sends us in circles"),
    ],
)
def test_a_way_that_leads_nowhere_is_left_at_once(fault: Answer, message: str) -> None:
    conversation = Conversation(fault)
    with pytest.raises(Unreachable, match=message):
        conversation.ask()
    assert len(conversation.requests) == 1


@pytest.mark.parametrize("status", [502, 504])
def test_a_query_that_fails_is_not_repeated_as_it_is(status: int) -> None:
    conversation = Conversation(httpx.Response(status))
    with pytest.raises(TooMuch):
        conversation.ask("graphql")
    assert len(conversation.requests) == 1


def test_a_secondary_limit_is_waited_for_and_shown() -> None:
    conversation = Conversation(httpx.Response(429, headers={"retry-after": "5"}), GOOD)
    assert conversation.ask().status == 200
    assert 6 <= conversation.slept < 7
    assert conversation.told[0].startswith("GitHub's limit of requests at a time is reached: waiting")


def test_a_primary_limit_that_resets_too_late_ends_the_asking() -> None:
    reset = str(int((START + timedelta(minutes=40)).timestamp()))
    headers = {"x-ratelimit-limit": "60", "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset}
    conversation = Conversation(httpx.Response(403, headers=headers, json={"message": "API rate limit exceeded"}))
    with pytest.raises(RateLimited, match=r"it resets at .* run the command again then") as caught:
        conversation.ask()
    assert caught.value.resets_at == START + timedelta(minutes=40)
    assert len(conversation.requests) == 1


def test_a_server_that_refuses_for_ever_is_given_up() -> None:
    conversation = Conversation(httpx.Response(429, headers={"retry-after": "0"}))
    with pytest.raises(SourceError, match="429"):
        conversation.ask()
    assert len(conversation.requests) == 6


SSO = {"x-github-sso": "required; url=https://github.com/orgs/lab/sso?authorization_request=AB1"}
SCOPES = {"x-oauth-scopes": "read:user", "x-accepted-oauth-scopes": "repo"}


@pytest.mark.parametrize(
    ("status", "headers", "said", "kind", "message"),
    [
        (401, {}, "Bad credentials", AuthenticationError, r"refused the token from GITHUB_TOKEN \(Bad credentials\)"),
        (
            403,
            SSO,
            "Resource protected",
            Forbidden,
            "sign-on.*https://github.com/orgs/lab/sso.authorization_request=AB1",
        ),
        (403, SCOPES, "Must have admin rights", Forbidden, "lacks the scope 'repo'.*gh auth refresh --scopes repo"),
        (403, {}, "Sorry. Your account was suspended.", Forbidden, "the account is suspended"),
        (403, {}, "Repository access blocked", Forbidden, "GitHub has blocked access"),
        (403, {}, "Resource not accessible by integration", Forbidden, "not accessible by integration.*may read"),
        (404, {}, "Not Found", NotFound, "may not see it. A private one needs the scope 'repo'"),
        (409, {}, "Git Repository is empty.", NoCommits, "the repository is empty"),
        (410, {}, "Gone", NotFound, "no longer on GitHub"),
        (451, {}, "Repository access blocked", Forbidden, "for legal reasons"),
        (418, {}, "I am a teapot", Unreachable, "GitHub answered 418: I am a teapot"),
    ],
)
def test_refusals_say_what_to_do(
    status: int, headers: dict[str, str], said: str, kind: type[SourceError], message: str
) -> None:
    with pytest.raises(kind, match=message):
        Conversation(httpx.Response(status, headers=headers, json={"message": said})).ask()


@pytest.mark.parametrize(
    ("status", "target", "message"),
    [
        (401, "ada/churn", "does not answer this without a token. Log in with `gh auth login`"),
        (404, "ada/churn", "no such public repository. If it is private: log in"),
        (404, "nobody", "no such account on GitHub, or it is hidden or suspended"),
    ],
)
def test_without_a_token_refusals_say_how_to_get_one(status: int, target: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        Conversation(httpx.Response(status), token=None).ask(target=target)


def test_no_refusal_shows_the_token() -> None:
    with pytest.raises(SourceError) as caught:
        Conversation(httpx.Response(401, json={"message": "Bad credentials"})).ask()
    assert "ghp_secret" not in str(caught.value) + repr(caught.value)
