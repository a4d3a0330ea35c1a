"""Seconds of writing the page, of keeping an audit, and of a backfill."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pygit2

from portfolio_audit.backfilling import audits
from portfolio_audit.dashboard.page import render
from portfolio_audit.defaults import default_settings
from portfolio_audit.engine.locate import shipped
from portfolio_audit.history import HistoryFile
from portfolio_audit.judging import collect
from portfolio_audit.reporting.wire import Report
from portfolio_audit.sources.timeline import milestones

REPEATS = 3
WEEKS = 52
_BEGIN = 1_700_000_000
_WEEK = 7 * 24 * 3600
_LIKE = "energy-demand-mlops"


@dataclass(frozen=True, slots=True)
class Measured:
    """The best of several runs, in seconds, and the size of what was made."""

    what: str
    seconds: float
    size: int = 0


def page(report: Report) -> tuple[Measured, str]:
    """Writing the page, and the page."""
    seconds: list[float] = []
    for _ in range(REPEATS):
        start = time.process_time()
        html = render(report)
        seconds.append(time.process_time() - start)
    return Measured("writing the page", min(seconds), len(html.encode())), html


def kept(report: Report, folder: Path) -> Iterator[Measured]:
    """Keeping the first audit, with every repository new, and later ones, with none."""
    file = HistoryFile(folder / "history.sqlite")
    spent: list[float] = []
    for day in range(1, 2 + REPEATS):
        start = time.process_time()
        file.record(replace(report, at=f"2026-11-{day:02}T00:00:00Z"))
        spent.append(time.process_time() - start)
    yield Measured("keeping the audit, every repository new", spent[0], file.path.stat().st_size)
    yield Measured("keeping it again, nothing new", min(spent[1:]))


def backfilled(folder: Path) -> Measured:
    """A year of a repository like one of the demo's, a commit a week: wall time, in as many processes as cores."""
    target = _repository(folder / "year")
    settings = replace(default_settings(), jobs=2)
    start = time.perf_counter()
    stops = milestones(str(target), None, settings.now - timedelta(days=36500), timedelta(days=7))[-1:]
    stops = milestones(str(target), None, stops[0].at - timedelta(days=365), timedelta(days=7))
    count = len(list(audits(str(target), stops, settings)))
    return Measured(
        f"backfill of {count} weekly commits of one repository, two processes (wall)", time.perf_counter() - start
    )


def _repository(place: Path) -> Path:
    """Every week the README and one module change."""
    texts = collect(str(shipped("demo") / _LIKE), default_settings()).texts
    files = {path: text for path, text in texts.items() if isinstance(text, str)}
    repository = pygit2.init_repository(str(place), bare=True, initial_head="main")
    changing = ["README.md", next(path for path in files if path.endswith(".py"))]
    for week in range(WEEKS + 1):
        index = pygit2.Index()
        for path, text in files.items():
            content = f"{text}\n# week {week}\n" if path in changing else text
            blob = repository.create_blob(content.encode())
            index.add(pygit2.IndexEntry(path, blob, pygit2.enums.FileMode.BLOB))
        who = pygit2.Signature("Mira", "mira@example.org", _BEGIN + week * _WEEK)
        parents = [] if repository.head_is_unborn else [repository.head.target]
        repository.create_commit("HEAD", who, who, f"Week {week}", index.write_tree(repository), parents)
    return place
