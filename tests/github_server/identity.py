"""Ids that look like GitHub's and are always the same for the same thing."""

from __future__ import annotations

import base64
from hashlib import sha256


def digest(*words: object) -> str:
    """Hexadecimal digits that depend on nothing but the words."""
    return sha256("\0".join(map(str, words)).encode()).hexdigest()


def database_id(*words: object) -> int:
    """A number as GitHub's tables would have."""
    return int(digest(*words)[:7], 16) + 1


def node_id(prefix: str, number: int) -> str:
    """The global id of a thing: a type's prefix and, in MessagePack, its number."""
    packed = b"\x92\x00\xce" + number.to_bytes(4, "big")
    return f"{prefix}_{base64.urlsafe_b64encode(packed).decode().rstrip('=')}"
