"""A GitHub of the tests and what our own code reads there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from github_server import Content, GitHub, Repository, Token, World
from portfolio_audit.github import addresses
from portfolio_audit.github.connecting import Terms
from portfolio_audit.github.credentials import Token as Credential
from portfolio_audit.github.session import Access, Session, open_session
from portfolio_audit.model.snapshot import Limits, Snapshot, TreeEntry
from portfolio_audit.sources.github import GitHubReader

SECRET = "ghp_thisisnosecretatallbutlookslikeonex1"  # noqa: S105  # of nobody
FILES: dict[str, Content] = {"README.md": "# Churn\n", "src/train.py": "import sklearn\n", "data.bin": b"\0" * 2000}


def world(*repositories: Repository, **token: object) -> World:
    """A world with these repositories, and a token of ada's."""
    return World(repositories or (Repository("ada", "churn", FILES),), tokens=(Token(SECRET, "ada", **token),))  # type: ignore[arg-type]


@dataclass
class Visit:
    """How we go there: ``token`` a secret or None, ``cache`` a folder or None; ``told`` is what we were told."""

    github: GitHub
    token: str | None = SECRET
    cache: Path | None = None
    max_requests: int | None = None
    max_wait: float = 0.0
    refresh: bool = False
    told: list[str] = field(default_factory=list)

    @property
    def access(self) -> Access:
        """The way in."""
        there = self.github.addresses
        places = addresses.Addresses(there.api, there.graphql, there.raw, there.archive, self.github.base)
        credential = Credential(self.token, "GITHUB_TOKEN") if self.token else None
        terms = Terms(self.max_requests, self.max_wait)
        return Access(places, credential, terms, self.cache, self.told.append, refresh=self.refresh)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """An open session."""
        with open_session(self.access) as session:
            yield session

    def one(self, full_name: str, revision: str = "") -> Snapshot:
        """The snapshot of one repository."""
        with self.session() as session:
            return reader(session).one(full_name, revision)

    def all(self, login: str = "ada") -> dict[str, Snapshot | str]:
        """Every repository of an account by name: its snapshot, or the reason why there is none."""
        with self.session() as session:
            roll = session.roll(login)
            found = reader(session).many(roll.repositories, roll.account.pinned)
            return {one.name: read if isinstance(read, Snapshot) else read.reason for one, read in found}


def reader(session: Session) -> GitHubReader:
    """Reads every file but binary data."""

    def select(tree: tuple[TreeEntry, ...]) -> list[str]:
        return [entry.path for entry in tree if may_want(entry.path)]

    def may_want(path: str) -> bool:
        return not path.endswith(".bin")

    return GitHubReader(session, may_want, select, Limits())
