"""Many repositories at once, each judged on its own, in as many processes as allowed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor

from portfolio_audit.errors import SourceError
from portfolio_audit.judging import Judged, collect, judge, with_links_checked
from portfolio_audit.settings import Settings
from portfolio_audit.sources.portfolio import Member


def judge_all(members: Sequence[Member], settings: Settings) -> Iterator[tuple[Member, Judged | str]]:
    """Judge every member in the order given; a sentence stands for one that cannot be read."""
    if settings.jobs <= 1 or len(members) <= settings.jobs:
        yield from ((member, _judge_member(member, settings)) for member in members)
        return
    with ProcessPoolExecutor(settings.jobs, initializer=_keep_settings, initargs=(settings,)) as executor:
        try:
            yield from zip(members, executor.map(_judge_with_kept_settings, members, chunksize=2), strict=True)
        finally:
            executor.shutdown(wait=False, cancel_futures=True)


_kept: list[Settings] = []
"""The settings of a worker process, sent once instead of with every repository."""


def _keep_settings(settings: Settings) -> None:
    _kept[:] = [settings]


def _judge_with_kept_settings(member: Member) -> Judged | str:
    return _judge_member(member, _kept[0])


def _judge_member(member: Member, settings: Settings) -> Judged | str:
    """Judge one repository of a portfolio; the sentence says why when it cannot be read."""
    try:
        snapshot = collect(member.target, settings)
    except SourceError as error:
        return error.reason
    return judge(with_links_checked(member.describe(snapshot), settings), settings)
