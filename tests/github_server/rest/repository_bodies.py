"""Repositories as the REST API writes them."""

from __future__ import annotations

from github_server.accounts import Account
from github_server.licenses import license_named
from github_server.messages import Json
from github_server.repository import Repository
from github_server.rest.account_bodies import simple_user
from github_server.rest.call import Call

LINKS = [
    "forks",
    "keys{/key_id}",
    "collaborators{/collaborator}",
    "teams",
    "hooks",
    "issues/events{/number}",
    "events",
    "assignees{/user}",
    "branches{/branch}",
    "tags",
    "git/blobs{/sha}",
    "git/tags{/sha}",
    "git/refs{/sha}",
    "git/trees{/sha}",
    "statuses/{sha}",
    "languages",
    "stargazers",
    "contributors",
    "subscribers",
    "subscription",
    "commits{/sha}",
    "git/commits{/sha}",
    "comments{/number}",
    "issues/comments{/number}",
    "contents/{+path}",
    "compare/{base}...{head}",
    "merges",
    "{archive_format}{/ref}",
    "downloads",
    "issues{/number}",
    "pulls{/number}",
    "milestones{/number}",
    "notifications{?since,all,participating}",
    "labels{/name}",
    "releases{/id}",
    "deployments",
]
NAMES = [
    "forks",
    "keys",
    "collaborators",
    "teams",
    "hooks",
    "issue_events",
    "events",
    "assignees",
    "branches",
    "tags",
    "blobs",
    "git_tags",
    "git_refs",
    "trees",
    "statuses",
    "languages",
    "stargazers",
    "contributors",
    "subscribers",
    "subscription",
    "commits",
    "git_commits",
    "comments",
    "issue_comment",
    "contents",
    "compare",
    "merges",
    "archive",
    "downloads",
    "issues",
    "pulls",
    "milestones",
    "notifications",
    "labels",
    "releases",
    "deployments",
]


def owner_of(call: Call, repository: Repository) -> Account:
    return call.world.account(repository.owner) or Account(repository.owner)


def repository_body(call: Call, repository: Repository) -> Json:
    """A repository as it appears in lists."""
    url = f"{call.api}/repos/{repository.full_name}"
    page = f"https://github.com/{repository.full_name}"
    return {
        "id": repository.id,
        "node_id": repository.node_id,
        "name": repository.name,
        "full_name": repository.full_name,
        "private": repository.private,
        "owner": simple_user(call, owner_of(call, repository)),
        "html_url": page,
        "description": repository.description,
        "fork": repository.is_fork,
        "url": url,
        **{f"{name}_url": f"{url}/{suffix}" for name, suffix in zip(NAMES, LINKS, strict=True)},
        "created_at": repository.created_at,
        "updated_at": repository.updated,
        "pushed_at": repository.pushed,
        "git_url": f"git://github.com/{repository.full_name}.git",
        "ssh_url": f"git@github.com:{repository.full_name}.git",
        "clone_url": f"{page}.git",
        "svn_url": page,
        "homepage": repository.homepage,
        **counts(repository),
        **switches(repository),
        "language": repository.language,
        "mirror_url": None,
        "license": license_body(call, repository),
        "topics": list(repository.topics),
        "visibility": "private" if repository.private else "public",
        "default_branch": repository.default_branch,
        **({"permissions": permissions(call, repository)} if call.token else {}),
    }


def counts(repository: Repository) -> Json:
    many = {"stargazers": repository.stars, "watchers": repository.stars, "forks": 0, "open_issues": 0}
    short = {name: many[name] for name in ("forks", "open_issues", "watchers")}
    return {"size": repository.size, **{f"{name}_count": count for name, count in many.items()}, **short}


def switches(repository: Repository) -> Json:
    return {
        "has_issues": True,
        "has_projects": True,
        "has_downloads": True,
        "has_wiki": True,
        "has_pages": repository.has_pages,
        "has_discussions": False,
        "archived": repository.archived,
        "disabled": repository.disabled,
        "allow_forking": True,
        "is_template": repository.template,
        "web_commit_signoff_required": False,
    }


def license_body(call: Call, repository: Repository) -> Json:
    known = license_named(repository.license)
    if known is None:
        return None
    url = None if known.is_other else f"{call.api}/licenses/{known.key}"
    return {"key": known.key, "name": known.name, "spdx_id": known.spdx_id, "url": url, "node_id": known.node_id}


def permissions(call: Call, repository: Repository) -> Json:
    owns = call.token is not None and call.token.login.lower() == repository.owner.lower()
    return {"admin": owns, "maintain": owns, "push": owns, "triage": owns, "pull": True}


def full_repository(call: Call, repository: Repository) -> Json:
    """A repository by itself: with what it was forked from."""
    parent = call.world.repository(repository.parent or "")
    body = repository_body(call, repository)
    if parent is not None:
        body["parent"] = body["source"] = repository_body(call, parent)
    return {**body, "temp_clone_token": None, "network_count": 0, "subscribers_count": 1}
