"""JSON from GitHub read strictly: a value of the wrong type, or far too long, is an error and never a guess."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TypeVar

import orjson

from portfolio_audit.errors import Unreachable

Value = TypeVar("Value")
_MOST_TEXT = 20_000
_MOST_ITEMS = 2_000


class Payload:
    """One JSON object; ``target`` is what the user asked for, named in errors. Nulls read as if left out."""

    def __init__(self, value: object, target: str) -> None:
        self.target = target
        if not isinstance(value, dict):
            raise self.wrong("an object is missing")
        self.value: dict[str, object] = value

    def wrong(self, what: str) -> Unreachable:
        """The error that GitHub's answer is not of its documented form."""
        return Unreachable(self.target, f"GitHub's answer cannot be understood: {what}.", advice="Try again later.")

    def __contains__(self, key: str) -> bool:
        return self.value.get(key) is not None

    def text(self, key: str, *, most: int | None = _MOST_TEXT) -> str:
        """A text of at most so many characters, empty if there is none."""
        return (self._typed(key, str) or "")[:most]

    def flag(self, key: str) -> bool:
        """A truth value, False if there is none."""
        return bool(self._typed(key, bool))

    def number(self, key: str) -> int:
        """A whole number, 0 if there is none."""
        return self._typed(key, int) or 0

    def moment(self, key: str) -> datetime | None:
        """A moment in ISO 8601, in UTC."""
        text = self.text(key)
        if not text:
            return None
        try:
            moment = datetime.fromisoformat(text)
        except ValueError as error:
            raise self.wrong(f"'{key}' is no date") from error
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

    def inner(self, key: str) -> Payload | None:
        """The object at a key."""
        return Payload(self.value[key], self.target) if key in self else None

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts in a list, none if there is no list."""
        return tuple(item[:_MOST_TEXT] for item in self._list(key)[:_MOST_ITEMS] if isinstance(item, str))

    def items(self, key: str, *, most: int | None = _MOST_ITEMS) -> Iterator[Payload]:
        """At most so many objects in a list; GraphQL lists may hold nulls, which are left out."""
        return (Payload(item, self.target) for item in self._list(key)[:most] if item is not None)

    def nodes(self, key: str) -> Iterator[Payload]:
        """The nodes of a connection at a key."""
        connection = self.inner(key)
        return connection.items("nodes") if connection else iter(())

    def _list(self, key: str) -> list[object]:
        return self._typed(key, list) or []

    def _typed(self, key: str, kind: type[Value]) -> Value | None:
        value = self.value.get(key)
        if value is None:
            return None
        if not isinstance(value, kind):
            raise self.wrong(f"'{key}' is of the wrong type")
        return value


def decoded(body: bytes, target: str) -> object:
    """The value of a JSON text; raises Unreachable for anything else."""
    try:
        value: object = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Unreachable(
            target, "GitHub's answer is not JSON.", advice="Is a proxy or login page in between?"
        ) from error
    return value
