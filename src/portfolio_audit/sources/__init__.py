"""Where repositories come from: every source gives the same snapshot."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from portfolio_audit.errors import NotARepository, NotFound
from portfolio_audit.model.snapshot import Limits, Selection, Snapshot
from portfolio_audit.sources import folder, git, recorded
from portfolio_audit.sources.base import Source
from portfolio_audit.sources.naming import remote_reference

SOURCES: Mapping[str, Source] = {"recorded": recorded, "git": git, "folder": folder}
"""Every source, in the order in which they are asked whether a target is theirs."""

_PAIR = re.compile(r"[^+]+\+[^+]+")


def collect(target: str, *, ref: str | None = None, select: Selection, limits: Limits) -> Snapshot:
    """Read a repository with the first source that accepts the target."""
    for source in SOURCES.values():
        if source.accepts(target):
            return source.collect(target, ref=ref, select=select, limits=limits)
    raise _refusal(target)


def _refusal(target: str) -> NotFound | NotARepository:
    if os.path.exists(target):  # noqa: PTH110  # false for any text
        return NotARepository(target, "this is a file.", advice="Name a folder, a git repository or a *.snapshot.json.")
    hosted = remote_reference(target)
    if hosted is None:
        shown = re.sub(r"//[^/@]*@", "//", target)
        return NotFound(shown, "there is no such file or folder.")
    name = "/".join(hosted)
    return NotFound(
        name,
        "there is no such folder, and reading from GitHub is not there yet.",
        advice=f"Clone it first: git clone https://github.com/{name}",
    )


def find_repositories(portfolio: str) -> tuple[str, ...]:
    """The targets in a folder that holds one repository a child, sorted by name.

    A child is a git repository, bare or not, a folder ``OWNER+NAME`` with one called ``repo``, a recorded
    snapshot, or a plain folder that is not hidden. Links are left out, since they may lead elsewhere.
    """
    try:
        children = sorted(Path(portfolio).iterdir())
    except FileNotFoundError as error:
        raise NotFound(portfolio, "there is no such folder.") from error
    except NotADirectoryError as error:
        raise NotARepository(portfolio, "this is a file, not a folder of repositories.") from error
    except OSError as error:
        raise NotFound(portfolio, f"the folder cannot be opened ({error.strerror}).") from error
    return tuple(str(t) for child in children if not child.is_symlink() for t in _targets(child))


def _targets(child: Path) -> tuple[Path, ...]:
    nested = child / "repo"
    if child.name == ".git":
        return ()
    if not child.is_dir():
        return (child,) if recorded.accepts(str(child)) else ()
    if git.accepts(str(child)):
        return (child,)
    if _PAIR.fullmatch(child.name) and nested.is_dir() and not nested.is_symlink():
        return (nested,)
    return () if child.name.startswith(".") else (child,)
