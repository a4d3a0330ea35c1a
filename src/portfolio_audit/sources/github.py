"""Repositories on GitHub: what a session read of them as snapshots, the same as every other source gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from portfolio_audit.errors import NotFound, SourceError
from portfolio_audit.github.accounts import NEEDS_TOKEN
from portfolio_audit.github.details import Details
from portfolio_audit.github.files import Files, Wanted
from portfolio_audit.github.listing import Listed
from portfolio_audit.github.reading import ReadRepository
from portfolio_audit.github.session import Access, Session, open_session
from portfolio_audit.github.targets import reference_of
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import NOT_FROM_FILES, Limits, Metadata, Selection, Snapshot, TreeEntry, Unavailable
from portfolio_audit.sources.decoding import decode
from portfolio_audit.sources.texts import read_texts

_NOT_SENT = Unavailable("was not in what GitHub sent")


@dataclass(frozen=True, slots=True)
class GitHubReader:
    """Turns what a session reads into snapshots; ``may_want`` is whether a path may be among those selected."""

    session: Session
    may_want: Callable[[str], bool]
    select: Selection
    limits: Limits

    def one(self, full_name: str, revision: str) -> Snapshot:
        """One repository at a revision (empty: its newest state); raises SourceError."""
        return self.snapshot(self.session.one(full_name, revision, self._wanted))

    def many(
        self, repositories: Sequence[Listed], pinned: frozenset[str] | Unavailable
    ) -> Iterator[tuple[Listed, Snapshot | SourceError]]:
        """Repositories as they arrive, or the error about each."""
        for listed, read in self.session.many(repositories, self._wanted):
            yield listed, read if isinstance(read, SourceError) else self.snapshot(read, pinned)

    def snapshot(self, read: ReadRepository, pinned: frozenset[str] | Unavailable = NOT_FROM_FILES) -> Snapshot:
        """The snapshot of what was read."""
        listed, files = read.listed, read.files
        return Snapshot(
            name=listed.name,
            owner=listed.owner,
            commit=files.commit or Unavailable("GitHub did not tell the commit"),
            web_url=f"{self.session.access.addresses.web}/{listed.full_name}",
            metadata=_metadata(read, pinned),
            tree=files.members,
            texts=read_texts(files.members, self.select, self.limits, lambda entry: _text(files, entry)),
            gaps=tuple(Location("", note=gap) for gap in files.gaps),
        )

    @property
    def _wanted(self) -> Wanted:
        return Wanted(self.may_want, self.limits.of)


def _text(files: Files, entry: TreeEntry) -> str | Unavailable:
    content = files.contents.get(entry.path)
    if content is not None:
        return decode(content)
    return Unavailable(files.unread[entry.path]) if entry.path in files.unread else _NOT_SENT


def _metadata(read: ReadRepository, pinned: frozenset[str] | Unavailable) -> Metadata:
    listed = read.listed
    metadata = Metadata(
        description=listed.description,
        homepage=listed.homepage,
        topics=listed.topics,
        fork=listed.fork,
        archived=listed.archived,
        template=listed.template,
        licence=listed.licence,
        pages=listed.pages,
        private=listed.private,
        pushed_at=listed.pushed_at or NOT_FROM_FILES,
        created_at=listed.created_at or NOT_FROM_FILES,
        parent=_parent(listed, read.details),
        pinned=pinned if isinstance(pinned, Unavailable) else listed.full_name.lower() in pinned,
    )
    return _recorded(metadata, read.details)


def _parent(listed: Listed, details: Details | SourceError | None) -> str | Unavailable:
    if listed.parent or not listed.fork:
        return listed.parent
    return details.parent if isinstance(details, Details) else NEEDS_TOKEN


def _recorded(metadata: Metadata, details: Details | SourceError | None) -> Metadata:
    if isinstance(details, Details):
        return replace(
            metadata,
            history=details.history,
            releases=details.releases,
            deployments=details.deployments,
            environments=details.environments,
            checks=details.checks,
            runs=details.runs,
        )
    no = NEEDS_TOKEN if details is None else Unavailable(details.reason)
    return replace(metadata, history=no, releases=no, deployments=no, environments=no, checks=no, runs=no)


@dataclass(frozen=True, slots=True)
class GitHubSource:
    """The source of single repositories on GitHub; each is read in a session of its own."""

    access: Access
    may_want: Callable[[str], bool]

    def accepts(self, target: str) -> bool:
        """Whether the target names a repository on this GitHub."""
        return reference_of(target, self.access.addresses.web) is not None

    def collect(self, target: str, *, ref: str | None, select: Selection, limits: Limits) -> Snapshot:
        """Read one repository; raises SourceError."""
        reference = reference_of(target, self.access.addresses.web)
        if reference is None:
            raise NotFound(target, "this names no repository on GitHub.")
        with open_session(self.access) as session:
            reader = GitHubReader(session, self.may_want, select, limits)
            return reader.one(reference.full_name, ref or reference.ref or "")
