"""Files that are whole or not there."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from portfolio_audit.errors import ReportError


def write_file(path: Path, content: bytes) -> None:
    """Write one file; see :func:`write_files`."""
    write_files([(path, content)])


def write_files(contents: Iterable[tuple[Path, bytes]]) -> None:
    """Write every file beside its place, then rename them all: no file is ever half there, and none if one fails.

    Links are followed, and what is no ordinary file (a pipe, /dev/null) is written to as it is, at the end. Raises
    ReportError.
    """
    beside: list[tuple[Path, Path]] = []
    plain: list[tuple[Path, bytes]] = []
    place = Path()
    try:
        for place, content in contents:
            target = place.resolve()
            if target.exists() and not target.is_file() and not target.is_dir():
                plain.append((target, content))
            else:
                beside.append((target, _staged(target, content)))
        for place, written in beside:
            written.replace(place)
        for place, content in plain:
            place.write_bytes(content)
    except OSError as error:
        raise ReportError(
            f"{place}: cannot be written ({error.strerror}). Name another place with --output."
        ) from error
    finally:
        for _, written in beside:
            written.unlink(missing_ok=True)


def _staged(path: Path, content: bytes) -> Path:
    """A new file beside the path, which is removed again when it cannot be written whole."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}.")
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        beside.chmod(0o644)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    return beside
