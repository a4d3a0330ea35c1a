"""A comparison as text: what was won and lost, finding by finding, and whose doing it is."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio_audit.comparing import Cause, Change, Delta, FindingChange, Side, Verdict, VerdictChange
from portfolio_audit.reporting.escaping import clean

_CAUSES = {
    Cause.NOTHING: "The same commits, judged the same way",
    Cause.REPOSITORY: "What changed is the work itself: both were judged by the same rules",
    Cause.RULESET: "The same commits, judged by other rules or weights: nothing here is the work's doing",
    Cause.TOOL: "The same commits and rules, seen by another version of the tool: nothing here is the work's doing",
    Cause.UNCLEAR: "The work changed, and so did the rules or the tool: audit both again to tell them apart",
}
_SHOWN = {Change.FIXED: ("✓", "fixed"), Change.NEW: ("✗", "new"), Change.UNDECIDED: ("?", "undecided")}
_BECAUSE = {Cause.RULESET: " (other rules)", Cause.TOOL: " (other version)", Cause.UNCLEAR: " (cause unclear)"}
_MOST = 50


def in_words(delta: Delta) -> str:
    """The comparison, line by line."""
    return "".join(f"{line}\n" for line in _lines(delta))


def _lines(delta: Delta) -> Iterator[str]:
    before, after = delta.before, delta.after
    yield f"{before.grade} {before.score:.1f} → {after.grade} {after.score:.1f}  ({delta.score:+.1f})"
    if not delta.is_of_one_thing:
        both = f"{_subject(before)} and {_subject(after)}"
        yield f"These are audits of different things, {both}: nothing can be compared."
        return
    if delta.cause is not Cause.REPOSITORY or not delta.is_empty:
        yield f"{_CAUSES[delta.cause]}."
    if delta.is_empty:
        yield "Nothing that counts differs."
    if delta.verdicts:
        yield ""
        yield "Rules, by what they gained or cost"
        yield from map(_verdict, sorted(delta.verdicts, key=lambda change: (-change.gained, _named(change))))
    for change, (mark, name) in _SHOWN.items():
        yield from _findings(delta.of(change), mark, name)
    moved = len(delta.of(Change.MOVED))
    if moved:
        yield ""
        yield f"{moved} {'finding' if moved == 1 else 'findings'} only moved to another line."


def _subject(side: Side) -> str:
    first, *others = (name for name, _ in side.commits)
    return clean(f"{first} and {len(others)} more" if others else first, 120)


def _named(change: VerdictChange) -> str:
    verdict = change.after or change.before
    if verdict is None:
        return ""
    place = "/".join(filter(None, (verdict.repository, verdict.project)))
    return clean(f"{verdict.result.rule}  {place}".strip(), 120)


def _verdict(change: VerdictChange) -> str:
    was, now = (_outcome(verdict) for verdict in (change.before, change.after))
    return f"  {change.gained:+5.1f}  {_named(change)}: {was} → {now}{_BECAUSE.get(change.cause, '')}"


def _outcome(verdict: Verdict | None) -> str:
    asked = verdict is not None and verdict.result.outcome != "not_applicable"
    return verdict.result.outcome if verdict and asked else "not asked"


def _findings(changes: tuple[FindingChange, ...], mark: str, name: str) -> Iterator[str]:
    if not changes:
        return
    yield ""
    yield f"{len(changes)} {name}"
    for change in changes[:_MOST]:
        finding = change.after or change.before
        line = f":{finding.line}" if finding and finding.line else ""
        place = f"{finding.path}{line}" if finding and finding.path else change.verdict.repository or "the profile"
        yield f"  {mark} {change.verdict.result.rule}  {clean(place, 120)}{_BECAUSE.get(change.cause, '')}"
    if len(changes) > _MOST:
        yield f"  and {len(changes) - _MOST} more"
