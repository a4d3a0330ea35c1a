"""What exists on the GitHub of the tests: accounts, repositories, tokens, and who sees what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

from github_server.accounts import BOT, USER, Account, Token
from github_server.repository import Repository


@dataclass(frozen=True)
class World:
    """Everything there is; owners that are not listed as accounts are users who say nothing of themselves."""

    repositories: tuple[Repository, ...] = ()
    accounts: tuple[Account, ...] = ()
    tokens: tuple[Token, ...] = ()

    def account(self, login: str) -> Account | None:
        """An account by its login, in any case; a suspended one is not shown."""
        found = self._accounts.get(login.lower())
        return None if found is None or found.suspended else found

    def holder(self, token: Token) -> Account:
        """Whose token it is."""
        kind = BOT if token.is_installation else USER
        return self._accounts.get(token.login.lower()) or Account(token.login, kind)

    def token(self, secret: str) -> Token | None:
        return next((token for token in self.tokens if token.secret == secret), None)

    def all_accounts(self) -> list[Account]:
        return [account for account in self._accounts.values() if not account.suspended]

    def repository(self, full_name: str) -> Repository | None:
        """A repository by ``owner/name``, in any case, under its present name."""
        return self._repositories.get(full_name.lower())

    def renamed(self, full_name: str) -> Repository | None:
        """The repository that had this name once."""
        former = (r for r in self.repositories if full_name.lower() in {n.lower() for n in r.renamed_from})
        return next(former, None)

    def owned_by(self, login: str) -> list[Repository]:
        return [r for r in self.repositories if r.owner.lower() == login.lower()]

    def sees(self, token: Token | None, repository: Repository) -> bool:
        """Whether the holder of a token may know that a repository exists."""
        if not self.shows(repository):
            return False
        return not repository.private or (token is not None and self._is_open(repository, token))

    def adding(self, *repositories: Repository) -> Self:
        """The world with these repositories, in place of those of the same names."""
        names = {r.full_name.lower() for r in repositories}
        others = tuple(r for r in self.repositories if r.full_name.lower() not in names)
        return replace(self, repositories=others + repositories)

    def _is_open(self, repository: Repository, token: Token) -> bool:
        """Whether a private repository is open to a token: its holder's, shared, or of an organisation of theirs."""
        owner = self.account(repository.owner)
        is_member = owner is not None and token.login in owner.members and "repo" in (token.scopes or ())
        return is_member or token.reaches(repository)

    def shows(self, repository: Repository) -> bool:
        """Whether anybody may know of it: nothing of a suspended account is shown."""
        return self.account(repository.owner) is not None

    @cached_property
    def _repositories(self) -> dict[str, Repository]:
        return {r.full_name.lower(): r for r in self.repositories}

    @cached_property
    def _accounts(self) -> dict[str, Account]:
        implied = (Account(login) for login in self._mentioned())
        return {a.login.lower(): a for a in (*implied, *self.accounts)}

    def _mentioned(self) -> Iterable[str]:
        yield from (r.owner for r in self.repositories)
        yield from (t.login for t in self.tokens if not t.is_installation)
