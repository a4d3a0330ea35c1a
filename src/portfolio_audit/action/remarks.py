"""Findings as remarks at the lines that a change touched: few, and the most useful first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from portfolio_audit.action.story import Story, gains_of
from portfolio_audit.comparing import Change, FindingChange
from portfolio_audit.reporting.annotations import command
from portfolio_audit.reporting.escaping import clean

MOST = 10


@dataclass(frozen=True, slots=True)
class Remark:
    """What to say at a line of a file."""

    path: str
    line: int
    title: str
    message: str

    def command(self) -> str:
        """As a workflow command, which the runner shows at the line. Source: "Workflow commands for GitHub Actions"."""
        return command("warning", self.message, {"file": self.path, "line": str(self.line), "title": self.title})


def remarks(story: Story, changed: Mapping[str, frozenset[int]]) -> tuple[Remark, ...]:
    """The findings on changed lines, new ones first, then what is worth most; at most ten."""
    if story.delta is None:
        return ()
    gains = gains_of(story.head)

    def order(finding: FindingChange) -> tuple[bool, float]:
        return (finding.change is not Change.NEW, -gains.get(finding.verdict.key, 0.0))

    found = story.delta.of(Change.NEW, Change.MOVED, Change.UNCHANGED)
    return tuple(_remarks(sorted(found, key=order), changed))[:MOST]


def _remarks(findings: Iterable[FindingChange], changed: Mapping[str, frozenset[int]]) -> Iterator[Remark]:
    for finding in findings:
        at, result = finding.after, finding.verdict.result
        if at and at.line and at.line in changed.get(at.path, frozenset()):
            yield Remark(at.path, at.line, result.title, f"{clean(result.message)} Fix: {result.fix.title}.")
