"""The host that packs repositories: ``/OWNER/NAME/tar.gz/REF``, and signed addresses for private ones."""

from __future__ import annotations

import gzip
import io
import tarfile
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache

from github_server.attributes import LEAVE_OUT, SUBSTITUTE, is_set, lines_of, substituted
from github_server.history import PlacedCommit
from github_server.identity import digest
from github_server.messages import Reply, Request
from github_server.objects import Entry, content_of
from github_server.outcome import Hub, Outcome
from github_server.repository import Repository

NOT_FOUND = b"404: Not Found"
PLAIN, LEGACY = "tar.gz", "legacy.tar.gz"


def answer(hub: Hub, request: Request) -> Outcome:
    """Serve one archive; a private repository's only at its signed address."""
    parts = request.path.strip("/").split("/", 3)
    shortest = 4
    found = hub.world.repository("/".join(parts[:2])) if len(parts) == shortest else None
    if found is None or parts[2] not in {PLAIN, LEGACY} or not open_to(found, request, parts[3]):
        return missing()
    placed = found.resolve(parts[3])
    if placed is None or not hub.world.shows(found):
        return missing()
    top = top_folder(found, placed, parts[3], legacy=parts[2] == LEGACY)
    return Outcome(packed_reply(found, placed, top))


def missing() -> Outcome:
    return Outcome(Reply(404, NOT_FOUND, {"Content-Type": "text/plain; charset=utf-8"}))


def open_to(repository: Repository, request: Request, ref: str) -> bool:
    if repository.blocked or repository.disabled:
        return False
    return not repository.private or request.query.get("token") == signature(repository, ref)


def signature(repository: Repository, ref: str) -> str:
    """What stands in the address to which the API sends those who may read a private repository."""
    return digest("signed", repository.full_name, ref)[:29].upper()


def top_folder(repository: Repository, placed: PlacedCommit, ref: str, *, legacy: bool) -> str:
    """The folder that everything is in: branches lose what stands before them, tags also their ``v``."""
    if legacy:
        return f"{repository.owner}-{repository.name}-{placed.oid[:7]}"
    short = ref.removeprefix("refs/heads/").removeprefix("refs/tags/")
    is_tag = f"refs/tags/{short}" in repository.refs and not ref.startswith("refs/heads/")
    plain = short[1:] if is_tag and short[:1] == "v" and short[1:2].isdecimal() else short
    return f"{repository.name}-{plain.replace('/', '-')}"


def packed_reply(repository: Repository, placed: PlacedCommit, top: str) -> Reply:
    name = f"{top}.tar.gz"
    return Reply(
        200,
        pieces(packed(placed.oid, top, moment(placed), tuple(members(placed)))),
        {
            "Content-Type": "application/x-gzip",
            "Content-Disposition": f"attachment; filename={name}",
            "ETag": f'W/"{digest(placed.oid, top)}"',
            "Vary": "Authorization,Accept-Encoding,Origin",
            "X-Frame-Options": "deny",
        },
    )


def pieces(content: bytes) -> Iterator[bytes]:
    """The content in parts, so that its length is not told before its end, as on GitHub."""
    size = 64 * 1024
    return (content[start : start + size] for start in range(0, len(content), size))


def moment(placed: PlacedCommit) -> int:
    return int(datetime.fromisoformat(placed.at).timestamp())


def members(placed: PlacedCommit) -> Iterator[tuple[Entry, bytes]]:
    """What is packed, in git's order: everything but what ``.gitattributes`` keeps out."""
    lines = lines_of(placed.objects)
    left_out: str | None = None
    for entry in placed.objects.walk():
        if left_out is not None and entry.path.startswith(left_out):
            continue
        if is_set(lines, LEAVE_OUT, entry):
            left_out = f"{entry.path}/"
            continue
        content = content_of(placed.objects.files[entry.path]) if entry.kind == "blob" else b""
        yield entry, substituted(content, placed.oid) if is_set(lines, SUBSTITUTE, entry) else content


@lru_cache(maxsize=512)
def packed(oid: str, top: str, at: int, entries: tuple[tuple[Entry, bytes], ...]) -> bytes:
    """The archive as ``git archive`` makes it, the commit's id in the comment of its global header."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.PAX_FORMAT, pax_headers={"comment": oid}) as tar:
        tar.addfile(dated(member(f"{top}/", tarfile.DIRTYPE, 0o775), at))
        for entry, content in entries:
            tar.addfile(dated(member_of(entry, top, content), at), io.BytesIO(content))
    return gzip.compress(made.getvalue(), 6, mtime=0)


def dated(info: tarfile.TarInfo, at: int) -> tarfile.TarInfo:
    info.mtime = at
    return info


def member_of(entry: Entry, top: str, content: bytes) -> tarfile.TarInfo:
    path = f"{top}/{entry.path}"
    if entry.kind != "blob":
        return member(f"{path}/", tarfile.DIRTYPE, 0o775)
    if entry.mode == "120000":
        info = member(path, tarfile.SYMTYPE, 0o777)
        info.linkname = content.decode()
        return info
    info = member(path, tarfile.REGTYPE, 0o775 if entry.mode == "100755" else 0o664)
    info.size = len(content)
    return info


def member(path: str, kind: bytes, mode: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(path)
    info.type, info.mode, info.uname, info.gname = kind, mode, "root", "root"
    return info
