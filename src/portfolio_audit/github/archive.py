"""A repository from the archive that GitHub makes of it (``git archive``), read while it arrives.

Nothing is ever written to disk, links are not followed, and what is not kept is only counted and hashed. The ids of
blobs are computed from the content, so they are git's unless ``.gitattributes`` changes what an archive holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from portfolio_audit.errors import ArchiveError
from portfolio_audit.github.inflate import Inflater
from portfolio_audit.github.members import ArchiveLimits, Members
from portfolio_audit.github.tar import TarStream
from portfolio_audit.model.snapshot import TreeEntry

__all__ = ["Archive", "ArchiveLimits", "ArchiveReader"]
_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Archive:
    """What an archive held: ``commit`` is empty if it does not say, ``gaps`` say why ``members`` are not all.

    ``members`` are sorted by path. ``contents`` are the files that were wanted, not too big, and for which there was
    room; and every ``.gitattributes``, for ``export_attributes`` to judge.
    """

    commit: str
    members: tuple[TreeEntry, ...]
    contents: Mapping[str, bytes]
    gaps: tuple[str, ...]


class ArchiveReader:
    """Reads the tar.gz of one repository as it is fed, in memory bounded by what is kept.

    Raises ArchiveError for what is no archive of git's, or damaged. Over a limit it stops: what was read until then is
    kept, ``stopped`` says that nothing more is needed, and the archive says why in its gaps.
    """

    def __init__(
        self, wanted: Callable[[str], bool], limit_of: Callable[[str], int], limits: ArchiveLimits | None = None
    ) -> None:
        self._limits = limits or ArchiveLimits()
        self._inflater = Inflater()
        self._members = Members(wanted, limit_of, self._limits)
        self._tar = TarStream(self._members)
        self._packed = 0
        self._unpacked = 0

    @property
    def stopped(self) -> bool:
        """Whether a limit was met, so that the rest need not be fetched."""
        return self._members.full

    def packed_as(self, encoding: str) -> None:
        """Make nothing of it: an archive is a gzip file, and some servers call that a way of sending a tar file."""

    def feed(self, data: bytes) -> None:
        """Read the next bytes of the archive."""
        if self.stopped:
            return
        self._packed += len(data)
        if self._packed > self._limits.archive_bytes:
            self._members.stop(f"the archive is over {_amount(self._limits.archive_bytes)}")
            return
        for piece in self._inflater.feed(data):
            self._count(len(piece))
            if self.stopped:
                return
            self._tar.feed(piece)

    def finish(self) -> Archive:
        """Give what was read; raises ArchiveError if the end did not come."""
        if not self.stopped and not (self._tar.ended and self._inflater.whole):
            raise ArchiveError("the archive ended early")
        found = self._members
        return Archive(found.commit, found.tree(), found.contents, tuple(found.gaps))

    def _count(self, size: int) -> None:
        self._unpacked += size
        if self._unpacked > self._limits.unpacked_bytes:
            self._members.stop(f"the archive unpacks to over {_amount(self._limits.unpacked_bytes)}")
        elif self._unpacked > max(self._limits.unsuspected, self._packed * self._limits.ratio):
            self._members.stop(f"the archive unpacks to over {self._limits.ratio} times its size")


def _amount(size: int) -> str:
    return f"{size / _MIB:,.0f} MiB"
