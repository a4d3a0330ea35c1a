"""What the user chose on the command line, in two handfuls: what is audited, and what is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import typer

from portfolio_audit.cli.destinations import Destination, destinations


@dataclass(frozen=True, slots=True)
class Given:
    """The options that decide what is audited and how."""

    config: Path | None = None
    rules: Sequence[Path] = ()
    ref: str | None = None
    jobs: int | None = None
    now: datetime | None = None
    check_links: bool = False
    record: bool | None = None
    history: Path | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """The options that decide how GitHub is asked; ``max_wait`` in seconds."""

    token_stdin: bool = False
    no_token: bool = False
    api_url: str | None = None
    max_requests: int | None = None
    max_wait: float = 60.0
    no_cache: bool = False
    refresh: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """The options that decide what is shown and where; ``repositories`` are shown in full in a portfolio."""

    formats: Sequence[str] | None = None
    outputs: Sequence[Path] | None = None
    quiet: bool = False
    verbose: bool = False
    no_color: bool = False
    fail_under: str | None = None
    exit_zero: bool = False
    repositories: Sequence[str] = ()

    @property
    def destinations(self) -> tuple[Destination, ...]:
        """Which format goes where; raises BadParameter for what does not go together."""
        return destinations(self.formats or (), self.outputs or ())

    def check(self, letters: Sequence[str]) -> None:
        """Refuse unknown formats and letters before any work is done."""
        _ = self.destinations
        if self.fail_under is not None and self.fail_under.upper() not in letters:
            raise typer.BadParameter(f"'{self.fail_under}' is no grade. Choose from: {', '.join(letters)}.")
