"""Pages of repositories, however the next one is linked."""

from __future__ import annotations

import anyio
import httpx
import pytest

from portfolio_audit.errors import Unreachable
from portfolio_audit.github.addresses import Addresses
from portfolio_audit.github.client import Client
from portfolio_audit.github.credentials import Token
from portfolio_audit.github.faults import Reader
from portfolio_audit.github.listing import list_repositories
from portfolio_audit.github.patience import Patience
from portfolio_audit.github.traffic import Traffic

HERE = "http://127.0.0.1:8/api/v3"


def names(*links: str) -> tuple[list[str], list[str]]:
    """What an account has of which every page links the next one so, and what was asked for it."""
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(f"{request.url.copy_with(query=None)} {request.url.params.get('page', '1')}")
        number = len(asked)
        repositories = [{"name": f"r{n}", "owner": {"login": "ada"}} for n in (number, number + 1)]
        return httpx.Response(200, json=repositories, headers={"link": links[number - 1]})

    async def go() -> list[str]:
        async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
            patience = Patience(0, print)
            reader = Reader(Addresses(HERE, f"{HERE}/graphql"), Token("ghp_x", "GITHUB_TOKEN"))
            client = Client(http, reader, patience, patience, Traffic())
            return [one.name async for one in list_repositories(client, "/users/ada", "ada")]

    return anyio.run(go), asked


@pytest.mark.parametrize(
    ("link", "second"),
    [
        (
            f'<{HERE}/user/7/repos?per_page=100&page=2>; rel="next", <{HERE}/x?page=9>; rel="last"',
            f"{HERE}/user/7/repos",
        ),
        ('</user/7/repos?per_page=100&page=2>; rel="next"', f"{HERE}/users/ada/repos"),
        ('<https://api.github.com/user/7/repos?page=2>; rel="next"', f"{HERE}/users/ada/repos"),
        ('<http://localhost:8/user/7/repos?page=2>; rel="last", <?page=2>; rel=next', f"{HERE}/users/ada/repos"),
    ],
)
def test_the_next_page_is_read_from_the_api_however_it_is_linked(link: str, second: str) -> None:
    found, asked = names(link, "")
    assert asked == [f"{HERE}/users/ada/repos 1", f"{second} 2"]
    assert found == ["r1", "r2", "r3"]  # r2 was on both pages


def test_a_link_that_is_none_is_told() -> None:
    with pytest.raises(Unreachable, match="it links no next page"):
        names('<http://ada:port/>; rel="next"')
