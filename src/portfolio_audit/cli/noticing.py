"""What is told on standard error while an audit goes on: progress, waits, costs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from portfolio_audit.audit import Progress
from portfolio_audit.reporting.escaping import clean

_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Notices:
    """How an audit tells how it is getting on: in sentences, and in steps, one a repository (None: nobody looks).

    What must be known, such as a wait, goes to ``warn``, even where all else is quiet.
    """

    tell: Callable[[str], None]
    warn: Callable[[str], None]
    progress: Progress | None = None


@contextmanager
def notices(*, quiet: bool, plain: bool = False) -> Iterator[Notices]:
    """A progress bar when somebody is looking, else (or when ``plain``) lines; nothing when quiet."""
    if quiet:
        yield Notices(lambda _: None, _say)
    elif plain or not sys.stderr.isatty():
        yield Notices(_say, _say)
    else:
        yield from _bar()


def _bar() -> Iterator[Notices]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars
    from rich.text import Text

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}", markup=False))
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("reading", total=None)

        def advance(name: str, done: int, total: int) -> None:
            bars.update(task, completed=done, total=total, description=clean(name, 40))

        def tell(sentence: str) -> None:
            bars.console.print(Text(clean(sentence, _LONGEST), style="dim"))

        yield Notices(tell, tell, advance)


def _say(sentence: str) -> None:
    sys.stderr.write(f"{clean(sentence, _LONGEST)}\n")
    sys.stderr.flush()
