"""What people write for a repository or an account on GitHub: names, addresses of pages, addresses for git."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from portfolio_audit.github.addresses import Addresses, is_loopback

_WEB = Addresses().web
_GITHUB = Addresses().host
_LOGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,38}")
"""Letters, digits and hyphens; an underscore in the accounts that an enterprise manages."""
_NAME = re.compile(r"[A-Za-z0-9._-]{1,100}")
_ADDRESS = re.compile(
    r"(?:(?:https?|ssh|git)://)?(?:[^/@?#]{1,500}@)?(?P<host>\[[0-9A-Fa-f:.]{2,45}\]|[^/@:?#]{1,255})(?::\d{1,5})?[:/]"
    r"(?P<path>[^?#]*)(?:[?#].*)?",
    re.IGNORECASE | re.DOTALL,
)
_UNFIT_REF = re.compile(r"[ ~^:?*\[\\\ufffd]|\.\.|@\{|//|/\.|\.lock(?:/|$)|^[-/.@]$|^[-/.]|[/.]$")
"""What git allows in no name of a branch or tag."""
_COMMIT = re.compile(r"[0-9a-f]{40}")
_ALONE = frozenset({"main", "master", "HEAD"})
"""Where a branch has such a name, none can be called like a folder in it: ``main/src`` is a folder of ``main``."""
_NOBODYS = frozenset(
    re.findall(
        r"\S+",
        "about account apps collections contact customer-stories dashboard enterprise events explore features issues "
        "join login logout marketplace new notifications orgs organizations pricing pulls search security sessions "
        "settings signup site sponsors stars team topics trending users",
    )
)
"""First parts of GitHub's own pages, which no account can be called."""
_UNDATED = frozenset(
    {"actions", "activity", "branches", "graphs", "issues", "pulls", "pulse", "security", "tags", "wiki"}
)
"""Pages of a repository that are about no branch of it."""
_LONGEST = 2_000
_LONGEST_REF = 250


@dataclass(frozen=True, slots=True)
class Reference:
    """A repository on GitHub, and the branch, tag or commit that is meant (None: the default branch)."""

    owner: str
    name: str
    ref: str | None = None

    @property
    def full_name(self) -> str:
        """``owner/name``."""
        return f"{self.owner}/{self.name}"


def reference_of(target: str, web: str = _WEB) -> Reference | None:
    """The repository that a target means on the GitHub with this address, or None.

    Which part of a page's address is the branch cannot always be seen. Of ``…/blob/REF/path`` it is the first part, of
    ``…/tree/a/b`` all of it, unless the first part is a commit, ``main``, ``master`` or ``HEAD``: for other branches
    write ``OWNER/NAME@REF``.
    """
    if len(target) > _LONGEST:
        return None
    names, at, ref = target.partition("@")
    owner, _, name = names.partition("/")
    if _LOGIN.fullmatch(owner) and _NAME.fullmatch(name):
        return _made(owner, name, ref if at else None)
    return _paged(_page(target, web))


def login_of(target: str, web: str = _WEB) -> str | None:
    """The account that a target means on the GitHub with this address, or None: ``ada``, ``@ada``, its page."""
    if len(target) > _LONGEST:
        return None
    match _page(target, web):
        case ("orgs", login, *_):
            return login if _LOGIN.fullmatch(login) else None
        case (login,) if login.lower() not in _NOBODYS:
            return login if _LOGIN.fullmatch(login) else None
        case _:
            short = target.removeprefix("@")
            return short if _LOGIN.fullmatch(short) else None


def _page(target: str, web: str) -> tuple[str, ...]:
    """The parts of an address on that GitHub, none of them empty; nothing for any other text.

    A GitHub on this machine stands for github.com: people and files write that one's addresses.
    """
    match = _ADDRESS.fullmatch(target)
    if match is None:
        return ()
    host = match["host"].lower().strip("[]").removeprefix("www.").removeprefix("ssh.")
    own = (urlsplit(web).hostname or "").removeprefix("www.")
    if host != own and not (is_loopback(own) and host == _GITHUB):
        return ()
    return tuple(unquote(part) for part in match["path"].split("/") if part)


def _paged(page: tuple[str, ...]) -> Reference | None:
    """The repository that a page is of."""
    match page:
        case (owner, name, *rest) if owner.lower() not in _NOBODYS:
            whole = not rest or rest == ["releases"] or rest[0] in _UNDATED
            return _made(owner, name, None if whole else _ref_of(rest[0], rest[1:]))
        case _:
            return None


def _ref_of(page: str, rest: list[str]) -> str:
    """The branch, tag or commit of a page of a repository; empty if it shows none."""
    match page, rest:
        case "tree", [first, *_] if first not in _ALONE and not _COMMIT.fullmatch(first):
            return "/".join(rest)
        case "releases", ["tag", *tag]:
            return "/".join(tag)
        case (("tree" | "blob" | "blame" | "raw" | "commit" | "commits"), [first, *_]):
            return first
        case _:
            return ""


def _made(owner: str, name: str, ref: str | None) -> Reference | None:
    bare = name.removesuffix(".git")
    named = _LOGIN.fullmatch(owner) and _NAME.fullmatch(bare) and bare not in {".", ".."}
    return Reference(owner, bare, ref) if named and (ref is None or _is_ref(ref)) else None


def _is_ref(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_REF and text.isprintable() and not _UNFIT_REF.search(text)
