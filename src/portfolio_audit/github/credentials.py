"""Whose eyes we read with: the token, where it was found, and how nothing of it is ever shown or stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b


@dataclass(frozen=True, slots=True)
class Token:
    """A secret that tells GitHub who asks; ``origin`` is where it was found, such as ``GITHUB_TOKEN``.

    Neither its text nor its representation shows the secret.
    """

    secret: str = field(repr=False)
    origin: str

    @property
    def identity(self) -> str:
        """A name for this token that says nothing of it, under which what it may read is kept."""
        return blake2b(self.secret.encode(), digest_size=16, person=b"portfolio-audit").hexdigest()
