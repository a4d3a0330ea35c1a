"""Archives that no git would make: for readers that must not believe what they unpack."""

from __future__ import annotations

import gzip
import io
import tarfile

TOP = "sales-main/"


def packed(*members: tuple[tarfile.TarInfo, bytes]) -> bytes:
    """A tar.gz file of exactly these members."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for info, content in members:
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return gzip.compress(made.getvalue())


def file(path: str, content: bytes = b"x") -> tuple[tarfile.TarInfo, bytes]:
    return tarfile.TarInfo(path), content


def link(path: str, target: str, kind: bytes = tarfile.SYMTYPE) -> tuple[tarfile.TarInfo, bytes]:
    info = tarfile.TarInfo(path)
    info.type, info.linkname = kind, target
    return info, b""


def escaping() -> bytes:
    """Paths that lead out of the folder: up, from the root, through links, and with odd characters."""
    paths = ("../up.txt", "/etc/cron.d/x", f"{TOP}../../up.txt", f"{TOP}a/./b\\..\\c", f"{TOP}nul\0byte", "elsewhere/x")
    links = (link(f"{TOP}way", "/etc"), link(f"{TOP}hard", "../../etc/passwd", tarfile.LNKTYPE))
    device = tarfile.TarInfo(f"{TOP}device")
    device.type = tarfile.CHRTYPE
    through = file(f"{TOP}way/passwd")
    return packed(*(file(p) for p in paths), *links, through, (device, b""), file(f"{TOP}README.md", b"# Good\n"))


def bomb(megabytes: int = 100) -> bytes:
    """Little that becomes much: one file of zeros."""
    return packed(file(f"{TOP}zeros.py", bytes(megabytes * 1024 * 1024)))


def crowd(count: int = 200_000) -> bytes:
    """Very many empty files."""
    header = tarfile.TarInfo(f"{TOP}000000.py").tobuf()
    return gzip.compress(b"".join(header for _ in range(count)) + bytes(1024), 1)


def truncated() -> bytes:
    """A good archive without its end."""
    return packed(file(f"{TOP}README.md", b"# Sales\n" * 999), file(f"{TOP}train.py"))[:-20]
