"""What changed between two audits, finding by finding and rule by rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from portfolio_audit.comparing.matching import matched
from portfolio_audit.comparing.sides import Cause, Change, Place, Side, Verdict
from portfolio_audit.model.location import Location
from portfolio_audit.model.result import Outcome


@dataclass(frozen=True, slots=True)
class FindingChange:
    """What became of one finding; ``before`` is None for a new one, ``after`` for one that is gone."""

    change: Change
    verdict: Verdict
    before: Location | None
    after: Location | None
    cause: Cause


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """A rule whose outcome or points are not what they were; None where the rule was not in force."""

    before: Verdict | None
    after: Verdict | None
    cause: Cause

    @property
    def now(self) -> Verdict:
        """The newer of the two that there is."""
        return self.after or self.before or _never()

    @property
    def gained(self) -> float:
        """Rule points won, negative if lost."""
        return (self.after.points if self.after else 0.0) - (self.before.points if self.before else 0.0)


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
    def is_empty(self) -> bool:
        """Whether nobody would notice a difference: findings that moved are none."""
        quiet = {Change.MOVED, Change.UNCHANGED}
        return not self.verdicts and all(finding.change in quiet for finding in self.findings)


def compare(before: Side, after: Side) -> Delta:
    """What changed from one audit to the next; findings in the order of the newer audit, those that are gone last."""
    cause = _cause(before, after)
    old = {verdict.key: verdict for verdict in before.verdicts}
    new = {verdict.key: verdict for verdict in after.verdicts}
    keys = (*new, *(key for key in old if key not in new))
    pairs = [(old.get(key), new.get(key)) for key in keys]
    known = ({v.rule for v in before.verdicts}, {v.rule for v in after.verdicts})
    findings: list[FindingChange] = []
    verdicts: list[VerdictChange] = []
    for was, now in pairs:
        one = _cause_of(was or now or _never(), cause, known)
        findings += _findings(was, now, one)
        if _differ(was, now):
            verdicts.append(VerdictChange(was, now, one))
    return Delta(before, after, cause, tuple(findings), tuple(verdicts))


def _never() -> Verdict:
    raise ValueError("a change has two sides, and one of them is something")


def _cause(before: Side, after: Side) -> Cause:
    """Why two audits differ, as far as what they were made with tells."""
    told = all(commit for _, commit in (*before.commits, *after.commits))
    same_commits = told and before.commits == after.commits
    if before.standard != after.standard:
        return Cause.RULESET if same_commits else Cause.UNCLEAR
    if before.tool != after.tool:
        return Cause.TOOL if same_commits else Cause.UNCLEAR
    return Cause.NOTHING if same_commits else Cause.REPOSITORY


def _cause_of(verdict: Verdict, cause: Cause, known: tuple[set[str], set[str]]) -> Cause:
    """Why one verdict differs: a rule that one of the audits had not is a matter of the rules."""
    in_both = verdict.rule in known[0] and verdict.rule in known[1]
    return Cause.RULESET if cause is Cause.UNCLEAR and not in_both else cause


def _differ(was: Verdict | None, now: Verdict | None) -> bool:
    return _standing(was) != _standing(now)


def _standing(verdict: Verdict | None) -> tuple[Outcome, float] | None:
    """What a verdict counts for; a rule that does not apply is as good as none."""
    if verdict is None or verdict.outcome is Outcome.NOT_APPLICABLE:
        return None
    return (verdict.outcome, round(verdict.points, 4))


def _findings(was: Verdict | None, now: Verdict | None, cause: Cause) -> Iterator[FindingChange]:
    old, new = (verdict.places if verdict else () for verdict in (was, now))
    undecided = any(verdict and verdict.outcome is Outcome.UNKNOWN for verdict in (was, now))
    for before, after in matched(old, new):
        verdict = (now if after else was) or _never()
        change = Change.UNDECIDED if undecided else _change(before, after)
        yield FindingChange(change, verdict, before.at if before else None, after.at if after else None, cause)


def _change(before: Place | None, after: Place | None) -> Change:
    if before is None:
        return Change.NEW
    if after is None:
        return Change.FIXED
    there = (before.at.path, before.at.line, before.at.cell)
    return Change.UNCHANGED if there == (after.at.path, after.at.line, after.at.cell) else Change.MOVED
