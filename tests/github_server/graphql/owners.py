"""Fields of users and organisations, and of the query itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from github_server.accounts import Account, PullRequest
from github_server.graphql.connections import connection, ordered
from github_server.graphql.errors import TypedError, not_found
from github_server.graphql.nodes import Args, Context, Fields, Node
from github_server.identity import node_id
from github_server.messages import Json
from github_server.repository import Repository, unknown
from github_server.rest.call import SAML, lacks_sso
from github_server.rest.users import provider
from github_server.searching import Search

MOST_IDS = 100
PROVIDERS = {"linkedin": "LINKEDIN", "mastodon": "MASTODON", "twitter": "TWITTER", "youtube": "YOUTUBE"}
REPOSITORY_KEYS: dict[str, Any] = {
    "CREATED_AT": lambda r: r.created_at,
    "UPDATED_AT": lambda r: r.updated,
    "PUSHED_AT": lambda r: r.pushed,
    "NAME": lambda r: r.name.lower(),
    "STARGAZERS": lambda r: r.stars,
}


def named_repository(_source: object, context: Context, args: Args) -> Repository:
    """``repository(owner:, name:)``: under its old name too, unless renames are not to be followed."""
    return repository_called(context, f"{args['owner']}/{args['name']}", follow=args.get("followRenames", True))


def repository_called(context: Context, full_name: str, *, follow: bool) -> Repository:
    found = context.world.repository(full_name) or (context.world.renamed(full_name) if follow else None)
    if found is None or not context.sees(found):
        raise not_found(f"a Repository with the name '{full_name}'")
    if lacks_sso(context.world, context.token, found.owner):
        raise TypedError("FORBIDDEN", SAML, saml_failure=True)
    if found.blocked:
        raise TypedError("FORBIDDEN", "Repository access blocked")
    return found


def account_of_kind(context: Context, login: str, kind: str) -> Account:
    found = context.world.account(login)
    if found is None or found.kind != kind:
        raise not_found(f"{'a' if kind == 'User' else 'an'} {kind} with the login of '{login}'")
    return found


def owner(_source: object, context: Context, args: Args) -> Account | None:
    return context.world.account(args["login"])


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


def repositories(account: Account, context: Context, args: Args) -> Json:
    """The repositories of an account that the viewer sees and the arguments let through."""
    kept = [r for r in context.world.owned_by(account.login) if context.sees(r) and fits(r, args)]
    items = ordered(kept, REPOSITORY_KEYS, args.get("orderBy"))
    return connection(items, args, totalDiskUsage=sum(r.size for r in items))


def fits(repository: Repository, args: Args) -> bool:
    wanted = {"isFork": repository.is_fork, "isArchived": repository.archived, "isLocked": False}
    privacy = "PRIVATE" if repository.private else "PUBLIC"
    switches = all(args.get(name) in {None, value} for name, value in wanted.items())
    return switches and {args.get("privacy"), args.get("visibility")} <= {None, privacy}


def pinned(account: Account, context: Context, args: Args) -> Json:
    """The pinned repositories, in the order of the account."""
    names = (name if "/" in name else f"{account.login}/{name}" for name in account.pinned)
    found = [r for name in names if (r := context.world.repository(name)) and context.sees(r)]
    return connection(found if "REPOSITORY" in args.get("types", ["REPOSITORY"]) else [], args)


def pull_requests(account: Account, _context: Context, args: Args) -> Json:
    states = args.get("states") or ["OPEN", "CLOSED", "MERGED"]
    requests = [(account, pull) for pull in account.pull_requests if state(pull) in states]
    keys = {"CREATED_AT": lambda p: p[1].created_at, "UPDATED_AT": lambda p: p[1].merged_at or p[1].created_at}
    made = ordered(requests, {**keys, "COMMENTS": lambda _: 0}, args.get("orderBy"))
    return connection([pull_request(*one) for one in made], args)


def state(pull: PullRequest) -> str:
    return "MERGED" if pull.merged_at else "OPEN"


def pull_request(author: Account, pull: PullRequest) -> Node:
    """A pull request to a repository of which nothing but its name need be known."""
    return Node("PullRequest", unknown(pull.repository), (author, pull))


def contributed_to(account: Account, context: Context, args: Args) -> Json:
    """The repositories of others that took a pull request of theirs."""
    names = dict.fromkeys(p.repository for p in account.pull_requests)
    found = [context.world.repository(n) or unknown(n) for n in names]
    return connection(found, args, totalDiskUsage=0)


def social_accounts(account: Account, _context: Context, args: Args) -> Json:
    made = [
        {"displayName": url.rpartition("/")[2], "provider": PROVIDERS.get(provider(url), "GENERIC"), "url": url}
        for url in account.social_accounts
    ]
    return connection(made, args)


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


def avatar(account: Account, _context: Context, _args: Args) -> str:
    return f"https://avatars.githubusercontent.com/u/{account.id}?v=4"


OWNER: Fields = {
    "id": lambda a, _c, _: a.node_id,
    "databaseId": lambda a, _c, _: a.id,
    "login": lambda a, _c, _: a.login,
    "name": lambda a, _c, _: a.name,
    "email": lambda a, _c, _: a.email or "",
    "location": lambda a, _c, _: a.location,
    "avatarUrl": avatar,
    "url": lambda a, _c, _: f"https://github.com/{a.login}",
    "resourcePath": lambda a, _c, _: f"/{a.login}",
    "websiteUrl": lambda a, _c, _: a.blog or None,
    "twitterUsername": lambda a, _c, _: a.twitter,
    "createdAt": lambda a, _c, _: a.created_at,
    "updatedAt": lambda a, _c, _: a.updated_at,
    "repositories": repositories,
    "pinnedItems": pinned,
    "pinnedItemsRemaining": lambda a, _c, _: 6 - len(a.pinned),
    "anyPinnableItems": lambda a, c, _: bool(c.world.owned_by(a.login)),
    "repository": lambda a, c, args: repository_called(
        c, f"{a.login}/{args['name']}", follow=args.get("followRenames", True)
    ),
}
USER: Fields = {
    **OWNER,
    "bio": lambda a, _c, _: a.bio,
    "company": lambda a, _c, _: a.company,
    "isViewer": lambda a, c, _: a.login == c.viewer.login,
    "isHireable": lambda _a, _c, _: False,
    "pronouns": lambda _a, _c, _: None,
    "userViewType": lambda a, c, _: "PRIVATE" if a.login == c.viewer.login else "PUBLIC",
    "followers": lambda a, _c, args: connection([], args, totalCount=a.followers),
    "following": lambda _a, _c, args: connection([], args),
    "organizations": lambda a, c, args: connection([o for o in c.world.all_accounts() if a.login in o.members], args),
    "pullRequests": pull_requests,
    "repositoriesContributedTo": contributed_to,
    "socialAccounts": social_accounts,
}
ORGANIZATION: Fields = {
    **OWNER,
    "description": lambda a, _c, _: a.bio,
    "isVerified": lambda _a, _c, _: False,
    "archivedAt": lambda _a, _c, _: None,
    "viewerIsAMember": lambda a, c, _: c.viewer.login in a.members,
}
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
    "search": search,
    "relay": lambda _s, _c, _: {},
}
PULL_REQUEST: Fields = {
    "id": lambda n, _c, _: n.node_id,
    "databaseId": lambda n, _c, _: n.id,
    "number": lambda n, _c, _: n.value[1].number,
    "title": lambda n, _c, _: n.value[1].title,
    "author": lambda n, _c, _: n.value[0],
    "state": lambda n, _c, _: state(n.value[1]),
    "merged": lambda n, _c, _: n.value[1].merged_at is not None,
    "closed": lambda n, _c, _: n.value[1].merged_at is not None,
    "mergedAt": lambda n, _c, _: n.value[1].merged_at,
    "closedAt": lambda n, _c, _: n.value[1].merged_at,
    "createdAt": lambda n, _c, _: n.value[1].created_at,
    "updatedAt": lambda n, _c, _: n.value[1].merged_at or n.value[1].created_at,
    "isDraft": lambda _n, _c, _: False,
    "repository": lambda n, c, _: c.world.repository(n.repository.full_name) or n.repository,
    "baseRepository": lambda n, c, _: c.world.repository(n.repository.full_name) or n.repository,
    "url": lambda n, _c, _: f"https://github.com/{n.repository.full_name}/pull/{n.value[1].number}",
    "permalink": lambda n, _c, _: f"https://github.com/{n.repository.full_name}/pull/{n.value[1].number}",
    "resourcePath": lambda n, _c, _: f"/{n.repository.full_name}/pull/{n.value[1].number}",
}
