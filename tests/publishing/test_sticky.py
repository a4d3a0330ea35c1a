"""One comment that is kept up to date, whoever else writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

import pytest

from portfolio_audit.errors import Forbidden, NotFound
from portfolio_audit.publishing import Marker, Published, Run, State
from portfolio_audit.publishing.sticky import Sticky, keep_up

OLD, NEW = "1" * 40, "2" * 40


def sticky(commit: str = NEW, run: int = 1, text: str = "Text", key: str = "") -> Sticky:
    return Sticky(Marker(commit, Run(run, 1), key), text)


@dataclass
class Note:
    """A comment that may be another's, whom nobody may correct."""

    thread: Talk
    number: int
    body: str
    is_ours: bool = True

    @property
    def url(self) -> str:
        return f"#{self.number}"

    def edit(self, body: str) -> bool:
        if self not in self.thread.notes:
            raise NotFound("ada/churn", "it is gone.")
        if not self.is_ours:
            raise Forbidden("ada/churn", "it is not yours.")
        self.body = body
        return True

    def delete(self) -> None:
        self.edit(self.body)
        self.thread.notes.remove(self)


@dataclass
class Talk:
    """A thread in memory; ``meanwhile`` is what others do, one thing each time somebody looks."""

    newest: str = ""
    notes: list[Note] = field(default_factory=list)
    meanwhile: Iterator[Callable[[], object]] = field(default_factory=lambda: iter(()))
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    what: str = "comment"

    def newest_commits(self) -> frozenset[str]:
        return frozenset({self.newest} - {""})

    def own(self) -> list[Note]:
        seen = list(self.notes)
        next(self.meanwhile, lambda: None)()
        return seen

    def add(self, body: str, *, is_ours: bool = True) -> Note:
        self.notes.append(Note(self, next(self.numbers), body, is_ours))
        return self.notes[-1]

    @property
    def bodies(self) -> list[str]:
        return [note.body for note in self.notes]


def test_it_is_created_updated_and_left_alone() -> None:
    talk = Talk()
    talk.add("Somebody else's")
    first, second = sticky(OLD), sticky(NEW, run=2)
    assert keep_up(talk, first) == Published("comment", State.CREATED, "#2")
    assert keep_up(talk, first) == Published("comment", State.UNCHANGED, "#2")
    assert keep_up(talk, second) == Published("comment", State.UPDATED, "#2")
    assert talk.bodies == ["Somebody else's", second.body]


@pytest.mark.parametrize(
    ("newest", "theirs", "ours", "state"),
    [
        ("", sticky(NEW, run=9), sticky(OLD, run=3), State.OUTDATED),
        ("", sticky(NEW, run=3), sticky(OLD, run=9), State.UPDATED),
        (NEW, sticky(NEW, run=3), sticky(OLD, run=9), State.OUTDATED),
        (NEW, sticky(OLD, run=9), sticky(NEW, run=3), State.UPDATED),
        (NEW, sticky(NEW, run=9, text="Later"), sticky(NEW, run=3), State.OUTDATED),
    ],
)
def test_the_newer_commit_wins(newest: str, theirs: Sticky, ours: Sticky, state: State) -> None:
    talk = Talk(newest)
    talk.add(theirs.body)
    assert keep_up(talk, ours).state is state
    assert talk.bodies == [theirs.body if state is State.OUTDATED else ours.body]


def test_comments_for_several_folders_stand_side_by_side() -> None:
    talk = Talk()
    for one in (sticky(key="a"), sticky(key="b"), sticky(key="a")):
        keep_up(talk, one)
    assert talk.bodies == [sticky(key="a").body, sticky(key="b").body]


def test_nothing_is_begun_where_nothing_is_to_be_told() -> None:
    talk = Talk()
    assert keep_up(talk, sticky(), create=False).state is State.UNCHANGED
    assert talk.bodies == []
    talk.add(sticky(OLD).body)
    assert keep_up(talk, sticky(run=2), create=False).state is State.UPDATED


def test_anothers_comment_with_our_marker_stays_as_it_is() -> None:
    talk = Talk()
    talk.add(sticky(OLD, text="Not ours").body, is_ours=False)
    assert keep_up(talk, sticky(run=2)).state is State.CREATED
    assert keep_up(talk, sticky(run=2)).state is State.UNCHANGED
    assert talk.bodies == [sticky(OLD, text="Not ours").body, sticky(run=2).body]


def test_two_runs_that_begin_at_once_leave_one_comment() -> None:
    talk = Talk(NEW)
    older, newer = sticky(OLD, run=1), sticky(NEW, run=2)
    talk.meanwhile = iter([lambda: talk.add(older.body)])
    assert keep_up(talk, newer).state is State.CREATED
    assert talk.bodies == [newer.body]
    assert keep_up(talk, older).state is State.OUTDATED


@pytest.mark.parametrize("there", [(), ("0" * 40,)], ids=["none yet", "one before"])
def test_a_run_says_nothing_of_a_commit_that_is_no_longer_the_newest(there: tuple[str, ...]) -> None:
    """Issue 6: two runs that looked at once both wrote, and one time in eight the older commit had the last word."""
    talk = Talk(NEW)
    before = [talk.add(sticky(commit, run=0).body).body for commit in there]
    assert keep_up(talk, sticky(OLD, run=2)).state is State.OUTDATED
    assert talk.bodies == before
    assert keep_up(talk, sticky(OLD, run=0)).is_there  # a person, who asked for it


def test_the_older_of_two_takes_its_copy_back() -> None:
    talk = Talk()
    older, newer = sticky(OLD, run=1), sticky(NEW, run=2)
    talk.meanwhile = iter([lambda: talk.add(newer.body)])
    assert keep_up(talk, older) == Published("comment", State.OUTDATED, "#1", "a newer commit was audited meanwhile")
    assert talk.bodies == [newer.body]


def test_a_comment_that_is_deleted_meanwhile_is_written_anew() -> None:
    talk = Talk()
    gone = talk.add(sticky(OLD).body)
    talk.meanwhile = iter([lambda: talk.notes.remove(gone)])
    assert keep_up(talk, sticky(run=2)).state is State.CREATED
    assert talk.bodies == [sticky(run=2).body]


def test_somebody_who_never_stops_does_not_keep_us() -> None:
    talk = Talk()
    talk.meanwhile = iter([talk.notes.clear] * 100)
    assert keep_up(talk, sticky()).state is State.CREATED
