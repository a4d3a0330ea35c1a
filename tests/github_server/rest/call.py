"""One call of the REST API, and the ways in which it fails."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NoReturn
from urllib.parse import urlencode

from github_server.accounts import Account, Token
from github_server.messages import Json, Request
from github_server.outcome import Hub
from github_server.repository import Repository
from github_server.world import World

DOCS = "https://docs.github.com/rest"
SSO_DOCS = "https://docs.github.com/articles/authenticating-to-a-github-organization-with-saml-single-sign-on/"
NOT_FOR_APPS = "Resource not accessible by integration"
SAML = (
    "Resource protected by organization SAML enforcement. "
    "You must grant your Personal Access token access to this organization."
)


class ApiError(Exception):
    """A reply that is no success."""

    def __init__(self, status: int, message: str, *, headers: Mapping[str, str] | None = None, **more: Json) -> None:
        super().__init__(message)
        self.status = status
        self.headers = dict(headers or {})
        about = {} if "block" in more else {"documentation_url": DOCS, "status": str(status)}
        self.body = {"message": message, **about, **more}


@dataclass(frozen=True, slots=True)
class Call:
    """Who asks for what."""

    hub: Hub
    request: Request
    token: Token | None
    path: Mapping[str, str] = field(default_factory=dict)
    """The variable parts of the path."""

    @property
    def world(self) -> World:
        return self.hub.world

    @property
    def query(self) -> Mapping[str, str]:
        return self.request.query

    @property
    def api(self) -> str:
        return f"{self.hub.base}/api"

    def viewer(self) -> Account:
        """Whose token it is; without one there is nothing to see."""
        if self.token is None:
            raise ApiError(401, "Requires authentication")
        if self.token.is_installation:
            raise ApiError(403, NOT_FOR_APPS)
        return self.world.holder(self.token)

    def account(self, login: str) -> Account:
        found = self.world.account(login)
        return found if found is not None else not_found()

    def url(self, repository: Repository) -> str:
        """Where the API has a repository."""
        return f"{self.api}/repos/{repository.full_name}"

    def repository(self, permission: str = "metadata") -> Repository:
        """The repository the path speaks of, if the caller may read this side of it."""
        full_name = f"{self.path['owner']}/{self.path['repo']}"
        found = self.world.repository(full_name)
        if found is None:
            self._moved(full_name)
        repository = self.allowed(found)
        if self.token is not None and not self.token.may(permission, repository):
            accepted = {"X-Accepted-GitHub-Permissions": f"{permission}=read"}
            raise ApiError(403, "Resource not accessible by personal access token", headers=accepted)
        return repository

    def allowed(self, found: Repository | None) -> Repository:
        """A repository unless it is hidden from the caller or closed to everybody."""
        if found is None or not self.world.sees(self.token, found):
            not_found()
        require_sso(self.world, self.token, found.owner)
        if found.blocked:
            raise ApiError(451, "Repository access blocked", block=block("dmca", found))
        if found.disabled:
            raise ApiError(403, "Repository access blocked", block=block("tos", found))
        return found

    def _moved(self, full_name: str) -> None:
        former = self.world.renamed(full_name)
        if former is None or not self.world.sees(self.token, former):
            return
        rest = self.request.path.split("/", 4)[4:]
        query = f"?{urlencode(self.query)}" if self.query else ""
        url = "/".join((f"{self.api}/repositories/{former.id}", *rest)) + query
        raise ApiError(301, "Moved Permanently", headers={"Location": url}, url=url)


def not_found() -> NoReturn:
    raise ApiError(404, "Not Found")


def block(reason: str, repository: Repository) -> Json:
    url = f"https://github.com/github/{reason}/blob/main/2026.md" if reason == "dmca" else "https://github.com/tos"
    return {"reason": reason, "created_at": repository.updated, "html_url": url}


def lacks_sso(world: World, token: Token | None, login: str) -> Account | None:
    """The organisation that wants single sign-on of a member whose token has not passed it."""
    owner = world.account(login)
    if owner is None or token is None or not owner.enforces_sso:
        return None
    return owner if token.login in owner.members and owner.login not in token.sso else None


def require_sso(world: World, token: Token | None, login: str) -> None:
    owner = lacks_sso(world, token, login)
    if owner is not None:
        url = f"https://github.com/orgs/{owner.login}/sso?authorization_request=A{owner.id}"
        raise ApiError(403, SAML, headers={"X-GitHub-SSO": f"required; url={url}"}, documentation_url=SSO_DOCS)
