"""Which repositories of an account are audited, and how many are left out for which reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from portfolio_audit.github.listing import Listed
from portfolio_audit.model.globs import matcher
from portfolio_audit.model.snapshot import Unavailable


@dataclass(frozen=True, slots=True)
class Choice:
    """What the user wants audited; globs are over the name and over ``owner/name``.

    ``most`` is how many at the most, those that were pushed to last.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    forks: bool = False
    archived: bool = False
    private: bool = False
    pinned_only: bool = False
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """The repositories to be audited; ``left_out`` are (why, how many) in words for the user."""

    repositories: tuple[Listed, ...]
    left_out: tuple[tuple[str, int], ...]


def choose(repositories: Iterable[Listed], choice: Choice, pinned: frozenset[str] | Unavailable) -> Chosen:
    """Sort out what the user does not want."""
    reasons = tuple(_reasons(choice, pinned))
    chosen: list[Listed] = []
    left_out: Counter[str] = Counter()
    for one in repositories:
        reason = next((why for why, applies in reasons if applies(one)), "")
        if reason:
            left_out[reason] += 1
        elif choice.most is not None and len(chosen) >= choice.most:
            left_out["beyond --max-repos"] += 1
        else:
            chosen.append(one)
    return Chosen(tuple(chosen), tuple(left_out.items()))


def _reasons(choice: Choice, pinned: frozenset[str] | Unavailable) -> Iterator[tuple[str, Callable[[Listed], bool]]]:
    """Every reason to leave a repository out, with its test; the first that applies is told."""
    if choice.include:
        included = matcher(choice.include)
        yield "not among --include", lambda one: not (included(one.name) or included(one.full_name))
    if choice.exclude:
        excluded = matcher(choice.exclude)
        yield "excluded", lambda one: excluded(one.name) or excluded(one.full_name)
    if choice.pinned_only and not isinstance(pinned, Unavailable):
        yield "not pinned", lambda one: one.full_name.lower() not in pinned
    yield "blocked by GitHub", lambda one: one.disabled
    if not choice.forks:
        yield "forked (--forks)", lambda one: one.fork
    if not choice.archived:
        yield "archived (--archived)", lambda one: one.archived
    if not choice.private:
        yield "private (--private)", lambda one: one.private
