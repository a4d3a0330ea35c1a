"""Pages of a list, with links to the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar
from urllib.parse import urlencode

from github_server.rest.call import Call
from github_server.rest.canonical import numbered

T = TypeVar("T")
USUAL, MOST = 30, 100


def number(call: Call, name: str, usual: int) -> int:
    """A number of the query; nonsense means the usual."""
    text = call.query.get(name, "")
    return int(text) if text.isdecimal() and int(text) > 0 else usual


def page(call: Call, items: Sequence[T]) -> tuple[list[T], dict[str, str]]:
    """The page that was asked for, and the Link header if there are others."""
    size = min(number(call, "per_page", USUAL), MOST)
    current = number(call, "page", 1)
    last = max(-(-len(items) // size), 1)
    found = list(items[(current - 1) * size : current * size])
    links = {"prev": current - 1, "next": current + 1, "last": last, "first": 1}
    wanted = [rel for rel in links if (current > 1 if rel in {"prev", "first"} else current < last)]
    header = ", ".join(f'<{address(call, links[rel])}>; rel="{rel}"' for rel in wanted)
    return found, {"Link": header} if header else {}


def address(call: Call, current: int) -> str:
    return f"{call.api}{numbered(call)}?{urlencode({**call.query, 'page': str(current)})}"
