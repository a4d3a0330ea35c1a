"""One comment that is kept up to date, whoever else comments and however many runs write it at once.

Of our own comments (marked, and by who we are) the oldest is the one; what a newer commit said of itself is never
overwritten by an older one, and second copies, as two runs make them that start together, are removed by both.
GitHub changes a comment whatever it was before, so that two runs that look at once would both write: a run of a
workflow therefore says nothing of a commit when the pull request has gone on, since a run of the newer one will.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from portfolio_audit.errors import Forbidden, NotFound
from portfolio_audit.publishing.marker import Marker, marker_of
from portfolio_audit.publishing.outcome import Published, State

_ROUNDS = 6


class Comment(Protocol):
    """A comment that exists."""

    @property
    def number(self) -> int:
        """Greater for those that were made later."""
        ...

    @property
    def body(self) -> str:
        """Its text, marker and all."""
        ...

    @property
    def url(self) -> str:
        """Its page."""
        ...

    def edit(self, body: str) -> bool:
        """Give it another text, unless it changed since it was looked at; raises SourceError, Forbidden if not ours."""
        ...

    def delete(self) -> None:
        """Remove it; raises SourceError."""
        ...


class Thread(Protocol):
    """Where comments are: a pull request or a commit."""

    @property
    def what(self) -> str:
        """In words, such as ``comment on pull request #7``."""
        ...

    def newest_commits(self) -> frozenset[str]:
        """The commits that the newest comment should be about one of, none if they are not known."""
        ...

    def own(self) -> Iterable[Comment]:
        """The comments that may be ours, the oldest first."""
        ...

    def add(self, body: str) -> Comment:
        """Write a new one."""
        ...


@dataclass(frozen=True, slots=True)
class Sticky:
    """The text that the comment should have, and what it is about."""

    marker: Marker
    text: str

    @property
    def body(self) -> str:
        """The comment as it is sent."""
        return self.marker.mark(self.text)

    def marked(self, thread: Thread) -> list[Comment]:
        """The comments that stand for the same, the oldest first."""
        found = sorted(thread.own(), key=lambda comment: comment.number)
        return [c for c in found if (known := marker_of(c.body)) and known.is_same(self.marker)]


def keep_up(thread: Thread, sticky: Sticky, *, create: bool = True) -> Published:
    """Bring the comment up to date; with ``create`` off only where there is one already. Raises SourceError.

    After every change it is looked again, so that runs that write at once agree in the end.
    """
    state, url, foreign = State.UNCHANGED, "", set[int]()
    for _ in range(_ROUNDS):
        comments = [comment for comment in sticky.marked(thread) if comment.number not in foreign]
        if why := _outdated(comments, sticky.marker, thread.newest_commits()):
            return Published(thread.what, State.OUTDATED, comments[0].url if comments else "", why)
        if not comments and not create:
            return Published(thread.what, state, reason="there is none yet, and nothing to tell")
        if not comments:
            url, state = thread.add(sticky.body).url, State.CREATED
        elif comments[0].body != sticky.body:
            if _tried(comments[0], lambda comment: comment.edit(sticky.body), foreign):
                url, state = comments[0].url, State.CREATED if state is State.CREATED else State.UPDATED
        elif len(comments) > 1:
            _tried(comments[-1], lambda comment: comment.delete(), foreign)
        else:
            return Published(thread.what, state, comments[0].url)
    return Published(thread.what, state, url)


def _outdated(comments: Sequence[Comment], ours: Marker, newest: frozenset[str]) -> str:
    """Why a newer commit has the word, or empty; then a second copy that we made before we knew is removed."""
    if not any(_is_newer(comment, ours, newest) for comment in comments):
        left_behind = ours.run.id and newest and ours.commit not in newest
        return "there is a newer commit, whose run will tell" if left_behind else ""
    for comment in comments[1:]:
        if marker_of(comment.body) == ours:
            comment.delete()
    return "a newer commit was audited meanwhile"


def _is_newer(comment: Comment, ours: Marker, newest: frozenset[str]) -> bool:
    theirs = marker_of(comment.body)
    if theirs is None or theirs == ours:
        return False
    if (theirs.commit in newest) != (ours.commit in newest):
        return theirs.commit in newest
    return theirs.run > ours.run


def _tried(comment: Comment, change: Callable[[Comment], bool | None], foreign: set[int]) -> bool:
    """Whether it could be changed; else somebody was faster, or it is another's, who marks as we do, or is gone."""
    try:
        return change(comment) is not False
    except (Forbidden, NotFound):
        foreign.add(comment.number)
        return False
