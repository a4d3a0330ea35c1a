"""Comments on pull requests and on commits: read, made, changed, removed."""

from __future__ import annotations

from github_server.accounts import BOT, USER, Account
from github_server.identity import node_id
from github_server.messages import Json, Reply, json_reply
from github_server.repository import Repository
from github_server.rest.account_bodies import simple_user
from github_server.rest.call import Call, not_found
from github_server.rest.commits import commit_of
from github_server.rest.paging import page
from github_server.rest.pulls import pull_of
from github_server.rest.writing import author_of, text_of, writable
from github_server.talk import Comment


def comment_body(call: Call, repository: Repository, comment: Comment) -> Json:
    author = call.world.account(comment.author) or Account(
        comment.author, BOT if comment.author.endswith("[bot]") else USER
    )
    shared = {
        "id": comment.id,
        "user": simple_user(call, author),
        "created_at": comment.created_at,
        "updated_at": comment.updated_at,
        "author_association": "OWNER" if comment.author == repository.owner else "NONE",
        "body": comment.body,
    }
    about = _on_commit if comment.is_on_commit else _on_pull
    return shared | about(call, repository, comment)


def _on_pull(call: Call, repository: Repository, comment: Comment) -> Json:
    root, page_of = call.url(repository), f"https://github.com/{repository.full_name}/pull/{comment.target}"
    return {
        "node_id": node_id("IC", comment.id),
        "url": f"{root}/issues/comments/{comment.id}",
        "html_url": f"{page_of}#issuecomment-{comment.id}",
        "issue_url": f"{root}/issues/{comment.target}",
        "performed_via_github_app": None,
    }


def _on_commit(call: Call, repository: Repository, comment: Comment) -> Json:
    page_of = f"https://github.com/{repository.full_name}/commit/{comment.target}"
    return {
        "node_id": node_id("CC", comment.id),
        "url": f"{call.url(repository)}/comments/{comment.id}",
        "html_url": f"{page_of}#commitcomment-{comment.id}",
        "commit_id": comment.target,
        "path": None,
        "position": None,
        "line": None,
    }


def list_on_pull(call: Call) -> Reply:
    repository = call.repository("pull_requests")
    return listed(call, repository, str(pull_of(call, repository, call.path["issue_number"]).number))


def list_on_commit(call: Call) -> Reply:
    repository = call.repository("contents")
    return listed(call, repository, commit_of(repository, call.path["commit_sha"]).oid)


def listed(call: Call, repository: Repository, target: str) -> Reply:
    found, links = page(call, call.hub.talk.on(repository.full_name, target))
    return json_reply([comment_body(call, repository, comment) for comment in found], headers=links)


def add_to_pull(call: Call) -> Reply:
    repository = writable(call, "pull_requests")
    return added(call, repository, str(pull_of(call, repository, call.path["issue_number"]).number))


def add_to_commit(call: Call) -> Reply:
    repository = writable(call, "contents")
    return added(call, repository, commit_of(repository, call.path["commit_sha"]).oid)


def added(call: Call, repository: Repository, target: str) -> Reply:
    text = text_of(call, "IssueComment")
    comment = call.hub.talk.say(repository.full_name, target, author_of(call).login, text)
    return json_reply(comment_body(call, repository, comment), 201)


def get_comment(call: Call) -> Reply:
    repository = call.repository()
    return json_reply(comment_body(call, repository, comment_of(call, repository)))


def change_comment(call: Call) -> Reply:
    """Change one's own comment; a workflow may change no other's."""
    repository, comment = own_comment(call)
    changed = call.hub.talk.edit(comment, text_of(call, "IssueComment"))
    return json_reply(comment_body(call, repository, changed))


def remove_comment(call: Call) -> Reply:
    call.hub.talk.delete(own_comment(call)[1])
    return Reply(204)


def own_comment(call: Call) -> tuple[Repository, Comment]:
    permission = "pull_requests" if "/issues/" in call.request.path else "contents"
    repository = writable(call, permission)
    return repository, comment_of(call, repository)


def comment_of(call: Call, repository: Repository) -> Comment:
    """The comment the path names, of the kind the path speaks of."""
    number = call.path["comment_id"]
    found = call.hub.talk.comments.get(int(number)) if number.isdecimal() else None
    if found is None or found.repository != repository.full_name:
        not_found()
    return found if found.is_on_commit != ("/issues/" in call.request.path) else not_found()
