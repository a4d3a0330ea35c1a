"""Commits, branches, tags, and what checks say about them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from github_server.activity import Check, Status
from github_server.history import PlacedCommit, Tag
from github_server.identity import database_id, node_id
from github_server.messages import Json, Reply, json_reply
from github_server.repository import Repository
from github_server.rest.account_bodies import simple_user
from github_server.rest.call import ApiError, Call, not_found
from github_server.rest.checks import check_body, made_check_body, status_body
from github_server.rest.git_data import non_empty
from github_server.rest.paging import page
from github_server.rest.repository_bodies import repository_body

T = TypeVar("T", Check, Status)


def list_commits(call: Call) -> Reply:
    """The history from a commit on, newest first, perhaps of one path or between two times."""
    repository = non_empty(call)
    start = repository.resolve(call.query.get("sha", "HEAD"))
    if start is None:
        not_found()
    since, until = call.query.get("since", ""), call.query.get("until", "9")
    commits = repository.history[repository.history.index(start) :]
    kept = [c for c in commits if since <= c.at <= until and touches(c, call.query.get("path", ""))]
    found, links = page(call, kept)
    return json_reply([commit_body(call, repository, one) for one in found], headers=links)


def touches(placed: PlacedCommit, path: str) -> bool:
    """Whether a commit knows a path; commits keep no differences here."""
    return not path or placed.objects.find(path.strip("/")) is not None


def get_commit(call: Call) -> Reply:
    """One commit, with its changes: here every file, as if it were new."""
    repository = non_empty(call)
    placed = commit_of(repository, call.path["ref"])
    if call.request.headers.get("accept", "").startswith(
        ("application/vnd.github.sha", "application/vnd.github.v3.sha")
    ):
        return Reply(200, placed.oid.encode(), {"Content-Type": "application/vnd.github.sha; charset=utf-8"})
    changed = [e.size for e in placed.objects.walk() if e.kind == "blob"]
    stats = {"total": len(changed), "additions": len(changed), "deletions": 0}
    return json_reply({**commit_body(call, repository, placed), "stats": stats, "files": []})


def commit_of(repository: Repository, ref: str) -> PlacedCommit:
    found = repository.resolve(ref)
    if found is None:
        raise ApiError(422, f"No commit found for SHA: {ref}")
    return found


def commit_body(call: Call, repository: Repository, placed: PlacedCommit) -> Json:
    url = f"{call.url(repository)}/commits/{placed.oid}"
    page_of = f"https://github.com/{repository.full_name}/commit"
    account = call.world.account(placed.commit.login) if placed.commit.login else None
    person = simple_user(call, account) if account else None
    return {
        "sha": placed.oid,
        "node_id": node_id("C", database_id(repository.full_name, placed.oid)),
        "commit": inner_commit(call, repository, placed),
        "url": url,
        "html_url": f"{page_of}/{placed.oid}",
        "comments_url": f"{url}/comments",
        "author": person,
        "committer": person,
        "parents": [
            {"sha": sha, "url": f"{call.url(repository)}/commits/{sha}", "html_url": f"{page_of}/{sha}"}
            for sha in placed.parents
        ],
    }


def inner_commit(call: Call, repository: Repository, placed: PlacedCommit) -> Json:
    """The part of a commit that git knows."""
    who = {"name": placed.commit.author, "email": placed.commit.email, "date": placed.at}
    tree, root = placed.objects.root, call.url(repository)
    unsigned = {"verified": False, "reason": "unsigned", "signature": None, "payload": None, "verified_at": None}
    return {
        "author": who,
        "committer": who,
        "message": placed.commit.message,
        "tree": {"sha": tree, "url": f"{root}/git/trees/{tree}"},
        "url": f"{root}/git/commits/{placed.oid}",
        "comment_count": 0,
        "verification": unsigned,
    }


def get_branch(call: Call) -> Reply:
    repository = call.repository("contents")
    name = call.path["branch"]
    placed = repository.refs.get(f"refs/heads/{name}")
    if placed is None:
        raise ApiError(404, "Branch not found")
    url = f"{call.url(repository)}/branches/{name}"
    off = {"enabled": False, "required_status_checks": {"enforcement_level": "off", "contexts": [], "checks": []}}
    return json_reply(
        {
            "name": name,
            "commit": commit_body(call, repository, placed),
            "_links": {"self": url, "html": f"https://github.com/{repository.full_name}/tree/{name}"},
            "protected": False,
            "protection": off,
            "protection_url": f"{url}/protection",
        }
    )


def list_branches(call: Call) -> Reply:
    """The branches by name."""
    repository = call.repository("contents")
    heads = sorted(name for name in repository.refs if name.startswith("refs/heads/"))
    found, links = page(call, heads)
    return json_reply([short_branch(call, repository, name) for name in found], headers=links)


def short_branch(call: Call, repository: Repository, full_name: str) -> Json:
    sha = repository.refs[full_name].oid
    commit = {"sha": sha, "url": f"{call.url(repository)}/commits/{sha}"}
    return {"name": full_name.removeprefix("refs/heads/"), "commit": commit, "protected": False}


def list_tags(call: Call) -> Reply:
    """The tags, the last name first."""
    repository = call.repository("contents")
    found, links = page(call, sorted(repository.tags, key=lambda tag: tag.name, reverse=True))
    return json_reply([tag_body(call, repository, tag) for tag in found], headers=links)


def tag_body(call: Call, repository: Repository, tag: Tag) -> Json:
    sha, url = repository.back(tag.at).oid, call.url(repository)
    return {
        "name": tag.name,
        "zipball_url": f"{url}/zipball/refs/tags/{tag.name}",
        "tarball_url": f"{url}/tarball/refs/tags/{tag.name}",
        "commit": {"sha": sha, "url": f"{url}/commits/{sha}"},
        "node_id": node_id("REF", database_id(repository.full_name, tag.name)),
    }


def get_status(call: Call) -> Reply:
    """All commit statuses of a commit, and the worst of them for all."""
    repository = call.repository("statuses")
    placed = commit_of(repository, call.path["ref"])
    found, links = page(call, on_head(repository, placed, lambda r: r.statuses))
    url = f"{call.url(repository)}/commits/{placed.oid}"
    about = {"state": combined([s.state for s in found]), "sha": placed.oid, "total_count": len(found)}
    bodies = [status_body(call, repository, placed, status) for status in found]
    around = {"repository": repository_body(call, repository), "commit_url": url, "url": f"{url}/status"}
    return json_reply({**about, "statuses": bodies, **around}, headers=links)


def combined(states: list[str]) -> str:
    if {"error", "failure"} & set(states):
        return "failure"
    return "success" if states and set(states) == {"success"} else "pending"


def list_checks(call: Call) -> Reply:
    repository = call.repository("checks")
    placed = commit_of(repository, call.path["ref"])
    kept = on_head(repository, placed, lambda r: r.checks)
    bodies = [check_body(call, repository, placed, check) for check in kept]
    made = call.hub.talk.checks_on(repository.full_name, placed.oid)
    bodies += [made_check_body(call, repository, check) for check in made]
    wanted = [body for body in bodies if call.query.get("check_name", body["name"]) == body["name"]]
    found, links = page(call, wanted)
    return json_reply({"total_count": len(wanted), "check_runs": found}, headers=links)


def on_head(repository: Repository, placed: PlacedCommit, of: Callable[[Repository], tuple[T, ...]]) -> tuple[T, ...]:
    """What was left on the newest commit; the others have nothing."""
    return of(repository) if placed == repository.head else ()
