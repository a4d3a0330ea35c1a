"""Fields of users and organisations, and of the query itself."""

from __future__ import annotations

from typing import Any

from github_server.accounts import Account
from github_server.graphql.connections import connection, ordered
from github_server.graphql.errors import TypedError, not_found
from github_server.graphql.nodes import Args, Context, Fields
from github_server.graphql.pulls import pull_requests
from github_server.messages import Json
from github_server.repository import Repository, unknown
from github_server.rest.call import SAML, lacks_sso
from github_server.rest.users import provider

PROVIDERS = {"linkedin": "LINKEDIN", "mastodon": "MASTODON", "twitter": "TWITTER", "youtube": "YOUTUBE"}
REPOSITORY_KEYS: dict[str, Any] = {
    "CREATED_AT": lambda r: r.created_at,
    "UPDATED_AT": lambda r: r.updated,
    "PUSHED_AT": lambda r: r.pushed,
    "NAME": lambda r: r.name.lower(),
    "STARGAZERS": lambda r: r.stars,
}


def repository_called(context: Context, full_name: str, *, follow: bool) -> Repository:
    found = context.world.repository(full_name) or (context.world.renamed(full_name) if follow else None)
    if found is None or not context.sees(found):
        raise not_found(f"a Repository with the name '{full_name}'")
    if lacks_sso(context.world, context.token, found.owner):
        raise TypedError("FORBIDDEN", SAML, saml_failure=True)
    if found.blocked:
        raise TypedError("FORBIDDEN", "Repository access blocked")
    return found


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
NO_BADGES: Fields = {
    f"is{badge}": lambda _a, _c, _: False
    for badge in ("BountyHunter", "CampusExpert", "DeveloperProgramMember", "Employee", "GitHubStar", "SiteAdmin")
}
USER: Fields = {
    **OWNER,
    **NO_BADGES,
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
