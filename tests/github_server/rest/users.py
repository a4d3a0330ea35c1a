"""Accounts and their repositories."""

from __future__ import annotations

from collections.abc import Iterable

from github_server.accounts import Account
from github_server.caching import last_modified
from github_server.messages import Reply, json_reply
from github_server.repository import Repository
from github_server.rest.account_bodies import organization, private_user, public_user, simple_organization
from github_server.rest.call import Call, lacks_sso, not_found, require_sso
from github_server.rest.paging import page
from github_server.rest.repository_bodies import repository_body

PROVIDERS = {"linkedin.com": "linkedin", "mastodon": "mastodon", "x.com": "twitter", "youtube.com": "youtube"}
SORTS = {"created": "created_at", "updated": "updated", "pushed": "pushed", "full_name": "full_name"}


def get_user(call: Call) -> Reply:
    viewer = call.viewer()
    return json_reply(private_user(call, viewer), headers=last_modified(viewer.updated_at))


def get_account(call: Call) -> Reply:
    account = call.account(call.path["username"])
    return json_reply(public_user(call, account), headers=last_modified(account.updated_at))


def get_organization(call: Call) -> Reply:
    found = call.account(call.path["org"])
    return not_found() if found.is_user else json_reply(organization(call, found))


def list_own(call: Call) -> Reply:
    """The repositories of the caller, private ones too."""
    viewer = call.viewer()
    wanted = set(call.query.get("affiliation", "owner,collaborator,organization_member").split(","))
    found = [r for r in call.world.repositories if affiliation(viewer, r, call) in wanted]
    blocked = {owner.id for r in found if (owner := lacks_sso(call.world, call.token, r.owner))}
    kept = [r for r in found if not lacks_sso(call.world, call.token, r.owner)]
    header = {"X-GitHub-SSO": f"partial-results; organizations={','.join(map(str, sorted(blocked)))}"}
    return listed(call, of_visibility(call, kept), header if blocked else {})


def affiliation(viewer: Account, repository: Repository, call: Call) -> str | None:
    """How the viewer belongs to a repository, if at all."""
    if not call.world.sees(call.token, repository):
        return None
    if repository.owner.lower() == viewer.login.lower():
        return "owner"
    if viewer.login in repository.collaborators:
        return "collaborator"
    owner = call.world.account(repository.owner)
    return "organization_member" if owner and viewer.login in owner.members else None


def of_visibility(call: Call, repositories: Iterable[Repository]) -> list[Repository]:
    wanted = call.query.get("visibility", call.query.get("type", "all"))
    private = {"private": True, "public": False}.get(wanted)
    return [r for r in repositories if private is None or r.private == private]


def list_of_user(call: Call) -> Reply:
    """The public repositories of an account; a token's own private ones are only in ``/user/repos``."""
    account = call.account(call.path["username"])
    wanted = call.query.get("type", "owner")
    theirs = call.world.owned_by(account.login) if wanted != "member" else []
    joined = [r for r in call.world.repositories if account.login in r.collaborators] if wanted != "owner" else []
    return listed(call, [r for r in (*theirs, *joined) if not r.private])


def list_of_organization(call: Call) -> Reply:
    account = call.account(call.path["org"])
    if account.is_user:
        not_found()
    require_sso(call.world, call.token, account.login)
    seen = [r for r in call.world.owned_by(account.login) if call.world.sees(call.token, r)]
    return listed(call, of_kind(of_visibility(call, seen), call.query.get("type", "all")), usual="created")


def of_kind(repositories: Iterable[Repository], kind: str) -> list[Repository]:
    fork = {"forks": True, "sources": False}.get(kind)
    return [r for r in repositories if fork is None or r.is_fork == fork]


def listed(
    call: Call, repositories: list[Repository], headers: dict[str, str] | None = None, usual: str = "full_name"
) -> Reply:
    """A page of repositories in the order that was asked for."""
    sort = call.query["sort"] if call.query.get("sort") in SORTS else usual
    backwards = call.query.get("direction", "asc" if sort == "full_name" else "desc") == "desc"
    ordered = sorted(repositories, key=lambda r: str(getattr(r, SORTS[sort])).lower(), reverse=backwards)
    found, links = page(call, ordered)
    return json_reply([repository_body(call, r) for r in found], headers={**(headers or {}), **links})


def list_organizations(call: Call) -> Reply:
    """The organisations that an account belongs to: its own, or another's."""
    account = call.account(call.path["username"]) if "username" in call.path else call.viewer()
    joined = [other for other in call.world.all_accounts() if account.login in other.members]
    found, links = page(call, joined)
    return json_reply([simple_organization(call, one) for one in found], headers=links)


def list_social_accounts(call: Call) -> Reply:
    account = call.account(call.path["username"])
    found, links = page(call, account.social_accounts)
    return json_reply([{"provider": provider(url), "url": url} for url in found], headers=links)


def provider(url: str) -> str:
    return next((name for part, name in PROVIDERS.items() if part in url), "generic")
