"""Locations with a link to the line on GitHub, at the commit that was audited."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from portfolio_audit.model.location import Location as AuditLocation
from portfolio_audit.model.report import RepositoryReport
from portfolio_audit.model.result import Finding as AuditFinding
from portfolio_audit.model.snapshot import Unavailable
from portfolio_audit.reporting.wire.text import text
from portfolio_audit.reporting.wire.verdicts import Finding, Location

_PAGE = re.compile(r'https?://[^\s<>"/?#][^\s<>"]*')
_COMMIT = re.compile(r"[0-9a-f]{7,64}")
_RENDERED = (".md", ".markdown", ".rst", ".ipynb", ".csv", ".tsv", ".adoc", ".org", ".svg", ".mdx")
"""What GitHub shows rendered; its plain text, where lines have addresses, is one question mark further."""


def web_url(address: str) -> str:
    """The address if it is one of the web, with what does not belong into it encoded; else empty."""
    encoded = quote(text(address), safe="/:?#[]@!$&'()*+,;=%~")
    return encoded if _PAGE.fullmatch(encoded) else ""


@dataclass(frozen=True, slots=True)
class Linked:
    """The page that the locations of a repository are found on, empty if it is not known.

    ``within``: the repositories by full name, for locations that begin with one.
    """

    page: str = ""
    within: Mapping[str, Linked] = field(default_factory=dict)
    _known: dict[str, str] = field(default_factory=dict)

    @classmethod
    def to(cls, repository: RepositoryReport) -> Linked:
        """The links into a repository."""
        page, commit = web_url(repository.web_url.rstrip("/")), repository.commit
        known = page and not isinstance(commit, Unavailable) and _COMMIT.fullmatch(commit)
        return cls(f"{page}/blob/{commit}" if known else "")

    def of(self, repository: str) -> Linked:
        """The links into one of the repositories."""
        return self.within.get(repository, self)

    def location(self, at: AuditLocation) -> Location:
        """A location as it is exported."""
        return Location(text(at.path), at.line or None, at.cell or None, text(at.note), self.address(at.path, at.line))

    def finding(self, finding: AuditFinding) -> Finding:
        """A finding as it is exported."""
        at = finding.at
        address = self.address(at.path, at.line)
        return Finding(finding.fingerprint, text(at.path), at.line or None, at.cell or None, text(at.note), address)

    def address(self, path: str, line: int) -> str | None:
        """The address of a line."""
        if self.within:
            repository, path = self._within(path)
            return repository.address(path, line)
        if not self.page or not path:
            return None
        if path not in self._known:
            self._known[path] = f"{self.page}/{quote(text(path))}"
        plain = "?plain=1" if line and path.lower().endswith(_RENDERED) else ""
        return f"{self._known[path]}{plain}#L{line}" if line else self._known[path]

    def _within(self, path: str) -> tuple[Linked, str]:
        """The repository that a path begins with, and the path in it; for no such path one without a page."""
        pieces = path.split("/")
        for count in (2, 1):
            name = "/".join(pieces[:count])
            if name in self.within:
                return self.within[name], "/".join(pieces[count:])
        return Linked(), ""
