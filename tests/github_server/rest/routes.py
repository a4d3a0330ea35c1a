"""Which function answers which path."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from github_server.messages import Reply
from github_server.rest import (
    check_writing,
    comments,
    commits,
    contents,
    events,
    git_data,
    pulls,
    rate,
    repositories,
    search,
    users,
)
from github_server.rest.call import Call

Endpoint = Callable[[Call], Reply]
REPOSITORY = "/repos/{owner}/{repo}"
ROUTES: dict[str, Endpoint] = {
    "/rate_limit": rate.get_rate_limit,
    "/meta": rate.get_meta,
    "/user": users.get_user,
    "/user/orgs": users.list_organizations,
    "/users/{username}/orgs": users.list_organizations,
    "/user/repos": users.list_own,
    "/users/{username}": users.get_account,
    "/users/{username}/repos": users.list_of_user,
    "/users/{username}/social_accounts": users.list_social_accounts,
    "/orgs/{org}": users.get_organization,
    "/orgs/{org}/repos": users.list_of_organization,
    REPOSITORY: repositories.get_repository,
    REPOSITORY + "/languages": repositories.get_languages,
    REPOSITORY + "/topics": repositories.get_topics,
    REPOSITORY + "/git/ref/{ref}": git_data.get_ref,
    REPOSITORY + "/branches": commits.list_branches,
    REPOSITORY + "/releases/latest": events.get_latest_release,
    REPOSITORY + "/git/trees/{tree_sha}": git_data.get_tree,
    REPOSITORY + "/git/blobs/{file_sha}": git_data.get_blob,
    REPOSITORY + "/contents": contents.get_contents,
    REPOSITORY + "/contents/{path}": contents.get_contents,
    REPOSITORY + "/readme": contents.get_readme,
    REPOSITORY + "/tarball": contents.get_tarball,
    REPOSITORY + "/tarball/{ref}": contents.get_tarball,
    REPOSITORY + "/commits": commits.list_commits,
    REPOSITORY + "/commits/{ref}": commits.get_commit,
    REPOSITORY + "/commits/{ref}/status": commits.get_status,
    REPOSITORY + "/commits/{ref}/check-runs": commits.list_checks,
    REPOSITORY + "/branches/{branch}": commits.get_branch,
    REPOSITORY + "/tags": commits.list_tags,
    REPOSITORY + "/releases": events.list_releases,
    REPOSITORY + "/deployments": events.list_deployments,
    REPOSITORY + "/deployments/{deployment_id}/statuses": events.list_deployment_statuses,
    REPOSITORY + "/environments": events.list_environments,
    REPOSITORY + "/actions/runs": events.list_runs,
    REPOSITORY + "/pulls": pulls.list_pulls,
    REPOSITORY + "/pulls/{pull_number}": pulls.get_pull,
    REPOSITORY + "/issues/{issue_number}/comments": comments.list_on_pull,
    REPOSITORY + "/issues/comments/{comment_id}": comments.get_comment,
    REPOSITORY + "/commits/{commit_sha}/comments": comments.list_on_commit,
    REPOSITORY + "/comments/{comment_id}": comments.get_comment,
    "/search/issues": search.search_issues,
}
WRITING: dict[tuple[str, str], Endpoint] = {
    ("POST", REPOSITORY + "/issues/{issue_number}/comments"): comments.add_to_pull,
    ("PATCH", REPOSITORY + "/issues/comments/{comment_id}"): comments.change_comment,
    ("DELETE", REPOSITORY + "/issues/comments/{comment_id}"): comments.remove_comment,
    ("POST", REPOSITORY + "/commits/{commit_sha}/comments"): comments.add_to_commit,
    ("PATCH", REPOSITORY + "/comments/{comment_id}"): comments.change_comment,
    ("DELETE", REPOSITORY + "/comments/{comment_id}"): comments.remove_comment,
    ("POST", REPOSITORY + "/check-runs"): check_writing.add_check,
    ("PATCH", REPOSITORY + "/check-runs/{check_run_id}"): check_writing.change_check,
}
READING = frozenset({"GET", "HEAD"})
LONG = {"path", "ref", "tree_sha", "branch"}
"""Parts of paths that may have slashes in them."""


class Route(NamedTuple):
    """A path with its variable parts found, and who answers it."""

    template: str
    endpoint: Endpoint
    path: dict[str, str]


@cache
def compiled() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The routes as patterns, the longest first so that endings win over variable parts."""
    templates = {*ROUTES, *(template for _, template in WRITING)}
    return tuple((pattern_of(template), template) for template in sorted(templates, key=order))


def order(template: str) -> tuple[bool, int]:
    return template.endswith("}"), -template.count("/")


def pattern_of(template: str) -> re.Pattern[str]:
    parts = re.split(r"{(\w+)}", template)
    pieces = (f"(?P<{p}>{'.+' if p in LONG else '[^/]+'})" if i % 2 else re.escape(p) for i, p in enumerate(parts))
    return re.compile("".join(pieces))


def route(path: str, method: str = "GET") -> Route | None:
    """Find who answers a path."""
    for pattern, template in compiled():
        endpoint = ROUTES.get(template) if method in READING else WRITING.get((method, template))
        if endpoint and (found := pattern.fullmatch(path)):
            return Route(template, endpoint, found.groupdict())
    return None
