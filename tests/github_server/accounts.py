"""People, organisations, and the tokens they made."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from github_server.identity import database_id, node_id
from github_server.repository import Repository

USER, ORGANIZATION, BOT = "User", "Organization", "Bot"


@dataclass(frozen=True, slots=True)
class PullRequest:
    """A merged pull request to somebody's repository."""

    repository: str
    number: int = 1
    title: str = "Improve it"
    created_at: str = "2026-01-10T09:00:00Z"
    merged_at: str | None = "2026-01-12T09:00:00Z"


@dataclass(frozen=True)
class Account:
    """A user or an organisation, with what they show of themselves."""

    login: str
    kind: str = USER
    name: str | None = None
    bio: str | None = None
    blog: str = ""
    company: str | None = None
    location: str | None = None
    email: str | None = None
    twitter: str | None = None
    followers: int = 0
    social_accounts: tuple[str, ...] = ()
    pinned: tuple[str, ...] = ()
    """Names of repositories, ``owner/name`` when they are not their own."""
    pull_requests: tuple[PullRequest, ...] = ()
    members: tuple[str, ...] = ()
    suspended: bool = False
    enforces_sso: bool = False
    created_at: str = "2020-02-03T10:00:00Z"
    updated_at: str = "2026-05-06T12:00:00Z"

    @property
    def is_user(self) -> bool:
        return self.kind == USER

    @cached_property
    def id(self) -> int:
        return database_id(self.kind, self.login)

    @property
    def node_id(self) -> str:
        return node_id("U" if self.is_user else "O", self.id)


@dataclass(frozen=True, slots=True)
class Token:
    """A secret and what may be done with it; ``scopes`` is None for a fine-grained token.

    A fine-grained token reads the private repositories it names, and of all repositories the things it has
    permissions for.
    """

    secret: str
    login: str
    scopes: tuple[str, ...] | None = ("repo", "read:org", "read:user")
    permissions: frozenset[str] = frozenset({"metadata", "contents"})
    repositories: tuple[str, ...] = ()
    denied: frozenset[str] = frozenset()
    """Permissions that GraphQL misses even for public repositories."""
    sso: tuple[str, ...] = ()
    """The organisations with single sign-on that the token was authorised for."""
    writes: frozenset[str] = frozenset({"pull_requests", "contents", "checks"})
    """What it may change."""

    @property
    def is_installation(self) -> bool:
        """Whether it is of a workflow or an app, which is no user."""
        return self.secret.startswith("ghs_")

    @property
    def is_fine_grained(self) -> bool:
        return self.scopes is None

    def may(self, permission: str, repository: Repository) -> bool:
        """Whether a fine-grained token may read one side of a repository; everybody may of a public one."""
        return not (self.is_fine_grained and repository.private) or permission in self.permissions

    def reaches(self, repository: Repository) -> bool:
        """Whether a private repository is open to this token."""
        if self.scopes is None:
            return repository.full_name in self.repositories
        is_theirs = self.login.lower() in {who.lower() for who in (repository.owner, *repository.collaborators)}
        return is_theirs and "repo" in self.scopes
