"""Everything an audit depends on beside the repository."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256

from portfolio_audit.model.rule import Ruleset
from portfolio_audit.model.snapshot import Limits
from portfolio_audit.model.vocabulary import Vocabulary

_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Settings:
    """The rules in force, and how and when to read.

    ``kinds`` overrules the detected kind: (glob over the full name, kind). ``exclude`` are globs of repositories that
    are left out of a portfolio. ``jobs`` is the number of processes a portfolio may use. ``check_links`` asks whether
    the addresses of demos answer, which needs the network.
    """

    ruleset: Ruleset
    vocabulary: Vocabulary
    limits: Limits = field(default_factory=Limits)
    ref: str | None = None
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    jobs: int = 1
    kinds: tuple[tuple[str, str], ...] = ()
    exclude: tuple[str, ...] = ()
    check_links: bool = False

    @property
    def standard(self) -> str:
        """A digest that changes with whatever can move a score: rules, weights, grades, vocabulary, said kinds."""
        judging = (self.ruleset.standard, self.vocabulary, self.kinds)
        return sha256(repr(judging).encode("utf-8", "replace")).hexdigest()[:_DIGITS]

    def at(self, ref: str | None) -> Settings:
        """The same settings for another revision."""
        return replace(self, ref=ref)
