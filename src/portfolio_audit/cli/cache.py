"""``portfolio-audit cache``: what is kept of GitHub between audits."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from portfolio_audit.github.cache_contents import Contents
    from portfolio_audit.github.entries import Summary

app = typer.Typer(
    no_args_is_help=True, help="Show and clear what is kept of GitHub between audits.", rich_markup_mode="rich"
)

OlderThan = Annotated[
    float | None,
    typer.Option("--older-than", metavar="DAYS", min=0, help="Only what was of no use for so many days."),
]
_DAY = 24 * 3600
_KIB = 1024


@app.command("info")
def info() -> None:
    """Say where the cache is, how big it is, what is in it, and when that was last of use.

    Examples:
      portfolio-audit cache info
    """
    from portfolio_audit.github.cache_contents import cache_contents
    from portfolio_audit.github.cache_folder import cache_folder

    folder = cache_folder(os.environ)
    contents = cache_contents(folder, _tell)
    sys.stdout.write(
        f"{folder}: {_amount(sum(file.size for file in contents)) if contents else 'nothing is kept yet'}\n"
    )
    width = max((len(file.file.name) for file in contents), default=0)
    for file in contents:
        sys.stdout.write(f"  {file.file.name:<{width}}  {_amount(file.size):>10}  {_described(file)}\n")


@app.command("clear")
def clear(older_than: OlderThan = None) -> None:
    """Remove what is kept, all of it or what was not used lately. The next audit reads it again.

    Examples:
      portfolio-audit cache clear

      portfolio-audit cache clear --older-than 30
    """
    import math
    import time

    from portfolio_audit.github.cache_contents import cache_contents, clear_cache
    from portfolio_audit.github.cache_folder import cache_folder

    folder = cache_folder(os.environ)
    there = cache_contents(folder, _tell)
    clear_cache(folder, _tell, before=math.inf if older_than is None else time.time() - older_than * _DAY)
    left = cache_contents(folder, _tell)
    gone = _difference(there, left)
    freed = sum(file.size for file in there) - sum(file.size for file in left)
    sys.stdout.write(f"Removed {gone}: {_amount(max(freed, 0))} freed.\n" if gone else "There is nothing to remove.\n")


def _difference(there: list[Contents], left: list[Contents]) -> str:
    """What is there no longer, in words."""
    counts = {name: count for file in there for name, count in file.summary.counts.items()}
    still = {name: count for file in left for name, count in file.summary.counts.items()}
    gone = {name: count - still.get(name, 0) for name, count in counts.items()}
    gone["damaged files"] = len(there) - len(left)
    return _counted({name: count for name, count in gone.items() if count > 0})


def _described(file: Contents) -> str:
    if ".damaged-" in file.file.name:
        return "damaged, set aside"
    return f"{_counted(file.summary.counts)}; last used {_span(file.summary)}" if file.summary.counts else "empty"


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} {_singular(name) if count == 1 else name}" for name, count in sorted(counts.items()))


def _singular(name: str) -> str:
    return "reply" if name == "replies" else name.removesuffix("s")


def _span(summary: Summary) -> str:
    from datetime import UTC, datetime

    days = [datetime.fromtimestamp(at, UTC).date().isoformat() for at in (summary.oldest or 0, summary.newest or 0)]
    return days[0] if days[0] == days[1] else f"{days[0]} to {days[1]}"


def _amount(size: int) -> str:
    if size < _KIB:
        return f"{size} bytes"
    return f"{size / _KIB / _KIB:,.1f} MiB" if size >= _KIB * _KIB else f"{size / _KIB:,.1f} KiB"


def _tell(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
