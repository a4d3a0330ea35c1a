"""Archives for tests: as git makes them, and as git never would."""

from __future__ import annotations

import gzip
import io
import subprocess
import tarfile
from collections.abc import Iterable
from pathlib import Path

from portfolio_audit.github.archive import Archive, ArchiveLimits, ArchiveReader

COMMIT = "c0ffee" * 6 + "beef"
Made = tuple[str, bytes | str | None]
"""A name, and the content of a file, or the target of a link, or None for a folder."""


def entry(name: str, content: bytes | str | None = b"", **fields: object) -> tuple[tarfile.TarInfo, bytes]:
    """One member; fields such as ``type`` or ``mode`` are set as given."""
    info = tarfile.TarInfo(name)
    info.type = {bytes: tarfile.REGTYPE, str: tarfile.SYMTYPE}.get(type(content), tarfile.DIRTYPE)
    data = content if isinstance(content, bytes) else b""
    info.size, info.linkname = len(data), content if isinstance(content, str) else ""
    for field, value in fields.items():
        setattr(info, field, value)
    return info, data


def tar(entries: Iterable[tuple[tarfile.TarInfo, bytes]], *, form: int = tarfile.PAX_FORMAT, **pax: str) -> bytes:
    """A tar file of members, with global pax records."""
    file = io.BytesIO()
    with tarfile.open(
        fileobj=file, mode="w", format=form, pax_headers=pax, encoding="utf-8", errors="surrogateescape"
    ) as made:
        for info, data in entries:
            made.addfile(info, io.BytesIO(data))
    return file.getvalue()


def packed(*members: Made, commit: str = COMMIT) -> bytes:
    """The tar.gz of members below the folder ``x-1``, as GitHub would send it."""
    return gzip.compress(tar([entry(f"x-1/{name}", content) for name, content in members], comment=commit), 1)


def read(data: bytes, limit: int = 1 << 20, *, chunk: int = 1 << 16, **limits: int) -> Archive:
    """Everything in an archive, fed in chunks."""
    reader = ArchiveReader(lambda _: True, lambda _: limit, ArchiveLimits(**limits))
    for start in range(0, len(data), chunk):
        reader.feed(data[start : start + chunk])
    return reader.finish()


def git_archive(repository: Path) -> bytes:
    """What git itself makes of the commit that is checked out."""
    command = ["git", f"--git-dir={repository}/.git", "archive", "--format=tar.gz", "--prefix=name-ref/", "HEAD"]
    return subprocess.run(command, check=True, capture_output=True).stdout
