"""Fields of the query itself: where everything starts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from github_server.accounts import Account
from github_server.graphql.connections import connection
from github_server.graphql.descriptions import license_fields, topic
from github_server.graphql.errors import TypedError, not_found
from github_server.graphql.nodes import Args, Context, Fields, Node
from github_server.graphql.owners import repository_called
from github_server.graphql.pulls import pull_request
from github_server.identity import node_id
from github_server.licenses import KNOWN
from github_server.messages import Json
from github_server.repository import Repository
from github_server.searching import Search

MOST_IDS = 100


def named_repository(_source: object, context: Context, args: Args) -> Repository:
    """``repository(owner:, name:)``: under its old name too, unless renames are not to be followed."""
    return repository_called(context, f"{args['owner']}/{args['name']}", follow=args.get("followRenames", True))


def account_of_kind(context: Context, login: str, kind: str) -> Account:
    found = context.world.account(login)
    if found is None or found.kind != kind:
        raise not_found(f"{'a' if kind == 'User' else 'an'} {kind} with the login of '{login}'")
    return found


def owner(_source: object, context: Context, args: Args) -> Account | None:
    return context.world.account(args["login"])


def resource(_source: object, context: Context, args: Args) -> Account | Repository | None:
    """The account or repository that has a page at an address."""
    owner_name, _, name = args["url"].removeprefix("https://github.com/").partition("/")
    if name:
        return repository_called(context, f"{owner_name}/{name}", follow=True)
    return context.world.account(owner_name)


def node(_source: object, context: Context, args: Args) -> Account | Repository:
    """An account or a repository by its global id; other things are not looked up."""
    everything: Iterable[Account | Repository] = (*context.world.all_accounts(), *context.world.repositories)
    found = next((thing for thing in everything if thing.node_id == args["id"]), None)
    if found is None or (isinstance(found, Repository) and not context.sees(found)):
        raise not_found(f"a node with the global id of '{args['id']}'")
    return found


def nodes(_source: object, context: Context, args: Args) -> list[Any]:
    count = len(args["ids"])
    if count > MOST_IDS:
        raise TypedError("ARGUMENT_LIMIT", f"You may not provide more than 100 node ids; you provided {count}.")
    return [attempt(context, one) for one in args["ids"]]


def attempt(context: Context, one: str) -> Any:
    """A node, or the error that stands for it alone."""
    try:
        return node(None, context, {"id": one})
    except TypedError as error:
        return error


def rate_limit(_source: object, context: Context, args: Args) -> Json:
    """What is left after this query."""
    window = context.hub.limits.window(context.token.login, "graphql")
    spent = 0 if args.get("dryRun") else context.points
    moment = datetime.fromtimestamp(window.reset, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    used = min(window.used + spent, window.limit)
    state = {"limit": window.limit, "used": used, "remaining": window.limit - used, "resetAt": moment}
    return {"cost": context.points, "nodeCount": context.nodes, **state}


def search(_source: object, context: Context, args: Args) -> Json:
    """Pull requests of an author (``author:L is:merged``), or repositories of an owner (``user:L``)."""
    wanted = Search.of(args["query"])
    is_repositories = args["type"] == "REPOSITORY"
    found = repositories_found(context, wanted) if is_repositories else pulls_found(context, wanted)
    zero = dict.fromkeys(("repositoryCount", "issueCount", "userCount", "codeCount", "discussionCount", "wikiCount"), 0)
    kind = "repositoryCount" if is_repositories else "issueCount"
    return {**zero, **connection(found, args), kind: len(found)}


def repositories_found(context: Context, wanted: Search) -> list[Repository]:
    return [r for r in context.world.owned_by(wanted.owner) if context.sees(r)]


def pulls_found(context: Context, wanted: Search) -> list[Node]:
    author = context.world.account(wanted.author)
    return [pull_request(author, pull) for pull in author.pull_requests if wanted.fits(pull)] if author else []


QUERY: Fields = {
    "id": lambda _s, _c, _: node_id("Q", 1),
    "viewer": lambda _s, c, _: c.viewer,
    "user": lambda _s, c, args: account_of_kind(c, args["login"], "User"),
    "organization": lambda _s, c, args: account_of_kind(c, args["login"], "Organization"),
    "repositoryOwner": owner,
    "repository": named_repository,
    "node": node,
    "nodes": nodes,
    "rateLimit": rate_limit,
    "resource": resource,
    "topic": lambda _s, _c, args: topic(args["name"])["topic"],
    "license": lambda _s, _c, args: license_fields(KNOWN[args["key"]]) if args["key"] in KNOWN else None,
    "licenses": lambda _s, _c, _: [license_fields(known) for known in KNOWN.values() if not known.is_other],
    "search": search,
    "relay": lambda _s, _c, _: {},
}
