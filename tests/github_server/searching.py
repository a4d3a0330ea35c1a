"""GitHub's search language, as far as REST and GraphQL need it here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from github_server.accounts import PullRequest


@dataclass(frozen=True, slots=True)
class Search:
    """The qualifiers of a query by name; those with a minus leave things out."""

    wanted: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, text: str) -> Self:
        """Read ``author:ada is:merged -user:ada``; words without a colon are passed over."""
        pairs = [word.split(":", 1) for word in text.split() if ":" in word]
        names = {name for name, _ in pairs}
        return cls({name: frozenset(value.lower() for n, value in pairs if n == name) for name in names})

    @property
    def author(self) -> str:
        """Whose pull requests are wanted."""
        return next(iter(self.wanted.get("author", ())), "")

    @property
    def owner(self) -> str:
        """In whose repositories."""
        return next(iter(self.wanted.get("user", ()) or self.wanted.get("org", ())), "")

    def fits(self, pull: PullRequest) -> bool:
        """Whether a pull request is meant."""
        where = pull.repository.lower().partition("/")[0]
        kinds = self.wanted.get("is", frozenset()) | self.wanted.get("type", frozenset())
        if "issue" in kinds or ("merged" in kinds and pull.merged_at is None):
            return False
        if {"open", "closed"} & kinds and ("open" in kinds) != (pull.merged_at is None):
            return False
        left_out = self.wanted.get("-user", frozenset()) | self.wanted.get("-org", frozenset())
        return where not in left_out and self.owner in {"", where}
