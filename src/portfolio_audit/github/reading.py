"""What is asked of GitHub, in which order: the listing, then what is recorded of each repository, then its files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import anyio
from anyio.streams.memory import MemoryObjectSendStream

from portfolio_audit.errors import AuthenticationError, Forbidden, NoCommits, NotFound, SourceError
from portfolio_audit.github.accounts import Account, account_without_token, own_login
from portfolio_audit.github.client import Client, Json
from portfolio_audit.github.details import Details, read_details
from portfolio_audit.github.faults import HOW_TO_LOG_IN
from portfolio_audit.github.files import FileReader, Files, Wanted, most_by_archive
from portfolio_audit.github.graphql import AT_ONCE, ask_in_parts, repository_in
from portfolio_audit.github.listing import Listed, list_repositories, one_repository
from portfolio_audit.github.patience import Notify
from portfolio_audit.github.queries import at_revision
from portfolio_audit.github.remembering import Memory
from portfolio_audit.github.store import Store
from portfolio_audit.github.trees import Place
from portfolio_audit.model.profile import Profile
from portfolio_audit.model.snapshot import Unavailable

_READ_AT_ONCE = 8
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


@dataclass(frozen=True, slots=True)
class Roll:
    """An account and its repositories, most recently pushed first."""

    account: Account
    repositories: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class ReadRepository:
    """A repository as GitHub gave it; ``details`` is None without a token, or the reason why there are none."""

    listed: Listed
    details: Details | SourceError | None
    files: Files


Outcome = tuple[Listed, ReadRepository | SourceError]


@dataclass(frozen=True, slots=True)
class Reading:
    """Asks for accounts and repositories; what is kept is not asked for again."""

    client: Client
    store: Store
    memory: Memory
    notify: Notify

    async def roll(self, login: str, *, organization: bool, private: bool) -> Roll:
        """An account (an empty login: the token's own) and what it has; raises SourceError."""
        own = await self._own(login, private=private) if not login or private else ""
        name = login or own
        path = "/user" if private and name.lower() == own.lower() else f"/{'orgs' if organization else 'users'}/{name}"
        accounts: list[Account] = []

        async def ask_account() -> None:
            accounts.append(await self._account(name, organization=organization))

        async with anyio.create_task_group() as tasks:
            tasks.start_soon(ask_account)
            listed = await _listed(self.client, path, name)
        if isinstance(listed, SourceError):
            raise _no_account(name, organization=organization) if isinstance(listed, NotFound) else listed
        return Roll(accounts[0], tuple(one for one in listed if one.owner.lower() == name.lower()))

    async def _own(self, login: str, *, private: bool) -> str:
        """The login of the token's user; what the token may not see is told."""
        if private and self.client.token is None:
            reason = "private repositories are shown only to a token that may see them."
            raise AuthenticationError(login or "your own account", reason, advice=HOW_TO_LOG_IN)
        login, scopes = await own_login(self.client)
        if private and scopes is not None and "repo" not in scopes:
            self.notify(
                "The token lacks the scope 'repo', so private repositories stay unseen: gh auth refresh -s repo"
            )
        return login

    async def _account(self, login: str, *, organization: bool) -> Account:
        """The page; that it cannot be read does not keep us from the repositories."""
        try:
            if self.client.token is None:
                return await account_without_token(self.client, login, organization=organization)
            account = await self.memory.account(login, organization=organization)
        except SourceError as error:
            return _unknown_account(login, error.reason, error)
        return account or _unknown_account(login, "it is a person" if organization else "it is an organisation")

    async def one(self, full_name: str, revision: str, wanted: Wanted) -> ReadRepository:
        """A single repository, at a branch, tag or commit (empty: its newest state); raises SourceError."""
        listed = await one_repository(self.client, full_name)
        files = FileReader(self.client, self.store, wanted)
        if revision:
            details = await self._details_at(listed, revision)
            known = details if isinstance(details, Details) else None
            place = Place(listed, revision, commit=known.commit if known else "", top=known.top if known else {})
            try:
                return ReadRepository(listed, details, await files.read(place))
            except NotFound as error:
                raise _no_revision(listed, revision) from error
        found: list[Details | SourceError | None] = [None]

        async def keep(_one: Listed, details: Details | SourceError) -> None:
            found[0] = details

        if self.client.token:
            await self.memory.details([listed], full_name, keep)
        outcome = await self._read(files, listed, found[0])
        if isinstance(outcome, SourceError):
            raise outcome
        return outcome

    async def _details_at(self, listed: Listed, revision: str) -> Details | SourceError | None:
        """What is recorded of a revision; that it cannot be read does not keep us from the files."""
        if self.client.token is None:
            return None
        variables: dict[str, Json] = {"o0": listed.owner, "n0": listed.name, "revision": revision}
        try:
            answer = await ask_in_parts(self.client, at_revision, variables, listed.full_name)
        except SourceError as error:
            return error
        item = repository_in(answer, 0, listed.full_name)
        if isinstance(item, SourceError):
            return item
        details = read_details(item, answer.about("r0"))
        if not details.commit:
            raise _no_revision(listed, revision)
        return details

    def estimate(self, repositories: Sequence[Listed]) -> int:
        """How many requests that count reading these repositories will take, if all goes well.

        One for every group of repositories whose record is asked for, and one for each that is private or so large that
        it is listed first, where nothing of them is kept.
        """
        most = most_by_archive(token=self.client.token is not None)
        own = [one for one in repositories if one.private or one.size > most]
        groups = -(-self.memory.missing(repositories) // AT_ONCE) if self.client.token else 0
        return groups + sum(not self._is_kept(one) for one in own)

    def _is_kept(self, one: Listed) -> bool:
        commit = self.memory.kept_commit(one) if self.client.token else self._newest(one)
        return bool(commit) and self.store.tree(one.full_name, commit) is not None

    async def many(
        self, repositories: Sequence[Listed], wanted: Wanted, results: MemoryObjectSendStream[Outcome]
    ) -> None:
        """Read repositories, several at once, and send each as soon as it is there: somebody has to take them."""
        files = FileReader(self.client, self.store, wanted)
        limiter = anyio.CapacityLimiter(_READ_AT_ONCE)

        async def read(one: Listed, details: Details | SourceError | None) -> None:
            async with limiter:
                await results.send((one, await self._read(files, one, details)))

        async with results, anyio.create_task_group() as tasks:

            async def start(one: Listed, details: Details | SourceError) -> None:
                tasks.start_soon(read, one, details)

            if self.client.token and repositories:
                await self.memory.details(repositories, repositories[0].owner, start)
                return
            for one in repositories:
                tasks.start_soon(read, one, None)

    async def _read(
        self, files: FileReader, one: Listed, details: Details | SourceError | None
    ) -> ReadRepository | SourceError:
        """The files of a repository's newest state; that its record cannot be read does not keep us from them."""
        place = self._place(one, details)
        if place is None:
            return NoCommits(one.full_name, "the repository is empty.")
        try:
            read = await files.read(place)
        except NotFound as error:
            return details if isinstance(details, SourceError) else error
        except NoCommits as error:
            return details if isinstance(details, (Forbidden, NotFound)) else error
        except SourceError as error:
            return error
        if read.commit and not isinstance(details, Details):
            self.store.put_answer(_head(one), read.commit.encode(), one.fingerprint, self.client.patience.now)
        return ReadRepository(one, details, read)

    def _place(self, one: Listed, details: Details | SourceError | None) -> Place | None:
        """Where the newest state is, None if there is none."""
        if not isinstance(details, Details):
            return Place(one, one.branch or "HEAD", is_branch=bool(one.branch), commit=self._newest(one))
        if not details.commit:
            return None
        return Place(one, one.branch, is_branch=True, commit=details.commit, top=details.top)

    def _newest(self, one: Listed) -> str:
        """The newest commit as it was read last, if nothing was pushed since."""
        answer = self.store.answer(_head(one))
        kept = answer.body.decode("ascii", "replace") if answer and answer.fingerprint == one.fingerprint else ""
        return kept if _COMMIT.fullmatch(kept) else ""


def _unknown_account(login: str, reason: str, error: SourceError | None = None) -> Account:
    unknown = Unavailable(reason)
    return Account(Profile(login, *[unknown] * 6), unknown, error)


def _no_account(name: str, *, organization: bool) -> NotFound:
    if organization:
        return NotFound(name, "there is no such organisation.", advice=f"For a person: portfolio-audit user {name}")
    return NotFound(name, "there is no such account on GitHub, or it is hidden or suspended.")


def _no_revision(listed: Listed, revision: str) -> NoCommits:
    return NoCommits(listed.full_name, f"there is no branch, tag or commit '{revision[:100]}'.")


def _head(one: Listed) -> str:
    return f"head {one.full_name.lower()}"


async def _listed(client: Client, path: str, name: str) -> list[Listed] | SourceError:
    """The listing, or the error as a value: a task group would wrap it."""
    try:
        return [one async for one in list_repositories(client, path, name)]
    except SourceError as error:
        return error
