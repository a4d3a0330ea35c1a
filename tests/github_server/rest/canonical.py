"""Paths by number: GitHub's own links say ``/repositories/ID`` for ``/repos/OWNER/NAME``, and likewise for owners."""

from __future__ import annotations

import re

from github_server.rest.call import Call
from github_server.world import World

NUMBERED = re.compile(r"/(repositories|user|organizations)/(\d+)(/.*)?")
FORMS = {"repositories": "/repos/{name}", "user": "/users/{name}", "organizations": "/orgs/{name}"}


def named(world: World, path: str) -> str:
    """The path by name that a path by number stands for; other paths stay as they are."""
    found = NUMBERED.fullmatch(path)
    if found is None:
        return path
    kind, number, rest = found.groups()
    name = name_of(world, kind, int(number))
    return path if name is None else FORMS[kind].format(name=name) + (rest or "")


def name_of(world: World, kind: str, number: int) -> str | None:
    if kind == "repositories":
        return next((r.full_name for r in world.repositories if r.id == number), None)
    return next((account.login for account in world.all_accounts() if account.id == number), None)


def numbered(call: Call) -> str:
    """The path of a call as GitHub's links write it."""
    path = named(call.world, call.request.path)
    owner, repo = call.path.get("owner"), call.path.get("repo")
    if owner and repo and (repository := call.world.repository(f"{owner}/{repo}")):
        return f"/repositories/{repository.id}" + path.removeprefix(f"/repos/{owner}/{repo}")
    login = call.path.get("username") or call.path.get("org")
    account = call.world.account(login) if login else None
    if account is None:
        return path
    kind, place = ("user", "users") if "username" in call.path else ("organizations", "orgs")
    return f"/{kind}/{account.id}" + path.removeprefix(f"/{place}/{login}")
