"""Every error the tool raises on purpose, each saying what to do next.

PortfolioAuditError
├── ConfigError            a configuration file or option cannot be used
├── RuleError              a rule, vocabulary or case file cannot be loaded
├── SourceError            a target cannot be read
│   ├── NotFound           there is nothing at the target
│   ├── NotARepository     there is something, but no repository
│   ├── NoCommits          a repository, but nothing in it at that revision
│   ├── AuthenticationError  GitHub refused the token, or asks for one
│   ├── Forbidden          it is there, but may not be read: scopes, single sign-on, blocked
│   ├── RateLimited        the limit of requests is used up, or our own budget
│   └── Unreachable        GitHub did not answer, or not in its own language
├── ArchiveError           an archive that GitHub sent is none, or damaged (caught inside, another way is taken)
├── ReportError            a report cannot be written, or one that was written cannot be read
├── HistoryError           the file of past audits cannot be used
└── ParseError             a file's text has not the form it should have (caught inside, becomes a problem)
    └── TooCostly          it may well have it, but is over a bound of ours
"""

from __future__ import annotations

from datetime import datetime

from portfolio_audit.model.location import Location


class PortfolioAuditError(Exception):
    """Base of all expected errors; its text is one sentence fit to show a user."""


class ConfigError(PortfolioAuditError):
    """The configuration or an option cannot be used as given."""

    def __init__(self, message: str, *, at: Location | None = None) -> None:
        self.at = at
        super().__init__(f"{at}: {message}" if at else message)


class RuleError(PortfolioAuditError):
    """A rule, vocabulary or rule-case file cannot be loaded."""

    def __init__(self, message: str, *, at: Location, suggestion: str | None = None) -> None:
        self.at = at
        self.suggestion = suggestion
        hint = f" Did you mean '{suggestion}'?" if suggestion else ""
        super().__init__(f"{at}: {message}{hint}")


class SourceError(PortfolioAuditError):
    """A target cannot be read; subclasses say why."""

    def __init__(self, target: str, reason: str, *, advice: str = "") -> None:
        self.target = target
        self.reason = reason
        super().__init__(f"{target}: {reason}" + (f" {advice}" if advice else ""))


class NotFound(SourceError):
    """There is nothing at the target."""


class NotARepository(SourceError):
    """There is something at the target, but it is no repository and no folder of files."""


class NoCommits(SourceError):
    """The repository has no commit, or not the revision that was asked for."""


class AuthenticationError(SourceError):
    """GitHub refused the token, or does not answer without one."""


class Forbidden(SourceError):
    """The repository or account exists, but may not be read with this token, or by anybody."""


class RateLimited(SourceError):
    """No request is left, by GitHub's limit or ours; ``resets_at`` says when there are more, if it is known."""

    def __init__(self, target: str, reason: str, *, advice: str = "", resets_at: datetime | None = None) -> None:
        self.resets_at = resets_at
        super().__init__(target, reason, advice=advice)


class Unreachable(SourceError):
    """GitHub did not answer, or sent what cannot be understood; ``final`` if asking again would not help."""

    def __init__(self, target: str, reason: str, *, advice: str = "", final: bool = False) -> None:
        self.final = final
        super().__init__(target, reason, advice=advice)


class ArchiveError(PortfolioAuditError):
    """What was sent as an archive of a repository is none, is cut short, or was never made by git."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class ReportError(PortfolioAuditError):
    """A report cannot be written where it was asked for, or a written one not be read again."""


class HistoryError(PortfolioAuditError):
    """The file of past audits cannot be read or written; it is left as it was."""


class ParseError(PortfolioAuditError):
    """A file's text does not have the form it should have.

    Raised by ``portfolio_audit.parsing``; the evidence layer turns it into a problem, so it
    never reaches a user as an error.
    """

    def __init__(self, reason: str, *, line: int | None = None) -> None:
        self.reason = reason
        self.line = line
        super().__init__(reason)


class TooCostly(ParseError):
    """A text is over a bound of ours: that says nothing of the file, whose facts stay undecided."""
