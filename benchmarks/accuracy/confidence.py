"""How often readers agree with each outcome of each rule: what makes a result likely or sure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.accuracy.compare import Compared
from benchmarks.accuracy.mapping import Column
from portfolio_audit.model.result import Outcome
from portfolio_audit.model.rule import Measured

HEAD = """# How often careful readers agreed with an outcome of a rule (docs/accuracy.md says on what). Written by
# python -m benchmarks.accuracy --labels FILE.jsonl --corpus DIR --confidence rules/confidence.yaml
"""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Which levels of a column agree with an outcome of a rule."""

    column: Column
    rule: str

    def right(self, outcome: Outcome, label: int) -> bool:
        """Whether a label does not contradict an outcome.

        A rule that is a column by itself says exactly its level. One of several is only a part of what the reader
        judged: met, the reader must have seen something; not met, the reader cannot have seen everything. ``agrees``
        of the column says otherwise for a rule of which more is known.
        """
        alone = len({*self.column.rules, *self.column.full_rules}) == 1
        most, least = self.column.agrees.get(self.rule, (0, self.column.top) if alone else (1, 1))
        match outcome:
            case Outcome.PASS:
                return label >= least
            case Outcome.PARTIAL:
                return label == 1 if alone else label >= 1
            case _:
                return label <= most


def measured(rows: Sequence[Compared], columns: Sequence[Column]) -> dict[str, tuple[Measured, ...]]:
    """Count what each outcome of each rule that a column speaks of was worth, by rule; empty outcomes are left out."""
    found: dict[str, tuple[Measured, ...]] = {}
    for column in columns:
        for rule in dict.fromkeys((*column.rules, *column.full_rules)):
            found[rule] = tuple(_counts(Agreement(column, rule), rows))
    return found


def as_yaml(found: dict[str, tuple[Measured, ...]]) -> str:
    """The file, sorted by rule."""
    lines = [
        f"{rule}: {{{', '.join(f'{one.outcome}: {{right: {one.right}, of: {one.of}}}' for one in counts)}}}\n"
        for rule, counts in sorted(found.items())
        if counts
    ]
    return HEAD + "".join(lines)


def _counts(agreement: Agreement, rows: Sequence[Compared]) -> Iterator[Measured]:
    judged = [
        (row.outcomes[agreement.rule], label)
        for row in rows
        if agreement.rule in row.outcomes and (label := row.labelled.levels.get(agreement.column.name)) is not None
    ]
    for outcome in (Outcome.PASS, Outcome.PARTIAL, Outcome.FAIL):
        labels = [label for said, label in judged if said is outcome]
        if labels:
            yield Measured(outcome.value, sum(agreement.right(outcome, label) for label in labels), len(labels))
