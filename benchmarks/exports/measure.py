"""Seconds and bytes of every format."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from portfolio_audit.model.report import Report
from portfolio_audit.reporting import FORMATS
from portfolio_audit.reporting.wire import export
from portfolio_audit.reporting.wire.reading import parse_report

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Measured:
    """The best of several runs, in seconds of the process; and the size of what was made."""

    what: str
    seconds: float
    size: int


def measure(report: Report, repeats: int) -> Iterator[Measured]:
    """What is exported, every format made of it, and reading the export again."""
    exported, seconds = _best(lambda: export(report), repeats)
    yield Measured("what is exported, from the audit", seconds, 0)
    for name, form in FORMATS.items():
        if not form.live:
            page, seconds = _best(partial(form.convert, exported), repeats)
            yield Measured(name, seconds, len(page))
    kept = FORMATS["json"].convert(exported)
    _, seconds = _best(lambda: parse_report(kept), repeats)
    yield Measured("reading json again", seconds, len(kept))


def _best(make: Callable[[], Made], repeats: int) -> tuple[Made, float]:
    runs = [_timed(make) for _ in range(repeats)]
    return runs[0][0], min(seconds for _, seconds in runs)


def _timed(make: Callable[[], Made]) -> tuple[Made, float]:
    start = time.process_time()
    made = make()
    return made, time.process_time() - start
