"""Pages of a list, as GraphQL connections."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

from github_server.graphql.errors import TypedError
from github_server.graphql.nodes import Args
from github_server.messages import Json

PREFIX = "cursor:v2:"


def connection(items: Sequence[Any], args: Args, **more: Json) -> Json:
    """The page that ``first``, ``last``, ``after`` and ``before`` ask for."""
    start = position(args.get("after"), -1) + 1
    end = position(args.get("before"), len(items))
    if (first := args.get("first")) is not None:
        end = min(end, start + first)
    elif (last := args.get("last")) is not None:
        start = max(start, end - last)
    numbers = range(start, max(min(end, len(items)), start))
    return {
        "nodes": [items[number] for number in numbers],
        "edges": [{"cursor": cursor(number), "node": items[number]} for number in numbers],
        "totalCount": len(items),
        "pageInfo": {
            "hasNextPage": numbers.stop < len(items),
            "hasPreviousPage": start > 0,
            "startCursor": cursor(numbers.start) if numbers else None,
            "endCursor": cursor(numbers.stop - 1) if numbers else None,
        },
        **more,
    }


def cursor(number: int) -> str:
    return base64.b64encode(f"{PREFIX}{number}".encode()).decode()


def position(text: str | None, missing: int) -> int:
    if text is None:
        return missing
    try:
        return int(base64.b64decode(text).decode().removeprefix(PREFIX))
    except ValueError as error:
        raise TypedError("INVALID_CURSOR_ARGUMENTS", f"`{text}` does not appear to be a valid cursor.") from error


def ordered(items: Sequence[Any], keys: dict[str, Any], order: Args | None) -> list[Any]:
    """Items in the order of an ``orderBy`` argument, as they are without one."""
    if order is None:
        return list(items)
    return sorted(items, key=keys[order["field"]], reverse=order["direction"] == "DESC")
