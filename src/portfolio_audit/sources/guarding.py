"""What would make libgit2 wait or read without end is refused before it opens a git directory.

A repository that came as an archive can hold anything: a pipe in the place of a reference is waited for, forever.
"""

# os.path answers no for what is no path or may not be looked at, where Path raises:
# ruff: noqa: PTH110, PTH111, PTH112, PTH113, PTH118, PTH120, PTH202, PTH208

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from os.path import dirname, exists, expanduser, getsize, isdir, isfile, join
from pathlib import Path

from portfolio_audit.errors import NotARepository

MOST_CONFIGURATION = 1024 * 1024
MOST_REFERENCES = 64 * 1024 * 1024
MOST_INCLUDED = 100
_LISTED = ("", "objects/info", "objects/pack")
_READ = ("HEAD", "packed-refs", "shallow", "objects/info/alternates")
_CONFIGURATIONS = ("config", "config.worktree")
_INCLUDED = re.compile(r"^[^\n#;=]{0,300}\bpath[ \t]*=[ \t]*\"?([^\"\n]{1,4096})", re.IGNORECASE | re.MULTILINE)
_FILE_BYTES = 4096


def refuse_endless(target: str) -> None:
    """Raise NotARepository if the git directory of the target holds what is no file, or files without measure."""
    folder = _git_folder(target)
    for place in {folder, _common(folder)}:
        for path in _special(place):
            raise NotARepository(target, f"its git directory holds '{path}', which is no ordinary file.")
        for name in _READ:
            if isfile(join(place, name)) and getsize(join(place, name)) > MOST_REFERENCES:
                raise NotARepository(target, f"its '{name}' is far too large.")
        for name in _CONFIGURATIONS:
            _check_configuration(target, join(place, name))


def _git_folder(target: str) -> str:
    inner = join(target, ".git")
    if isfile(inner):
        return join(target, _start(inner).removeprefix("gitdir:").strip())
    return inner if isdir(inner) else target


def _common(folder: str) -> str:
    """The directory that a linked work tree shares with the others."""
    file = join(folder, "commondir")
    return join(folder, _start(file).strip()) if isfile(file) else folder


def _start(file: str) -> str:
    try:
        with Path(file).open("rb") as opened:
            return opened.read(_FILE_BYTES).decode("utf-8", "surrogateescape").replace("\0", "")
    except OSError:
        return ""


def _special(folder: str) -> Iterator[str]:
    """The paths of pipes, devices and sockets where libgit2 looks for files."""
    listed = [join(folder, name) for name in _LISTED] + [place for place, _, _ in os.walk(join(folder, "refs"))]
    for place in listed:
        for path in sorted(os.listdir(place)) if isdir(place) else ():
            whole = join(place, path)
            if exists(whole) and not isfile(whole) and not isdir(whole):
                yield os.path.relpath(whole, folder)


def _check_configuration(target: str, path: str) -> None:
    """Follow what a configuration includes, again and again, as libgit2 will."""
    waiting = [path] if exists(path) else []
    size = taken = 0
    while waiting:
        path = waiting.pop()
        if not isfile(path):
            raise NotARepository(target, "its configuration includes what is no ordinary file.")
        size, taken = size + getsize(path), taken + 1
        if size > MOST_CONFIGURATION or taken > MOST_INCLUDED:
            raise NotARepository(target, "its configuration is far too large.")
        waiting += _included(path)


def _included(path: str) -> Iterator[str]:
    text = Path(path).read_text(encoding="utf-8", errors="surrogateescape").replace("\\\n", "").replace("\0", "")
    for found in _INCLUDED.findall(text):
        place = join(dirname(path), expanduser(found.strip()))
        if exists(place):
            yield place
