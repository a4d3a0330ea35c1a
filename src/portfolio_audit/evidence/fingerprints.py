"""What tells that two repositories hold the same code, small enough to keep for hundreds of them."""

from __future__ import annotations

from hashlib import blake2b

from portfolio_audit.evidence.layout import CODE
from portfolio_audit.evidence.ownership import is_authored
from portfolio_audit.model.snapshot import Snapshot

_LEAST_LINES = 12
"""Shorter files are alike by chance: an empty package, a line that starts a server."""
_MOST = 2_000
_BYTES = 8


def fingerprints(snapshot: Snapshot) -> frozenset[bytes]:
    """A hash of every file of code that was read; line ends do not count. Empty when there are fewer than two."""
    texts = (text for path, text in snapshot.texts.items() if CODE.search(path) and is_authored(path))
    told = [text for text in texts if isinstance(text, str) and text.count("\n") >= _LEAST_LINES][:_MOST]
    found = frozenset(
        blake2b(text.replace("\r", "").encode(errors="replace"), digest_size=_BYTES).digest() for text in told
    )
    return found if len(found) > 1 else frozenset()
