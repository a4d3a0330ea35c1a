"""Pull requests, which are known by their authors."""

from __future__ import annotations

from github_server.accounts import Account, PullRequest
from github_server.graphql.connections import connection, ordered
from github_server.graphql.nodes import Args, Context, Fields, Node
from github_server.messages import Json
from github_server.repository import Repository, unknown


def pull_requests(account: Account, _context: Context, args: Args) -> Json:
    states = args.get("states") or ["OPEN", "CLOSED", "MERGED"]
    requests = [(account, pull) for pull in account.pull_requests if state(pull) in states]
    keys = {"CREATED_AT": lambda p: p[1].created_at, "UPDATED_AT": lambda p: p[1].merged_at or p[1].created_at}
    made = ordered(requests, {**keys, "COMMENTS": lambda _: 0}, args.get("orderBy"))
    return connection([pull_request(*one) for one in made], args)


def state(pull: PullRequest) -> str:
    return "MERGED" if pull.merged_at else "OPEN"


def received(repository: Repository, context: Context, args: Args) -> Json:
    """The pull requests that anybody made to a repository."""
    states = args.get("states") or ["OPEN", "CLOSED", "MERGED"]
    known = [(account, pull) for account in context.world.all_accounts() for pull in account.pull_requests]
    theirs = [one for one in known if one[1].repository == repository.full_name and state(one[1]) in states]
    return connection([pull_request(*one) for one in theirs], args)


def pull_request(author: Account, pull: PullRequest) -> Node:
    """A pull request to a repository of which nothing but its name need be known."""
    return Node("PullRequest", unknown(pull.repository), (author, pull))


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
    "publishedAt": lambda n, _c, _: n.value[1].created_at,
    "isDraft": lambda _n, _c, _: False,
    "isCrossRepository": lambda _n, _c, _: True,
    "locked": lambda _n, _c, _: False,
    "authorAssociation": lambda _n, _c, _: "CONTRIBUTOR",
    "additions": lambda _n, _c, _: 1,
    "deletions": lambda _n, _c, _: 0,
    "changedFiles": lambda _n, _c, _: 1,
    "totalCommentsCount": lambda _n, _c, _: 0,
    "body": lambda _n, _c, _: "",
    "bodyText": lambda _n, _c, _: "",
    "baseRefName": lambda n, _c, _: n.repository.default_branch,
    "headRefName": lambda n, _c, _: f"patch-{n.value[1].number}",
    "fullDatabaseId": lambda n, _c, _: str(n.id),
    "repository": lambda n, c, _: c.world.repository(n.repository.full_name) or n.repository,
    "baseRepository": lambda n, c, _: c.world.repository(n.repository.full_name) or n.repository,
    "url": lambda n, _c, _: f"https://github.com/{n.repository.full_name}/pull/{n.value[1].number}",
    "permalink": lambda n, _c, _: f"https://github.com/{n.repository.full_name}/pull/{n.value[1].number}",
    "resourcePath": lambda n, _c, _: f"/{n.repository.full_name}/pull/{n.value[1].number}",
}
