"""Whose repositories they are: the page of a person or an organisation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portfolio_audit.errors import AuthenticationError, NotFound, SourceError
from portfolio_audit.github.client import Client
from portfolio_audit.github.details import Refused
from portfolio_audit.github.faults import HOW_TO_LOG_IN
from portfolio_audit.github.graphql import Answer, Fault, ask, error_of
from portfolio_audit.github.patience import Patience
from portfolio_audit.github.payloads import Payload, decoded
from portfolio_audit.github.queries import ORGANIZATION, USER
from portfolio_audit.model.profile import Profile
from portfolio_audit.model.snapshot import Unavailable

NEEDS_TOKEN = Unavailable("GitHub tells it only to those who have a token")
_REPOSITORY_ADDRESS = re.compile(r"/repos/([\w.-]{1,100})/([\w.-]{1,100})$")


@dataclass(frozen=True, slots=True)
class Account:
    """A profile page, and the full names (in lower case) of the repositories pinned on it.

    ``error`` is why the page could not be read, if it could not.
    """

    profile: Profile
    pinned: frozenset[str] | Unavailable = NEEDS_TOKEN
    error: SourceError | None = None


async def own_login(client: Client) -> tuple[str, tuple[str, ...] | None]:
    """The login of the token's user, and the scopes of a classic token (None: it is of another kind).

    Raises AuthenticationError without a token.
    """
    if client.token is None:
        raise AuthenticationError("your own account", "there is no token that tells whose it is.", advice=HOW_TO_LOG_IN)
    reply = await client.get("/user", "your own account")
    header = reply.headers.get("x-oauth-scopes")
    scopes = None if header is None else tuple(scope.strip() for scope in header.split(","))
    return Payload(decoded(reply.body, "your own account"), "your own account").text("login"), scopes


async def ask_account(client: Client, login: str, *, organization: bool) -> Answer | None:
    """What GraphQL tells of an account, None if there is none of that kind by this name."""
    answer = await ask(client, ORGANIZATION if organization else USER, {"login": login}, login)
    if "account" in answer.data:
        return answer
    error = error_of(answer.faults, login)
    if isinstance(error, NotFound):
        return None
    raise error


def read_account(item: Payload, login: str, faults: Sequence[Fault] = ()) -> Account:
    """Read what GraphQL told of an account; an error about a part of it makes that part unavailable."""
    refused = Refused(faults)
    profile = Profile(
        login=item.text("login") or login,
        name=refused.unless("name", lambda: item.text("name")),
        bio=refused.unless("bio", lambda: item.text("bio")),
        blog=refused.unless("websiteUrl", lambda: item.text("websiteUrl")),
        links=refused.unless("socialAccounts", lambda: tuple(n.text("url") for n in item.nodes("socialAccounts"))),
        contributions_elsewhere=refused.unless("pullRequests", lambda: tuple(dict.fromkeys(_elsewhere(item, login)))),
    )
    return Account(profile, refused.unless("pinnedItems", lambda: frozenset(_pinned(item))))


def _pinned(item: Payload) -> Iterator[str]:
    return (name.lower() for node in item.nodes("pinnedItems") if (name := node.text("nameWithOwner")))


def _elsewhere(item: Payload, login: str) -> Iterator[str]:
    """The repositories of others that merged a pull request of theirs, the latest first."""
    for node in item.nodes("pullRequests"):
        repository = node.inner("repository")
        owner = repository.inner("owner") if repository else None
        if repository and owner and not repository.flag("isPrivate") and owner.text("login").lower() != login.lower():
            yield repository.text("nameWithOwner")


async def account_without_token(client: Client, login: str, *, organization: bool) -> Account:
    """What the REST API tells anybody: one counted request, and one of the limit for searches."""
    reply = await client.get(f"/{'orgs' if organization else 'users'}/{login}", login)
    item = Payload(decoded(reply.body, login), login)
    name = item.text("login") or login
    return Account(
        Profile(
            login=name,
            name=item.text("name"),
            bio=item.text("description" if organization else "bio"),
            blog=item.text("blog"),
            contributions_elsewhere=() if organization else await _searched(client, name),
        )
    )


async def _searched(client: Client, login: str) -> tuple[str, ...] | Unavailable:
    """Who merged their pull requests; not waited for, since ten searches a minute are all that anybody has."""
    params: dict[str, str | int] = {"q": f"author:{login} type:pr is:merged -user:{login}", "per_page": 100}
    try:
        reply = await client.get("/search/issues", login, params, patience=Patience(0, lambda _: None))
    except SourceError as error:
        return Unavailable(error.reason)
    found = Payload(decoded(reply.body, login), login).items("items")
    addresses = (_REPOSITORY_ADDRESS.search(item.text("repository_url")) for item in found)
    return tuple(dict.fromkeys(f"{match[1]}/{match[2]}" for match in addresses if match))
