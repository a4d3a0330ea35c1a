"""The REST API as its documentation describes it."""

from __future__ import annotations

from typing import Any

import pytest

from github_server import GitHub, Repository
from github_server.identity import database_id
from github_server_checks.conftest import CLASSIC, FINE, Ask


def names(listing: Any) -> list[str]:
    return [item["name"] for item in listing]


def test_a_listing_shows_public_repositories_by_name(get: Ask) -> None:
    assert names(get("/api/users/ADA/repos").json()) == ["empty", "new", "sales"]


def test_private_repositories_are_only_in_the_callers_own_listing(get: Ask) -> None:
    assert names(get("/api/users/ada/repos", CLASSIC).json()) == ["empty", "new", "sales"]
    assert names(get("/api/user/repos", CLASSIC).json()) == ["ovens", "empty", "new", "sales", "secret"]


def test_pages_link_to_each_other(get: Ask, github: GitHub) -> None:
    reply = get("/api/users/ada/repos?per_page=1&page=2")
    start = f"<{github.addresses.api}/user/{database_id('User', 'ada')}/repos?per_page=1&page="
    expected = [f'{start}{n}>; rel="{rel}"' for n, rel in ((1, "prev"), (3, "next"), (3, "last"), (1, "first"))]
    assert names(reply.json()) == ["new"]
    assert reply.headers["link"] == ", ".join(expected)
    third = reply.links["next"]["url"].removeprefix(github.base)
    assert names(get(third).json()) == ["sales"]


@pytest.mark.parametrize("path", ["/users/nobody", "/repos/ada/secret", "/repos/ada/none", "/orgs/ada", "/nothing"])
def test_what_is_missing_or_hidden_is_not_found(get: Ask, path: str) -> None:
    reply = get("/api" + path)
    assert (reply.status_code, reply.json()["message"]) == (404, "Not Found")


def test_a_wrong_token_is_told_so(get: Ask) -> None:
    reply = get("/api/user", "wrong")
    assert (reply.status_code, reply.json()["message"]) == (401, "Bad credentials")


def test_a_renamed_repository_has_moved(get: Ask, github: GitHub) -> None:
    reply = get("/api/repos/ada/old")
    assert reply.status_code == 301
    assert reply.headers["location"].startswith(f"{github.addresses.api}/repositories/")
    assert get(reply.headers["location"].removeprefix(github.base)).json()["full_name"] == "ada/new"


def test_an_unchanged_reply_is_free_with_a_token_and_counts_without(get: Ask, github: GitHub) -> None:
    for token, cost in ((CLASSIC, 0), (None, 1)):
        etag = get("/api/users/ada", token).headers["etag"]
        github.log.clear()
        assert get("/api/users/ada", token, If_None_Match=etag).status_code == 304
        assert github.log.counted("core") == cost


def test_an_etag_is_the_callers_own(get: Ask) -> None:
    assert get("/api/users/ada").headers["etag"] != get("/api/users/ada", CLASSIC).headers["etag"]


@pytest.mark.parametrize(("token", "reach"), [(None, "public"), (CLASSIC, "private")])
def test_replies_say_how_long_they_hold(get: Ask, token: str | None, reach: str) -> None:
    reply = get("/api/users/ada", token)
    assert reply.headers["cache-control"] == f"{reach}, max-age=60, s-maxage=60"
    assert ("Authorization" in reply.headers["vary"]) == (token is not None)


def test_only_classic_tokens_have_scopes(get: Ask) -> None:
    assert get("/api/user", CLASSIC).headers["x-oauth-scopes"] == "repo, read:org, read:user"
    assert "x-oauth-scopes" not in get("/api/user", FINE).headers


def test_every_request_is_counted_but_the_question_for_the_limit(get: Ask) -> None:
    get("/api/users/ada")
    assert get("/api/rate_limit").json()["rate"]["remaining"] == 59
    assert get("/api/users/ada").headers["x-ratelimit-remaining"] == "58"


def test_at_the_limit_the_api_refuses(get: Ask, github: GitHub) -> None:
    github.limits.exhaust(None)
    reply = get("/api/users/ada")
    assert (reply.status_code, reply.headers["x-ratelimit-remaining"]) == (403, "0")
    assert reply.json()["message"].startswith("API rate limit exceeded for 127.0.0.1.")
    assert get("/api/rate_limit").status_code == 200


def test_what_did_not_change_since_a_time_is_not_sent_again(get: Ask) -> None:
    changed = get("/api/repos/ada/sales").headers["last-modified"]
    assert changed == "Wed, 04 Mar 2026 05:06:07 GMT"
    assert get("/api/repos/ada/sales", If_Modified_Since=changed).status_code == 304
    assert get("/api/repos/ada/sales", If_Modified_Since="Tue, 03 Mar 2026 05:06:07 GMT").status_code == 200


def test_members_see_the_private_repositories_of_their_organisation(get: Ask, github: GitHub) -> None:
    github.world = github.world.adding(Repository("acme", "recipes", {"a": ""}, private=True))
    assert names(get("/api/orgs/acme/repos", CLASSIC).json()) == ["ovens", "recipes"]
    assert names(get("/api/orgs/acme/repos", FINE).json()) == ["ovens"]
    assert names(get("/api/orgs/acme/repos").json()) == ["ovens"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("sort=created&direction=asc", ["sales", "empty", "new"]),
        ("sort=nonsense", ["empty", "new", "sales"]),
        ("type=member", []),
        ("per_page=1000", ["empty", "new", "sales"]),
    ],
)
def test_listings_are_chosen_and_ordered(get: Ask, query: str, expected: list[str]) -> None:
    assert names(get(f"/api/users/ada/repos?{query}").json()) == expected
