"""Accounts as the REST API writes them."""

from __future__ import annotations

from github_server.accounts import Account
from github_server.messages import Json
from github_server.rest.call import Call

LINKS = {
    "followers_url": "/followers",
    "following_url": "/following{/other_user}",
    "gists_url": "/gists{/gist_id}",
    "starred_url": "/starred{/owner}{/repo}",
    "subscriptions_url": "/subscriptions",
    "organizations_url": "/orgs",
    "repos_url": "/repos",
    "events_url": "/events{/privacy}",
    "received_events_url": "/received_events",
}
ORGANIZATION_LINKS = {
    "repos_url": "/repos",
    "events_url": "/events",
    "hooks_url": "/hooks",
    "issues_url": "/issues",
    "members_url": "/members{/member}",
    "public_members_url": "/public_members{/member}",
}


def simple_user(call: Call, account: Account) -> Json:
    """An account as it appears inside other things."""
    url = f"{call.api}/users/{account.login}"
    return {
        "login": account.login,
        "id": account.id,
        "node_id": account.node_id,
        "avatar_url": avatar(account),
        "gravatar_id": "",
        "url": url,
        "html_url": f"https://github.com/{account.login}",
        **{name: url + suffix for name, suffix in LINKS.items()},
        "type": account.kind,
        "user_view_type": "public",
        "site_admin": False,
    }


def avatar(account: Account) -> str:
    return f"https://avatars.githubusercontent.com/u/{account.id}?v=4"


def public_user(call: Call, account: Account) -> Json:
    """An account by itself, as everybody sees it."""
    return {
        **simple_user(call, account),
        "name": account.name,
        "company": account.company,
        "blog": account.blog,
        "location": account.location,
        "email": account.email,
        "hireable": None,
        "bio": account.bio,
        "twitter_username": account.twitter,
        "public_repos": repositories(call, account, private=False),
        "public_gists": 0,
        "followers": account.followers,
        "following": 0,
        "created_at": account.created_at,
        "updated_at": account.updated_at,
    }


def private_user(call: Call, account: Account) -> Json:
    """An account by itself, as its owner sees it."""
    private = repositories(call, account, private=True)
    return {
        **public_user(call, account),
        "user_view_type": "private",
        "private_gists": 0,
        "total_private_repos": private,
        "owned_private_repos": private,
        "disk_usage": sum(r.size for r in call.world.owned_by(account.login)),
        "collaborators": 0,
        "two_factor_authentication": True,
    }


def simple_organization(call: Call, account: Account) -> Json:
    """An organisation as it appears in lists."""
    url = f"{call.api}/orgs/{account.login}"
    return {
        "login": account.login,
        "id": account.id,
        "node_id": account.node_id,
        "url": url,
        **{name: url + suffix for name, suffix in ORGANIZATION_LINKS.items()},
        "avatar_url": avatar(account),
        "description": account.bio,
    }


def organization(call: Call, account: Account) -> Json:
    """An organisation by itself."""
    return {
        **simple_organization(call, account),
        "name": account.name or account.login,
        "blog": account.blog,
        **{name: value for name in ("company", "location", "email") if (value := getattr(account, name))},
        "twitter_username": account.twitter,
        "is_verified": False,
        "has_organization_projects": True,
        "has_repository_projects": True,
        "public_repos": repositories(call, account, private=False),
        "public_gists": 0,
        "followers": account.followers,
        "following": 0,
        "html_url": f"https://github.com/{account.login}",
        "created_at": account.created_at,
        "updated_at": account.updated_at,
        "archived_at": None,
        "type": account.kind,
    }


def repositories(call: Call, account: Account, *, private: bool) -> int:
    return sum(r.private == private for r in call.world.owned_by(account.login))
