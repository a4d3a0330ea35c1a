"""The search for issues and pull requests, as far as qualifiers go: author, user, org, type, is."""

from __future__ import annotations

from github_server.accounts import Account, PullRequest
from github_server.identity import database_id, node_id
from github_server.messages import Json, Reply, json_reply
from github_server.rest.account_bodies import simple_user
from github_server.rest.call import ApiError, Call
from github_server.rest.paging import page
from github_server.searching import Search

UNKNOWN_USERS = (
    "The listed users cannot be searched either because the users do not exist or you do not have permission to view "
    "the users."
)
LINKS = {"labels_url": "/labels{/name}", "comments_url": "/comments", "events_url": "/events"}


def search_issues(call: Call) -> Reply:
    """Pull requests of an author, newest first."""
    text = call.query.get("q", "")
    if not text:
        raise ApiError(422, "Validation Failed", errors=[{"resource": "Search", "field": "q", "code": "missing"}])
    search = Search.of(text)
    author = call.world.account(search.author) if search.author else None
    if search.author and author is None:
        raise ApiError(422, "Validation Failed", errors=[unknown_users()])
    kept = [pull for pull in author.pull_requests if search.fits(pull)] if author else []
    found, links = page(call, sorted(kept, key=lambda p: p.created_at, reverse=True))
    items = [item(call, author, pull) for pull in found if author]
    counts = {"total_count": len(kept), "incomplete_results": False, "search_type": "lexical"}
    return json_reply({**counts, "items": items}, headers=links)


def unknown_users() -> Json:
    return {"message": UNKNOWN_USERS, "resource": "Search", "field": "q", "code": "invalid"}


def item(call: Call, author: Account, pull: PullRequest) -> Json:
    number = database_id("pull request", pull.repository, pull.number)
    root = f"{call.api}/repos/{pull.repository}"
    url, page_of = f"{root}/issues/{pull.number}", f"https://github.com/{pull.repository}/pull/{pull.number}"
    return {
        "url": url,
        "repository_url": root,
        **{name: url + suffix for name, suffix in LINKS.items()},
        "html_url": page_of,
        "id": number,
        "node_id": node_id("PR", number),
        "number": pull.number,
        "title": pull.title,
        "user": simple_user(call, author),
        "labels": [],
        "state": "closed" if pull.merged_at else "open",
        "locked": False,
        "assignee": None,
        "assignees": [],
        "milestone": None,
        "comments": 0,
        "created_at": pull.created_at,
        "updated_at": pull.merged_at or pull.created_at,
        "closed_at": pull.merged_at,
        "author_association": "CONTRIBUTOR",
        "draft": False,
        "pull_request": pull_links(root, page_of, pull),
        "body": "",
        "score": 1.0,
    }


def pull_links(root: str, page_of: str, pull: PullRequest) -> Json:
    url = f"{root}/pulls/{pull.number}"
    return {
        "url": url,
        "html_url": page_of,
        "diff_url": f"{page_of}.diff",
        "patch_url": f"{page_of}.patch",
        "merged_at": pull.merged_at,
    }
