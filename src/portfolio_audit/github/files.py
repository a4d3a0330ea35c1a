"""The files of one repository in the fewest requests that count.

One archive holds every file, arrives in the stream, and is never counted; so it is the rule. Measured on 43 real
repositories that could be packed whole: the archive is 0.4 MB in the middle and 3.4 MB for one in ten, and replaces 14
(69) files asked for one by one. Where the history is larger than :func:`most_by_archive` the files are listed by one
counted request, and the wanted ones read one by one from the host of raw files, which is not counted either; those of
a private repository as texts of GraphQL, many a query. Who has a token has thousands of requests and saves time; who
has none has sixty, and spends bytes instead. Where no archive can be had, the list is the other way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote

import anyio

from portfolio_audit.errors import NoCommits, NotFound, RateLimited, SourceError, Unreachable
from portfolio_audit.github.archive import Archive, ArchiveReader
from portfolio_audit.github.attributes import LEFT_OUT, export_attributes, is_attributes
from portfolio_audit.github.client import Client
from portfolio_audit.github.store import Store
from portfolio_audit.github.tree_ids import root_ids
from portfolio_audit.github.trees import Place, Tree, list_tree, read_blobs
from portfolio_audit.model.snapshot import EntryKind, TreeEntry

_MOST_WITH_TOKEN = 32 * 1024
_MOST_WITHOUT = 256 * 1024
_MOST_FAILURES = 8
"""So many archives in a row that cannot be had, and no more are asked for."""
_READABLE = frozenset({EntryKind.FILE, EntryKind.EXECUTABLE})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is kept of a repository: ``path`` whether a file may be wanted, ``limit`` its largest size in bytes."""

    path: Callable[[str], bool]
    limit: Callable[[str], int]

    def of(self, members: tuple[TreeEntry, ...]) -> tuple[TreeEntry, ...]:
        """The members to be read."""
        return tuple(m for m in members if m.kind in _READABLE and self.path(m.path) and m.size <= self.limit(m.path))


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a repository at ``commit`` (empty if unknown), and the content of the wanted ones.

    ``gaps`` say why the list is not whole, ``unread`` why a wanted file could not be read.
    """

    commit: str
    members: tuple[TreeEntry, ...]
    contents: Mapping[str, bytes]
    gaps: tuple[str, ...] = ()
    unread: Mapping[str, str] = field(default_factory=dict)


def most_by_archive(*, token: bool) -> int:
    """The size up to which a repository is read by its archive, in KiB of history as GitHub tells it."""
    return _MOST_WITH_TOKEN if token else _MOST_WITHOUT


class FileReader:
    """Reads the files of repositories, from what is kept or from GitHub."""

    def __init__(self, client: Client, store: Store, wanted: Wanted) -> None:
        self._client = client
        self._store = store
        self._wanted = wanted
        self._failures = 0
        self._has_archives = False
        self._doubt = anyio.Lock()

    async def read(self, place: Place) -> Files:
        """The files of a repository; raises SourceError."""
        kept = self._kept(place)
        if kept:
            return kept
        files = await self._fetched(place)
        if files.commit and not files.gaps:
            contents = {m.blob_id: files.contents[m.path] for m in files.members if m.path in files.contents}
            self._store.put_tree(place.listed.full_name, files.commit, files.members)
            self._store.put_blobs(contents)
        return files

    def _kept(self, place: Place) -> Files | None:
        """What is kept of a commit, if no wanted file is missing there."""
        members = self._store.tree(place.listed.full_name, place.commit) if place.commit else None
        if members is None:
            return None
        wanted = self._wanted.of(members)
        blobs = self._store.blobs({member.blob_id for member in wanted})
        if any(member.blob_id not in blobs for member in wanted):
            return None
        return Files(place.commit, members, {member.path: blobs[member.blob_id] for member in wanted})

    async def _fetched(self, place: Place) -> Files:
        size = place.listed.size
        if size > most_by_archive(token=self._client.token is not None) or self._failures > _MOST_FAILURES:
            return await self._one_by_one(place, {})
        try:
            archive = await self._archive(place)
        except (NotFound, Unreachable) as error:
            self._failures += not _looks_empty(place)
            return await self._without_archive(place, error)
        self._failures, self._has_archives = 0, True
        return await self._completed(place, archive)

    async def _without_archive(self, place: Place, error: SourceError) -> Files:
        """The files in another way: the host of archives may be down, blocked, or no such thing."""
        if isinstance(error, NotFound) and _looks_empty(place):
            async with self._doubt:  # one after the other: meanwhile another repository's archive may come
                if self._has_archives:
                    raise NoCommits(place.listed.full_name, "the repository is empty.")
                tree = await self._listed(place, error)
        else:
            tree = await self._listed(place, error)
        return await self._members_of(place, tree, {})

    async def _listed(self, place: Place, error: SourceError) -> Tree:
        """The list of files, or else the error that made us ask for it."""
        try:
            return await list_tree(self._client, place.listed.full_name, place.revision)
        except (NoCommits, RateLimited):
            raise
        except SourceError:
            raise error from None

    async def _completed(self, place: Place, archive: Archive) -> Files:
        """What an archive holds, and what it leaves out."""
        commit = place.commit or archive.commit
        if not archive.gaps and not _differs(archive, place.top):
            return Files(commit, archive.members, archive.contents)
        try:
            return await self._one_by_one(replace(place, commit=commit), _by_id(archive))
        except SourceError as error:
            gap = f"the archive leaves files out, and the list could not be asked for: {error.reason}"
            return Files(commit, archive.members, archive.contents, (*archive.gaps, gap))

    async def _archive(self, place: Place) -> Archive:
        name = place.listed.full_name
        by_api = f"{self._client.addresses.api}/repos/{name}/tarball/{quote(place.revision)}"
        base = self._client.addresses.archive
        if place.listed.private or not base:
            return await self._stream(by_api, name)
        try:
            return await self._stream(f"{base}/{name}/tar.gz/{quote(place.whole_ref)}", name)
        except NotFound:
            if _looks_empty(place):
                raise
            return await self._stream(by_api, name)

    async def _stream(self, url: str, target: str) -> Archive:
        return await self._client.read(url, target, lambda: ArchiveReader(self._wanted.path, self._wanted.limit))

    async def _one_by_one(self, place: Place, had: Mapping[str, bytes]) -> Files:
        """List the tree by one counted request, and read the wanted files that are not at hand."""
        return await self._members_of(place, await list_tree(self._client, place.listed.full_name, place.revision), had)

    async def _members_of(self, place: Place, tree: Tree, had: Mapping[str, bytes]) -> Files:
        """The files of a tree that was listed."""
        wanted = self._wanted.of(tree.members)
        known = dict(had) | self._store.blobs({member.blob_id for member in wanted} - had.keys())
        missing = {member.blob_id: member for member in wanted if member.blob_id not in known}
        found = await read_blobs(self._client, place, tuple(missing.values()))
        known |= found.contents
        return Files(
            commit=place.commit,
            members=tree.members,
            contents={member.path: known[member.blob_id] for member in wanted if member.blob_id in known},
            gaps=tree.gaps,
            unread={member.path: found.unread[member.blob_id] for member in wanted if member.blob_id in found.unread},
        )


def _looks_empty(place: Place) -> bool:
    """Whether there may be no commit: then GitHub tells no size, and has no archive; as of some that were just made."""
    return place.is_branch and not place.commit and not place.listed.size


def _by_id(archive: Archive) -> dict[str, bytes]:
    return {m.blob_id: archive.contents[m.path] for m in archive.members if m.path in archive.contents}


def _differs(archive: Archive, top: Mapping[str, str]) -> bool:
    """Whether the archive leaves files out: its attributes say so, or it is not what is at the ``top`` of the commit.

    Where attributes change contents (line ends, versions filled in) the ids of folders tell nothing, and names must do.
    """
    if LEFT_OUT in export_attributes(archive.contents):
        return True
    if not top.keys() <= {member.path.partition("/")[0] for member in archive.members}:
        return True
    if any(is_attributes(member.path) for member in archive.members):
        return False
    own = root_ids(archive.members) if top else {}
    return any(own.get(name, blob_id) != blob_id for name, blob_id in top.items())
