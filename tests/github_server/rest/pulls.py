"""Pull requests, with the branches between which they are."""

from __future__ import annotations

from github_server.accounts import Account
from github_server.activity import Pull
from github_server.identity import database_id, node_id
from github_server.messages import Json, Reply, json_reply
from github_server.repository import Repository
from github_server.rest.account_bodies import simple_user
from github_server.rest.call import Call, not_found
from github_server.rest.paging import page
from github_server.rest.repository_bodies import owner_of, repository_body

LINKS = ("commits", "comments")


def list_pulls(call: Call) -> Reply:
    """The pull requests in a state, perhaps of one branch, the newest first."""
    repository = call.repository("pull_requests")
    state, head = call.query.get("state", "open"), call.query.get("head", "")
    kept = [p for p in repository.pulls if state in {"all", p.state} and head in {"", label(repository, p)}]
    found, links = page(call, sorted(kept, key=lambda p: -p.number))
    return json_reply([simple_pull(call, repository, pull) for pull in found], headers=links)


def get_pull(call: Call) -> Reply:
    repository = call.repository("pull_requests")
    pull = pull_of(call, repository, call.path["pull_number"])
    numbers = dict.fromkeys(("additions", "changed_files", "commits", "deletions", "review_comments"), 1)
    told = {"mergeable": True, "mergeable_state": "clean", "merged": False, "merged_by": None}
    comments = len(call.hub.talk.on(repository.full_name, pull.number))
    return json_reply(
        simple_pull(call, repository, pull)
        | numbers
        | told
        | {"comments": comments, "maintainer_can_modify": False, "rebaseable": True}
    )


def pull_of(call: Call, repository: Repository, number: str) -> Pull:
    found = next((p for p in repository.pulls if str(p.number) == number), None)
    return found if found is not None else not_found()


def label(repository: Repository, pull: Pull) -> str:
    return f"{(pull.head_repository or repository.full_name).partition('/')[0]}:{pull.head}"


def simple_pull(call: Call, repository: Repository, pull: Pull) -> Json:
    url = f"{call.url(repository)}/pulls/{pull.number}"
    issue = f"{call.url(repository)}/issues/{pull.number}"
    html = f"https://github.com/{repository.full_name}/pull/{pull.number}"
    number = database_id("pull", repository.full_name, pull.number)
    links = {
        "self": url,
        "html": html,
        "issue": issue,
        "comments": f"{issue}/comments",
        "review_comments": f"{url}/comments",
        "review_comment": f"{call.url(repository)}/pulls/comments{{/number}}",
        "commits": f"{url}/commits",
        "statuses": f"{call.url(repository)}/statuses/{pull.head_sha}",
    }
    empty = ("body", "closed_at", "merge_commit_sha", "merged_at", "milestone", "assignee", "auto_merge")
    return {
        "id": number,
        "node_id": node_id("PR", number),
        "number": pull.number,
        "state": pull.state,
        "locked": False,
        "title": pull.title,
        "user": simple_user(call, owner_of(call, repository)),
        "labels": [],
        "url": url,
        "html_url": html,
        "diff_url": f"{html}.diff",
        "patch_url": f"{html}.patch",
        "issue_url": issue,
        **{
            f"{name}_url": links[name]
            for name in ("comments", "review_comments", "review_comment", "commits", "statuses")
        },
        "created_at": pull.at,
        "updated_at": pull.at,
        "draft": False,
        "assignees": [],
        "requested_reviewers": [],
        "requested_teams": [],
        "author_association": "OWNER",
        "head": _side(call, repository, pull.head, pull.head_sha, pull.head_repository),
        "base": _side(call, repository, pull.base, pull.base_sha, ""),
        "_links": {name: {"href": address} for name, address in links.items()},
        **dict.fromkeys(empty),
    }


def _side(call: Call, repository: Repository, branch: str, sha: str, elsewhere: str) -> Json:
    there = call.world.repository(elsewhere) or repository
    owner = call.world.account(elsewhere.partition("/")[0]) if elsewhere else owner_of(call, repository)
    who = owner or Account(elsewhere.partition("/")[0])
    return {
        "label": f"{who.login}:{branch}",
        "ref": branch,
        "sha": sha,
        "user": simple_user(call, who),
        "repo": repository_body(call, there),
    }
