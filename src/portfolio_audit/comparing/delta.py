"""What changed between two audits, finding by finding and rule by rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from portfolio_audit.comparing.matching import matched
from portfolio_audit.comparing.sides import Cause, Change, Side, Verdict
from portfolio_audit.reporting.wire.verdicts import Finding

_PLACES = 4


@dataclass(frozen=True, slots=True)
class FindingChange:
    """What became of one finding; ``before`` is None for a new one, ``after`` for one that is gone.

    ``verdict`` is the one it belongs to, of the newer audit unless it is gone.
    """

    change: Change
    verdict: Verdict
    before: Finding | None
    after: Finding | None
    cause: Cause


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """A rule whose outcome or points are not what they were; None where the rule was not asked."""

    before: Verdict | None
    after: Verdict | None
    cause: Cause

    @property
    def gained(self) -> float:
        """Rule points won, negative if lost."""
        return (self.after.result.points if self.after else 0.0) - (self.before.result.points if self.before else 0.0)


@dataclass(frozen=True, slots=True)
class Delta:
    """Two audits compared.

    ``cause`` says where the differences come from as a whole; the score moved because of the repository only if that
    is ``REPOSITORY``.
    """

    before: Side
    after: Side
    cause: Cause
    findings: tuple[FindingChange, ...]
    verdicts: tuple[VerdictChange, ...]

    @property
    def score(self) -> float:
        """Points of 100 won, negative if lost."""
        return self.after.score - self.before.score

    def of(self, *changes: Change) -> tuple[FindingChange, ...]:
        """The findings that changed in one of these ways."""
        return tuple(finding for finding in self.findings if finding.change in changes)

    @property
    def is_of_one_thing(self) -> bool:
        """Whether a repository is in both, or one side has none at all."""
        before, after = ({name for name, _ in side.commits} for side in (self.before, self.after))
        return not (before and after) or bool(before & after)

    @property
    def is_empty(self) -> bool:
        """Whether nobody would notice a difference: findings that moved are none."""
        quiet = {Change.MOVED, Change.UNCHANGED}
        return not self.verdicts and all(finding.change in quiet for finding in self.findings)


def compare(before: Side, after: Side) -> Delta:
    """What changed from one audit to the next; findings in the order of the newer audit, those that are gone last."""
    whole = _cause(before, after)
    in_both = {v.result.rule for v in before.verdicts} & {v.result.rule for v in after.verdicts}
    findings: list[FindingChange] = []
    verdicts: list[VerdictChange] = []
    for was, now, known in _paired(before, after):
        told = whole is not Cause.UNCLEAR or known.result.rule in in_both
        cause = whole if told else Cause.RULESET
        findings += _findings(was, now, known, cause)
        if _standing(was) != _standing(now):
            verdicts.append(VerdictChange(was, now, cause))
    return Delta(before, after, whole, tuple(findings), tuple(verdicts))


def _paired(before: Side, after: Side) -> Iterator[tuple[Verdict | None, Verdict | None, Verdict]]:
    """The verdicts of each side on the same thing, and the newer of the two that there is."""
    old = {verdict.key: verdict for verdict in before.verdicts}
    new = {verdict.key for verdict in after.verdicts}
    yield from ((old.get(verdict.key), verdict, verdict) for verdict in after.verdicts)
    yield from ((verdict, None, verdict) for verdict in before.verdicts if verdict.key not in new)


def _cause(before: Side, after: Side) -> Cause:
    """Why two audits differ, as far as what they were made with tells."""
    same = before.commits == after.commits and all(commit for _, commit in before.commits)
    if before.standard != after.standard:
        return Cause.RULESET if same else Cause.UNCLEAR
    if before.tool != after.tool:
        return Cause.TOOL if same else Cause.UNCLEAR
    return Cause.NOTHING if same else Cause.REPOSITORY


def _standing(verdict: Verdict | None) -> tuple[str, float] | None:
    """What a verdict counts for; a rule that does not apply is as good as none."""
    if verdict is None or verdict.result.outcome == "not_applicable":
        return None
    return (verdict.result.outcome, round(verdict.result.points, _PLACES))


def _findings(was: Verdict | None, now: Verdict | None, known: Verdict, cause: Cause) -> Iterator[FindingChange]:
    old, new = (verdict.findings if verdict else () for verdict in (was, now))
    undecided = any(verdict and verdict.result.outcome == "unknown" for verdict in (was, now))
    for before, after in matched(old, new):
        change = Change.UNDECIDED if undecided else _change(before, after)
        yield FindingChange(change, known if after or was is None else was, before, after, cause)


def _change(before: Finding | None, after: Finding | None) -> Change:
    if before is None:
        return Change.NEW
    if after is None:
        return Change.FIXED
    there = (before.path, before.line, before.cell)
    return Change.UNCHANGED if there == (after.path, after.line, after.cell) else Change.MOVED
