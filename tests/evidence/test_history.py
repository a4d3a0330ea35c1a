"""How the work came about, from commits and tags."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from conftest import snapshot_of
from portfolio_audit.evidence import history
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.model.fact import Evidence
from portfolio_audit.model.snapshot import Commit, History, Metadata, Unavailable
from portfolio_audit.model.vocabulary import Vocabulary

START = datetime(2026, 5, 1, 9, tzinfo=UTC)


def seen_in(told: History | Unavailable) -> Evidence:
    snapshot = replace(snapshot_of({}), metadata=Metadata(history=told))
    return Evidence(tuple(history.extract(Documents(snapshot, Vocabulary()))))


def commits(*hours: int, author: str = "Ada") -> tuple[Commit, ...]:
    return tuple(Commit(f"{hour:040x}", START + timedelta(hours=hour), author, "Work") for hour in reversed(hours))


def test_the_numbers_of_a_history() -> None:
    seen = seen_in(History((*commits(49, 50, 72), *commits(0, author="ada"))))
    told = {name: seen.number(f"history.{name}") for name in ("commits", "days", "span", "authors", "busiest_share")}
    assert told == {"commits": 4, "days": 3, "span": 3, "authors": 1, "busiest_share": 0.5}


@pytest.mark.parametrize("tag", ["v1.2.0", "1.0", "2026.11", "release-3", "model-v2", "pkg@1.0.0", "v2.0.0-rc1"])
def test_a_tag_names_a_version(tag: str) -> None:
    assert seen_in(History(commits(0), (tag,))).names("history.versions") == {tag}


@pytest.mark.parametrize("tag", ["submission", "before-refactoring", "latest", "v", "week-three"])
def test_other_tags_name_none(tag: str) -> None:
    assert not seen_in(History(commits(0), (tag,))).of("history.versions")


def test_a_shallow_clone_leaves_it_open() -> None:
    seen = seen_in(History(commits(0), truncated=True))
    assert {fact.id for fact in seen.facts} == {spec.id for spec in history.FACTS}
    assert all(isinstance(fact.value, Unavailable) and "--unshallow" in fact.value.reason for fact in seen.facts)


def test_a_long_history_tells_enough_though_it_is_cut() -> None:
    seen = seen_in(History(commits(*range(0, 24 * 60, 24)), ("v1.0",), truncated=True))
    assert (seen.number("history.commits"), seen.names("history.versions")) == (60, {"v1.0"})


def test_files_alone_have_no_history() -> None:
    none = Unavailable("not in a plain folder")
    assert [fact.value for fact in seen_in(none).facts] == [none] * len(history.FACTS)
