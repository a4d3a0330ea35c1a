"""Where repositories come from: every source gives the same snapshot."""

# os.path answers no for what is no path or may not be looked at, where Path raises:
# ruff: noqa: PTH110, PTH112, PTH114, PTH118, PTH208

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from os.path import exists, isdir, islink, join

from portfolio_audit.errors import NotARepository, NotFound
from portfolio_audit.model.snapshot import Limits, Selection, Snapshot
from portfolio_audit.sources import folder, git, recorded
from portfolio_audit.sources.base import Source
from portfolio_audit.sources.naming import remote_reference

SOURCES: Mapping[str, Source] = {"recorded": recorded, "git": git, "folder": folder}
"""Every source of files on this machine, in the order in which they are asked whether a target is theirs."""

_PAIR = re.compile(r"[^+]+\+[^+]+")


def collect(
    target: str, *, ref: str | None = None, select: Selection, limits: Limits, hosted: Source | None = None
) -> Snapshot:
    """Read a repository with the first source that accepts the target; ``hosted`` is asked last."""
    sources = [*SOURCES.values(), *([hosted] if hosted else [])]
    for source in sources:
        if source.accepts(target):
            return source.collect(target, ref=ref, select=select, limits=limits)
    raise _refusal(target, is_asked=hosted is not None)


def _refusal(target: str, *, is_asked: bool) -> NotFound | NotARepository:
    """Why nothing takes the target; ``is_asked`` says that a GitHub was, and that it is on another one."""
    if exists(target):
        return NotARepository(target, "this is a file.", advice="Name a folder, a git repository or a *.snapshot.json.")
    hosted = remote_reference(target)
    if hosted is None:
        shown = re.sub(r"//[^/@]*@", "//", target)
        return NotFound(shown, "there is no such file or folder.")
    name = "/".join(hosted)
    if is_asked:
        advice = "Ask there with --api-url https://github.com, or write OWNER/NAME for the one that you ask."
        return NotFound(name, "the address is of another GitHub than the one that is asked.", advice=advice)
    advice = f"Clone it first: git clone https://github.com/{name}"
    return NotFound(name, "there is no such folder, and this is read from files only.", advice=advice)


def find_repositories(portfolio: str) -> tuple[str, ...]:
    """The targets in a folder that holds one repository a child, sorted by name.

    A child is a git repository, bare or not, a folder ``OWNER+NAME`` with one called ``repo``, a recorded
    snapshot, or a plain folder that is not hidden. Links are left out, since they may lead elsewhere.
    """
    try:
        children = sorted(os.listdir(portfolio))
    except FileNotFoundError as error:
        raise NotFound(portfolio, "there is no such folder.") from error
    except NotADirectoryError as error:
        raise NotARepository(portfolio, "this is a file, not a folder of repositories.") from error
    except OSError as error:
        raise NotFound(portfolio, f"the folder cannot be opened ({error.strerror}).") from error
    return tuple(target for child in children for target in _targets(join(portfolio, child), child))


def _targets(child: str, name: str) -> tuple[str, ...]:
    nested = join(child, "repo")
    if name == ".git" or islink(child):
        return ()
    if not isdir(child):
        return (child,) if recorded.accepts(child) else ()
    if git.accepts(child):
        return (child,)
    if _PAIR.fullmatch(name) and isdir(nested) and not islink(nested):
        return (nested,)
    return () if name.startswith(".") else (child,)
