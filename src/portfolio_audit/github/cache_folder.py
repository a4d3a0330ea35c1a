"""The folder of what is kept between audits: where it is, and that nobody else reads it."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from platformdirs import user_cache_path

from portfolio_audit.errors import ConfigError

STORE = "store.sqlite3"
"""Our own file: trees, blobs and answers (store.py)."""
HTTP = "http.sqlite3"
"""The file of the HTTP cache."""
FOLDER_VARIABLE = "PORTFOLIO_AUDIT_CACHE_DIR"
SIZE_VARIABLE = "PORTFOLIO_AUDIT_CACHE_MB"
_MIB = 1024 * 1024
_DEFAULT_MIB = 1024
_MOST_DIGITS = 9
_MOST_SET_ASIDE = 3
_OURS = ("store", "http", ".gitignore")
_BESIDE = ("", "-wal", "-shm")


def cache_folder(environment: Mapping[str, str]) -> Path:
    """Where the cache is: what the environment names, else the place that the system has for it."""
    given = environment.get(FOLDER_VARIABLE)
    return Path(given).expanduser() if given else user_cache_path("portfolio-audit", appauthor=False)


def cache_limit(environment: Mapping[str, str]) -> int:
    """The size in bytes that our own file may have; raises ConfigError."""
    given = environment.get(SIZE_VARIABLE) or str(_DEFAULT_MIB)
    if not (given.isascii() and given.isdigit() and len(given) <= _MOST_DIGITS):
        raise ConfigError(f"{SIZE_VARIABLE} should be a number of megabytes, such as {_DEFAULT_MIB}.")
    return int(given) * _MIB


def create_private(file: Path) -> None:
    """Make a file that only its owner can read, before anything is written to it; raises OSError.

    SQLite gives the files that it makes beside it the same mode. A folder that is new, or holds nothing but our files,
    becomes as private.
    """
    folder = file.parent
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if all(name.startswith(_OURS) for name in os.listdir(folder)):  # noqa: PTH208  # names are enough
        with suppress(PermissionError):  # it is somebody else's
            folder.chmod(0o700)
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    descriptor = os.open(file, flags, 0o600)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise FileExistsError(f"{file.name} is no ordinary file")
        if stat.S_IMODE(status.st_mode) & 0o077 and hasattr(os, "fchmod"):
            os.fchmod(descriptor, 0o600)
    finally:
        os.close(descriptor)


def set_aside(file: Path) -> Path:
    """Rename a damaged file, and what SQLite keeps beside it; raises OSError."""
    number = next((n for n in range(1, _MOST_SET_ASIDE) if not damaged(file, n).exists()), _MOST_SET_ASIDE)
    for beside in _BESIDE:
        part = file.with_name(file.name + beside)
        if part.exists():
            part.replace(damaged(part, number))
    return damaged(file, number)


def damaged(file: Path, number: int) -> Path:
    """The name under which a damaged file is set aside."""
    return file.with_name(f"{file.name}.damaged-{number}")


def set_aside_before(folder: Path) -> list[Path]:
    """The damaged files that lie in the folder."""
    return sorted(file for begin in ("store", "http") for file in folder.glob(f"{begin}*.damaged-*"))
