"""Many repositories at once, each judged on its own, in as many processes as allowed."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Protocol, TypeVar

from portfolio_audit.errors import SourceError
from portfolio_audit.judging import Judged, collect, judge, with_links_checked
from portfolio_audit.model.snapshot import Snapshot
from portfolio_audit.settings import Settings
from portfolio_audit.sources.portfolio import Member

Item = TypeVar("Item")
_WAITING_EACH = 2


class Judges(Protocol):
    """Judges items as they come, with a function that makes something judged of one."""

    def __call__(
        self, work: Callable[[Item, Settings], Judged | str], items: Iterable[Item]
    ) -> Iterator[tuple[Item, Judged | str]]:
        """Give every item with what was judged, in the order given; only a few are taken ahead."""
        ...


@contextmanager
def judges(settings: Settings, count: int | None = None) -> Iterator[Judges]:
    """Open as many processes as the settings allow and ``count`` items need (None: it is not known yet).

    They are started at once, before anybody starts threads: a process that is forked from threads may hang.
    """
    if settings.jobs <= 1 or (count is not None and count <= settings.jobs):
        yield lambda work, items: ((item, work(item, settings)) for item in items)
        return
    with ProcessPoolExecutor(settings.jobs, initializer=_keep_settings, initargs=(settings,)) as executor:
        executor.submit(_ready)

        def each(
            work: Callable[[Item, Settings], Judged | str], items: Iterable[Item]
        ) -> Iterator[tuple[Item, Judged | str]]:
            waiting: deque[tuple[Item, Future[Judged | str]]] = deque()
            for item in items:
                waiting.append((item, executor.submit(_work, work, item)))
                if len(waiting) > settings.jobs * _WAITING_EACH:
                    yield _done(*waiting.popleft())
            while waiting:
                yield _done(*waiting.popleft())

        try:
            yield each
        finally:
            executor.shutdown(cancel_futures=True)


def _done(item: Item, future: Future[Judged | str]) -> tuple[Item, Judged | str]:
    return item, future.result()


_kept: list[Settings] = []
"""The settings of a worker process, sent once instead of with every repository."""


def _keep_settings(settings: Settings) -> None:
    _kept[:] = [settings]


def _ready() -> None:
    """Nothing: asking for it makes the processes start."""


def _work(work: Callable[[Item, Settings], Judged | str], item: Item) -> Judged | str:
    return work(item, _kept[0])


def judge_member(member: Member, settings: Settings) -> Judged | str:
    """Judge one repository of a folder; the sentence says why when it cannot be read."""
    try:
        snapshot = collect(member.target, settings)
    except SourceError as error:
        return error.reason
    return judge(with_links_checked(member.describe(snapshot), settings), settings)


def judge_snapshot(snapshot: Snapshot, settings: Settings) -> Judged | str:
    """Judge what a source has read already."""
    return judge(with_links_checked(snapshot, settings), settings)
