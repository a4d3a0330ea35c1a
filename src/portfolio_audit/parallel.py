"""Many repositories at once, each judged on its own, in as many processes as allowed."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_start_method
from typing import Protocol, TypeVar

from portfolio_audit.errors import SourceError
from portfolio_audit.judging import Judged, collect, judge, with_links_checked
from portfolio_audit.settings import Settings
from portfolio_audit.sources.portfolio import Member

Item = TypeVar("Item")
Result = TypeVar("Result")
_WAITING_EACH = 2


class Judges(Protocol):
    """Judges items as they come, with a function that makes something of each."""

    def __call__(
        self,
        work: Callable[[Item, Settings], Result],
        items: Iterable[Item],
        known: Callable[[Item], Result | None] = ...,
    ) -> Iterator[tuple[Item, Result]]:
        """Give every item with what was made of it, in the order given; only a few are taken ahead.

        What is ``known`` already of an item is asked here, and only what is not is left to other processes.
        """
        ...


def _nothing(_item: object) -> None:
    """What is known of items that nothing is known of."""


@contextmanager
def judges(settings: Settings, count: int | None = None) -> Iterator[Judges]:
    """Open as many processes as the settings allow and ``count`` items need (None: it is not known yet).

    Processes that are forked are started at once, before anybody starts threads: one that is forked from threads may
    hang. That takes hundredths of a second; others take long, and are started when there is work for them.
    """
    if settings.jobs <= 1 or (count is not None and count <= settings.jobs):
        yield partial(_judge_here, settings)
        return
    with ProcessPoolExecutor(settings.jobs, initializer=_keep_settings, initargs=(settings,)) as executor:
        if get_start_method() == "fork":
            executor.submit(_ready)
        try:
            yield partial(_judge_there, executor, settings.jobs * _WAITING_EACH)
        finally:
            executor.shutdown(cancel_futures=True)


def _judge_here(
    settings: Settings,
    work: Callable[[Item, Settings], Result],
    items: Iterable[Item],
    known: Callable[[Item], Result | None] = _nothing,
) -> Iterator[tuple[Item, Result]]:
    for item in items:
        found = known(item)
        yield item, work(item, settings) if found is None else found


def _judge_there(
    executor: ProcessPoolExecutor,
    ahead: int,
    work: Callable[[Item, Settings], Result],
    items: Iterable[Item],
    known: Callable[[Item], Result | None] = _nothing,
) -> Iterator[tuple[Item, Result]]:
    waiting: deque[tuple[Item, Future[Result]]] = deque()
    for item in items:
        found = known(item)
        waiting.append((item, executor.submit(_work, work, item) if found is None else _finished(found)))
        while waiting and (len(waiting) > ahead or waiting[0][1].done()):
            yield _done(*waiting.popleft())
    while waiting:
        yield _done(*waiting.popleft())


def _finished(result: Result) -> Future[Result]:
    future: Future[Result] = Future()
    future.set_result(result)
    return future


def _done(item: Item, future: Future[Result]) -> tuple[Item, Result]:
    return item, future.result()


_kept: list[Settings] = []
"""The settings of a worker process, sent once instead of with every repository."""


def _keep_settings(settings: Settings) -> None:
    _kept[:] = [settings]


def _ready() -> None:
    """Nothing: asking for it makes the processes start."""


def _work(work: Callable[[Item, Settings], Result], item: Item) -> Result:
    return work(item, _kept[0])


def judge_member(member: Member, settings: Settings) -> Judged | str:
    """Judge one repository of a folder; the sentence says why when it cannot be read."""
    try:
        snapshot = collect(member.target, settings)
    except SourceError as error:
        return error.reason
    return judge(with_links_checked(member.describe(snapshot), settings), settings)
