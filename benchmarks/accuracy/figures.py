"""Every figure of the benchmark, as plain values ready for JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean

from benchmarks.accuracy.agreement import confusion, detection, interval, kendall, quadratic_kappa, spearman
from benchmarks.accuracy.compare import Compared
from benchmarks.accuracy.labels import Labelled
from benchmarks.accuracy.mapping import Column, ColumnMap

Figures = dict[str, object]
_KENDALL_ROUNDS = 200
"""Its pairs are many: fewer samples keep the benchmark short."""
_MOST_MISPLACED = 25


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One cell in which reader and tool differ."""

    repository: str
    column: str
    label: int
    verdict: int
    reader: str
    tool: str


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A repository whose place in our order is far from that in the reader's: places are from 0 (worst) to 1."""

    repository: str
    kind: str
    overall: float
    score: float
    reader: float
    tool: float


def figures(labels: Sequence[Labelled], rows: Sequence[Compared], mapping: ColumnMap) -> Figures:
    """Make the figures of audited rows; ``labels`` are all that were asked for, found or not."""
    audited = [row for row in rows if not row.failure]
    there = {row.labelled.repository for row in rows}
    return {
        "n": len(audited),
        "owners": len({row.owner for row in audited}),
        "columns": {column.name: _column(column, audited) for column in mapping.columns},
        "overall": _overall(audited),
        "kind": _kinds(audited, mapping.kinds),
        "seconds_per_repository": fmean(row.seconds for row in audited) if audited else None,
        "slowest_seconds": max((row.seconds for row in audited), default=None),
        "at_another_commit": sum(not row.at_commit for row in audited),
        "missing": [row.repository for row in labels if row.repository not in there],
        "failures": [{"repository": row.labelled.repository, "why": row.failure} for row in rows if row.failure],
    }


def disagreements(rows: Sequence[Compared], columns: Sequence[Column]) -> list[Disagreement]:
    """Every cell in which reader and tool differ, the widest gaps first."""
    found = [
        Disagreement(
            row.labelled.repository,
            column.name,
            row.labelled.levels[column.name],
            verdict,
            row.labelled.evidence.get(column.name, ""),
            row.said.get(column.name, ""),
        )
        for row in rows
        for column in columns
        if column.name in row.labelled.levels and (verdict := row.verdicts.get(column.name)) is not None
    ]
    differing = [cell for cell in found if cell.label != cell.verdict]
    return sorted(differing, key=lambda cell: (-abs(cell.label - cell.verdict), cell.column, cell.repository))


def misplaced(rows: Sequence[Compared]) -> list[Misplaced]:
    """The repositories whose places in the two orders differ most."""
    both = [(row, overall) for row in rows if not row.failure and (overall := row.labelled.overall) is not None]
    readers, ours = _places([overall for _, overall in both]), _places([row.score for row, _ in both])
    found = [
        Misplaced(row.labelled.repository, row.kind, overall, round(row.score, 1), reader, tool)
        for (row, overall), reader, tool in zip(both, readers, ours, strict=True)
    ]
    return sorted(found, key=lambda one: (-abs(one.reader - one.tool), one.repository))[:_MOST_MISPLACED]


def _column(column: Column, rows: Sequence[Compared]) -> Figures:
    asked = [row for row in rows if column.name in row.labelled.levels]
    judged = [(row, row.labelled.levels[column.name], row.verdicts.get(column.name)) for row in asked]
    cells = [(row.owner, (label, verdict)) for row, label, verdict in judged if verdict is not None]
    pairs = [pair for _, pair in cells]
    return {
        "kappa": quadratic_kappa(pairs),
        "kappa_interval": interval(cells, lambda some: quadratic_kappa([p for _, p in some]), group=lambda c: c[0]),
        "n": len(pairs),
        "undecided": len(asked) - len(pairs),
        "kappa_if_undecided_is_0": quadratic_kappa([(label, verdict or 0) for _, label, verdict in judged]),
        "confusion": confusion(pairs),
        "full": asdict(detection(pairs, 2)),
        "any": asdict(detection(pairs, 1)),
    }


def _overall(rows: Sequence[Compared]) -> Figures:
    cells = [(row.owner, (row.score, overall)) for row in rows if (overall := row.labelled.overall) is not None]
    pairs = [pair for _, pair in cells]

    def by_kendall(some: Sequence[tuple[str, tuple[float, float]]]) -> float | None:
        return kendall([pair for _, pair in some])

    return {
        "n": len(pairs),
        "spearman": spearman(pairs),
        "spearman_interval": interval(cells, lambda some: spearman([p for _, p in some]), group=lambda c: c[0]),
        "kendall": kendall(pairs),
        "kendall_interval": interval(cells, by_kendall, group=lambda c: c[0], rounds=_KENDALL_ROUNDS),
    }


def _kinds(rows: Sequence[Compared], kinds: Mapping[str, str]) -> Figures:
    pairs = Counter((kind, kinds.get(row.kind, row.kind)) for row in rows if (kind := row.labelled.kind) is not None)
    total = sum(pairs.values())
    return {
        "accuracy": sum(count for (label, ours), count in pairs.items() if label == ours) / total if total else None,
        "n": total,
        "confusion": [
            {"label": label, "verdict": ours, "count": count}
            for (label, ours), count in sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
        ],
    }


def _places(values: Sequence[float]) -> list[float]:
    ordered = sorted(values)
    last = max(len(values) - 1, 1)
    first, count = {value: place for place, value in reversed(list(enumerate(ordered)))}, Counter(values)
    return [round((first[value] + (count[value] - 1) / 2) / last, 3) for value in values]
