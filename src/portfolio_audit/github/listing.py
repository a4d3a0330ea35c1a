"""The repositories of an account as the REST API lists them: a hundred a request, and free while nothing changes.

The listing tells when each repository was pushed to and changed, so that all else is asked only of what is new.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime

import httpx

from portfolio_audit.github.client import Client
from portfolio_audit.github.faults import Reply
from portfolio_audit.github.payloads import Payload, decoded
from portfolio_audit.github.transports import is_api

_PAGE = 100
_MOST_PAGES = 50
_NO_LICENCE = frozenset({"", "NOASSERTION"})


@dataclass(frozen=True, slots=True)
class Listed:
    """One repository as listed; ``size`` is GitHub's figure for the whole history, in KiB.

    ``fingerprint`` changes whenever the repository or what is said of it does.
    """

    owner: str
    name: str
    branch: str
    size: int
    private: bool
    fork: bool
    archived: bool
    template: bool
    disabled: bool
    pages: bool
    description: str
    homepage: str
    topics: tuple[str, ...]
    licence: str
    parent: str
    pushed_at: datetime | None
    updated_at: datetime | None
    created_at: datetime | None

    @property
    def full_name(self) -> str:
        """``owner/name``."""
        return f"{self.owner}/{self.name}"

    @property
    def fingerprint(self) -> str:
        """What the listing shows of its age."""
        return f"{self.branch} {self.pushed_at} {self.updated_at}"


async def list_repositories(client: Client, path: str, target: str) -> AsyncIterator[Listed]:
    """Every repository below ``/users/LOGIN``, ``/orgs/NAME`` or ``/user``, most recently pushed first."""
    params: dict[str, str | int] | None = {"per_page": _PAGE, "sort": "pushed", "direction": "desc"}
    if path.startswith("/users/"):
        params = {"type": "owner", **(params or {})}
    elif path == "/user":
        params = {"affiliation": "owner", **(params or {})}
    address = f"{path}/repos"
    seen: set[str] = set()
    for _ in range(_MOST_PAGES):
        reply = await client.get(address, target, params)
        page = Payload({"items": decoded(reply.body, target)}, target)
        for one in map(listed, page.items("items")):
            if one.full_name not in seen:  # what is pushed to meanwhile moves to another page
                seen.add(one.full_name)
                yield one
        following = _next_page(reply, page)
        if following is None:
            return
        if is_api(str(following), client.addresses):
            address, params = str(following), None
        else:
            params = {**(params or {}), **following.params}


def _next_page(reply: Reply, page: Payload) -> httpx.URL | None:
    """The address of the next page as the reply links it (RFC 8288), None on the last page.

    Where it is not the API's own, as behind a gateway that passes on what GitHub writes, or only the end of one, its
    query says which page it is.
    """
    links = httpx.Response(reply.status, headers={"link": reply.headers.get("link", "")}).links
    try:
        return httpx.URL(links["next"]["url"]) if "next" in links else None
    except httpx.InvalidURL as error:
        raise page.wrong("it links no next page") from error


async def one_repository(client: Client, full_name: str) -> Listed:
    """A single repository; its name may have changed."""
    reply = await client.get(f"/repos/{full_name}", full_name)
    return listed(Payload(decoded(reply.body, full_name), full_name))


def listed(item: Payload) -> Listed:
    """Read one repository of a listing."""
    owner, licence, parent = item.inner("owner"), item.inner("license"), item.inner("parent")
    name = item.text("name")
    if owner is None or not name:
        raise item.wrong("a repository has no name")
    spdx = licence.text("spdx_id") if licence else ""
    return Listed(
        owner=owner.text("login"),
        name=name,
        branch=item.text("default_branch"),
        size=item.number("size"),
        private=item.flag("private"),
        fork=item.flag("fork"),
        archived=item.flag("archived"),
        template=item.flag("is_template"),
        disabled=item.flag("disabled"),
        pages=item.flag("has_pages"),
        description=item.text("description"),
        homepage=item.text("homepage"),
        topics=item.texts("topics"),
        licence="" if spdx in _NO_LICENCE else spdx,
        parent=parent.text("full_name") if parent else "",
        pushed_at=item.moment("pushed_at"),
        updated_at=item.moment("updated_at"),
        created_at=item.moment("created_at"),
    )
