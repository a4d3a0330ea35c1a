"""The layers of the client: who sees the token, what counts, what is kept under which key."""

from __future__ import annotations

from collections.abc import Callable

import anyio
import httpx
import pytest

from portfolio_audit.errors import RateLimited
from portfolio_audit.github.addresses import Addresses
from portfolio_audit.github.credentials import Token
from portfolio_audit.github.traffic import Traffic
from portfolio_audit.github.transports import Authorized, Metered, is_api

TOKEN = Token("ghp_secret", "GITHUB_TOKEN")
ADDRESSES = Addresses()


def answers(status: int = 200, headers: dict[str, str] | None = None) -> Callable[[httpx.Request], httpx.Response]:
    """Answer every request alike."""
    return lambda _: httpx.Response(status, headers=headers, text="body")


def send(transport: httpx.AsyncBaseTransport, *urls: str, headers: dict[str, str] | None = None) -> None:
    """Send a request to each address, one after the other."""

    async def go() -> None:
        async with httpx.AsyncClient(transport=transport, headers=headers) as client:
            for url in urls:
                await client.get(url)

    anyio.run(go)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://api.github.com/user", True),
        ("https://api.github.com/graphql", True),
        ("https://api.github.com.evil.example/user", False),
        ("https://codeload.github.com/ada/churn/tar.gz/main", False),
        ("https://raw.githubusercontent.com/ada/churn/main/a", False),
        ("http://api.github.com/user", False),
    ],
)
def test_only_the_api_sees_the_token(url: str, *, shown: bool) -> None:
    seen: list[str] = []

    def note(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers.get("authorization", ""))
        return httpx.Response(200)

    send(Authorized(httpx.MockTransport(note), ADDRESSES, TOKEN), url, headers={"authorization": "Bearer stale"})
    assert seen == ["Bearer ghp_secret" if shown else ""]


@pytest.mark.parametrize("beside", ["", "/codeload"])
def test_archives_on_the_host_of_the_api_are_none_of_its_replies(beside: str) -> None:
    """They do not count, are shown no token, and are not kept as replies are."""
    here = Addresses("http://127.0.0.1:8", "http://127.0.0.1:8/graphql", "", f"http://127.0.0.1:8{beside}")
    archive = f"http://127.0.0.1:8{beside}/ada/churn/legacy.tar.gz/main"
    asked = ["http://127.0.0.1:8/repositories/7/tarball/main", "http://127.0.0.1:8/graphql", archive]
    assert [is_api(url, here) for url in asked] == [True, True, False]


def metered(
    answer: Callable[[httpx.Request], httpx.Response], *, authorized: bool = True, budget: int | None = None
) -> tuple[Metered, Traffic]:
    """A meter over a network that answers so."""
    traffic = Traffic()
    below = httpx.MockTransport(answer)
    return Metered(below, ADDRESSES, traffic, authorized=authorized, budget=budget), traffic


def test_requests_to_the_api_count_and_others_do_not() -> None:
    meter, traffic = metered(answers())
    send(meter, "https://api.github.com/user", "https://api.github.com/rate_limit", "https://codeload.github.com/a/b")
    assert (traffic.counted, traffic.free) == (1, 2)


@pytest.mark.parametrize(("authorized", "counted"), [(True, 0), (False, 1)])
def test_an_unchanged_reply_is_free_to_who_is_authorised(counted: int, *, authorized: bool) -> None:
    meter, traffic = metered(answers(304), authorized=authorized)
    send(meter, "https://api.github.com/user")
    assert (traffic.counted, traffic.unchanged) == (counted, 1)


def test_what_is_left_is_remembered_by_limit() -> None:
    told = {"limit": "60", "remaining": "59", "reset": "1764000000", "resource": "core"}
    meter, traffic = metered(answers(headers={f"x-ratelimit-{k}": v for k, v in told.items()}))
    send(meter, "https://api.github.com/user")
    assert traffic.left["core"].remaining == 59


def test_the_request_over_the_budget_is_not_sent() -> None:
    sent: list[httpx.Request] = []

    def note(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(200)

    meter, traffic = metered(note, budget=2)
    with pytest.raises(RateLimited, match="the 2 requests allowed by --max-requests are used up"):
        send(meter, *["https://api.github.com/user"] * 5)
    assert (len(sent), traffic.counted) == (2, 2)


def test_what_never_arrived_does_not_count() -> None:
    def fail(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no route")

    meter, traffic = metered(fail)
    with pytest.raises(httpx.ConnectError):
        send(meter, "https://api.github.com/user")
    assert traffic.counted == 0
