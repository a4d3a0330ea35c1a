"""A tree listed by the API, and single files: from the raw host, or as texts of GraphQL where they are private."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha1
from urllib.parse import quote

import anyio

from portfolio_audit.errors import ArchiveError, NotFound, RateLimited, SourceError
from portfolio_audit.github.client import Client, Json
from portfolio_audit.github.graphql import ask
from portfolio_audit.github.inflate import Inflater
from portfolio_audit.github.listing import Listed
from portfolio_audit.github.payloads import Payload, decoded
from portfolio_audit.github.queries import blobs
from portfolio_audit.model.snapshot import EntryKind, TreeEntry

_RAW_AT_ONCE = 8
_TEXTS_AT_ONCE = 40
_BYTES_AT_ONCE = 1024 * 1024
_GZIP = frozenset({"gzip", "x-gzip"})
_CUT = "GitHub lists only the first files of so large a repository"
_LISTS_WITH_TOKEN = 60
_LISTS_WITHOUT = 10
_KINDS = {"120000": EntryKind.SYMLINK, "160000": EntryKind.SUBMODULE, "100755": EntryKind.EXECUTABLE}


@dataclass(frozen=True, slots=True)
class Place:
    """A repository at a revision: a branch, tag or commit, and the id of its commit if that is known.

    ``top`` are the names at the top of the tree with the ids of what they name, if they are known.
    """

    listed: Listed
    ref: str
    is_branch: bool = False
    commit: str = ""
    top: Mapping[str, str] = field(default_factory=dict)

    @property
    def revision(self) -> str:
        """What the API is asked for: the commit, whose content never changes, else the name."""
        return self.commit or self.ref

    @property
    def whole_ref(self) -> str:
        """What the hosts of files are asked for, where a tag may have the name of a branch."""
        return self.commit or (f"refs/heads/{self.ref}" if self.is_branch else self.ref)


@dataclass(frozen=True, slots=True)
class Tree:
    """A listing; ``gaps`` says why it is not whole."""

    members: tuple[TreeEntry, ...]
    gaps: tuple[str, ...] = ()


@dataclass(slots=True)
class Blobs:
    """The contents of files by the ids of their blobs, and why others could not be read."""

    contents: dict[str, bytes] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)


async def list_tree(client: Client, full_name: str, revision: str) -> Tree:
    """List all files at a revision; GitHub cuts the list at 100,000 entries or 7 MB and says so.

    Then its folders are listed one by one, as GitHub's documentation asks, in a bounded number of requests.
    """
    members: dict[str, TreeEntry] = {}
    folders = [("", revision)]
    left = _LISTS_WITH_TOKEN if client.token else _LISTS_WITHOUT
    is_whole = True
    while folders and left > 0:
        folder, tree = folders.pop(0)
        listed = await _listed(client, full_name, tree, recursive=True)
        left -= 1
        if listed.flag("truncated") and left > 0:
            own = await _listed(client, full_name, tree, recursive=False)
            left -= 1
            folders += _folders(own, folder)
            members |= _members(listed, folder)
            listed = own
        members |= _members(listed, folder)
        is_whole = is_whole and not listed.flag("truncated")
    gaps = () if is_whole and not folders else (_CUT,)
    return Tree(tuple(sorted(members.values(), key=lambda member: member.path)), gaps)


async def _listed(client: Client, full_name: str, tree: str, *, recursive: bool) -> Payload:
    """A tree as the API lists it; any value of ``recursive`` would mean yes."""
    params: dict[str, str | int] | None = {"recursive": 1} if recursive else None
    reply = await client.get(f"/repos/{full_name}/git/trees/{quote(tree, safe='')}", full_name, params)
    return Payload(decoded(reply.body, full_name), full_name)


def _members(item: Payload, folder: str) -> dict[str, TreeEntry]:
    found: dict[str, TreeEntry] = {}
    for entry in item.items("tree", most=None):
        if entry.text("type") != "tree" and entry.text("path"):
            kind = _KINDS.get(entry.text("mode"), EntryKind.FILE)
            path = f"{folder}{entry.text('path')}"
            found[path] = TreeEntry(path, entry.number("size"), kind, entry.text("sha"))
    return found


def _folders(item: Payload, folder: str) -> Iterator[tuple[str, str]]:
    for entry in item.items("tree", most=None):
        if entry.text("type") == "tree" and entry.text("path"):
            yield f"{folder}{entry.text('path')}/", entry.text("sha")


async def read_blobs(client: Client, place: Place, members: Sequence[TreeEntry]) -> Blobs:
    """Read files: uncounted ones by one, counted ones as many a query as fit."""
    found = Blobs()
    if client.addresses.raw and not place.listed.private:
        limiter = anyio.CapacityLimiter(_RAW_AT_ONCE)
        async with anyio.create_task_group() as tasks:
            for member in members:
                tasks.start_soon(_read_raw, client, place, member, found, limiter)
    elif client.token is None:
        await _read_each(client, place, members, found)
    else:
        for group in _groups(members):
            await _read_texts(client, place, group, found)
    return found


async def _read_raw(
    client: Client, place: Place, member: TreeEntry, found: Blobs, limiter: anyio.CapacityLimiter
) -> None:
    url = f"{client.addresses.raw}/{place.listed.full_name}/{quote(place.whole_ref)}/{quote(member.path)}"
    try:
        async with limiter:
            found.contents[member.blob_id] = await client.read(url, member.path, lambda: _Blob(member))
    except SourceError as error:
        found.unread[member.blob_id] = error.reason


class _Blob:
    """A file kept whole, which must be what was listed."""

    def __init__(self, member: TreeEntry) -> None:
        self._member = member
        self._body = bytearray()
        self._inflater: Inflater | None = None

    @property
    def stopped(self) -> bool:
        """Whether there is more than was told."""
        return len(self._body) > self._member.size

    def packed_as(self, encoding: str) -> None:
        """Unpack what is sent as gzip, as GitHub sends texts to whoever does not mind."""
        self._inflater = Inflater() if encoding in _GZIP else None

    def feed(self, data: bytes) -> None:
        """Take the next piece."""
        for piece in self._inflater.feed(data) if self._inflater else (data,):
            self._body += piece[: self._member.size + 1 - len(self._body)]
            if self.stopped:
                return

    def finish(self) -> bytes:
        """Give the whole; raises ArchiveError for any other content."""
        content = bytes(self._body)
        if sha1(b"blob %d\0%s" % (len(content), content), usedforsecurity=False).hexdigest() != self._member.blob_id:
            raise ArchiveError("it is not what was listed")
        return content


def _groups(members: Sequence[TreeEntry]) -> Iterator[tuple[TreeEntry, ...]]:
    """Members in groups that are neither too many nor too large for one query."""
    group: list[TreeEntry] = []
    size = 0
    for member in members:
        if group and (len(group) == _TEXTS_AT_ONCE or size + member.size > _BYTES_AT_ONCE):
            yield tuple(group)
            group, size = [], 0
        group.append(member)
        size += member.size
    if group:
        yield tuple(group)


async def _read_texts(client: Client, place: Place, group: Sequence[TreeEntry], found: Blobs) -> None:
    variables: dict[str, Json] = {f"b{number}": member.blob_id for number, member in enumerate(group)}
    variables |= {"owner": place.listed.owner, "name": place.listed.name}
    try:
        answer = await ask(client, blobs(len(group)), variables, place.listed.full_name)
        repository = answer.data.inner("repository")
        for number, member in enumerate(group):
            blob = repository.inner(f"b{number}") if repository else None
            if blob and "text" in blob and not blob.flag("isTruncated"):
                found.contents[member.blob_id] = blob.text("text", most=None).encode()
            else:
                await _read_blob(client, place, member, found)
    except SourceError as error:
        found.unread |= {m.blob_id: error.reason for m in group if m.blob_id not in found.contents}


async def _read_each(client: Client, place: Place, members: Sequence[TreeEntry], found: Blobs) -> None:
    """Read files where there is neither a raw host nor a token for GraphQL."""
    try:
        for member in members:
            await _read_blob(client, place, member, found)
    except SourceError as error:
        found.unread |= {m.blob_id: error.reason for m in members if m.blob_id not in found.contents}


async def _read_blob(client: Client, place: Place, member: TreeEntry, found: Blobs) -> None:
    """Read one file that GraphQL does not give whole, by a request of its own."""
    name = place.listed.full_name
    try:
        reply = await client.get(f"/repos/{name}/git/blobs/{member.blob_id}", name)
        encoded = Payload(decoded(reply.body, name), name).text("content", most=None)
        found.contents[member.blob_id] = base64.b64decode(encoded)
    except (RateLimited, NotFound):
        raise
    except (SourceError, binascii.Error) as error:
        found.unread[member.blob_id] = error.reason if isinstance(error, SourceError) else "is not sent as GitHub says"
