"""Whose a repository is and what it is called, from its folder and its remote; no credentials pass."""

# A link's own name is meant, which Path cannot give without "..":
# ruff: noqa: PTH100, PTH119, PTH120

from __future__ import annotations

import os
import re
from dataclasses import dataclass

_PERSON = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})"
_REPOSITORY = r"[A-Za-z0-9._-]{1,100}"
_PAIR = re.compile(rf"({_PERSON})\+({_REPOSITORY})")
_SLASHED = re.compile(rf"({_PERSON})/({_REPOSITORY})")
_REMOTE = re.compile(
    r"(?:(?:https?|ssh|git)://(?:[^/@]{0,500}@)?(?:www\.|ssh\.)?github\.com(?::\d{1,5})?/|(?:\w{1,40}@)?github\.com:/?)"
    rf"({_PERSON})/({_REPOSITORY}?)(?:\.git)?/?",
    re.IGNORECASE,
)
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Naming:
    """The name of a repository, its owner (empty when unknown) and its page (or empty)."""

    name: str
    owner: str = ""
    web_url: str = ""


def name_of(target: str, remote: str = "") -> Naming:
    """Name what is at a path: by its folders (``OWNER+NAME``, ``OWNER+NAME/repo``), else by a GitHub remote."""
    folder = os.path.abspath(target)
    if os.path.basename(folder) == ".git":
        folder = os.path.dirname(folder)
    parent, own = os.path.split(folder)
    hosted = on_github(remote)
    web_url = f"https://github.com/{hosted[0]}/{hosted[1]}" if hosted else ""
    pair = _PAIR.fullmatch(own) or (own == "repo" and _PAIR.fullmatch(os.path.basename(parent)))
    if pair:
        return Naming(pair[2], pair[1], web_url)
    if hosted:
        return Naming(hosted[1], hosted[0], web_url)
    return Naming(own.removesuffix(".git") or own or "folder")


def on_github(address: str) -> tuple[str, str] | None:
    """Owner and name in the address of a repository on GitHub, however it is written."""
    match = _REMOTE.fullmatch(address) if len(address) <= _LONGEST else None
    return (match[1], match[2]) if match else None


def remote_reference(target: str) -> tuple[str, str] | None:
    """Owner and name when the target is not a path but means a repository on GitHub."""
    match = _SLASHED.fullmatch(target)
    return (match[1], match[2].removesuffix(".git")) if match else on_github(target)
