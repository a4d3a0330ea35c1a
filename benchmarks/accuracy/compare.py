"""Labels beside verdicts: one row a repository, and the figures over all of them."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.accuracy.agreement import confusion, detection, interval, kendall, quadratic_kappa, spearman
from benchmarks.accuracy.labels import Column, Labelled
from portfolio_audit.errors import SourceError
from portfolio_audit.judging import collect, judge
from portfolio_audit.model.report import RepositoryReport
from portfolio_audit.settings import Settings

Figures = dict[str, object]


@dataclass(frozen=True, slots=True)
class Compared:
    """One repository with its labels and our report on it; the report is None if it could not be audited."""

    labelled: Labelled
    report: RepositoryReport | None
    seconds: float
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One cell in which reader and tool differ."""

    repository: str
    column: str
    label: int
    verdict: int
    reader: str
    tool: str


def find_repository(corpus: Path, name: str) -> Path | None:
    """The git directory of ``owner/name`` below a folder: ``OWNER+NAME/repo`` or ``OWNER+NAME/repo/.git``."""
    folder = corpus / name.replace("/", "+")
    candidates = (folder / "repo" / ".git", folder / "repo", folder / ".git", folder)
    return next((c for c in candidates if (c / "objects").is_dir()), None)


def compare(labels: Sequence[Labelled], corpus: Path, settings: Settings) -> Iterator[Compared]:
    """Audit every labelled repository that is there, at its commit if that is there, else at HEAD."""
    for labelled in labels:
        path = find_repository(corpus, labelled.repository)
        if path is not None:
            yield _audit(labelled, path, settings)


def _audit(labelled: Labelled, path: Path, settings: Settings) -> Compared:
    start = time.perf_counter()
    failure = ""
    for ref in (labelled.commit or None, None):
        try:
            snapshot = collect(str(path), settings.at(ref))
            report = judge(snapshot, settings).report
        except SourceError as error:
            failure = str(error)
        else:
            return Compared(labelled, report, time.perf_counter() - start)
    return Compared(labelled, None, time.perf_counter() - start, failure)


def figures(rows: Sequence[Compared], columns: Sequence[Column], kinds: Mapping[str, str]) -> Figures:
    """Every figure of the benchmark as plain values, ready for JSON."""
    audited = [(row.labelled, row.report) for row in rows if row.report is not None]
    overall = [(report.score.value, labelled.overall) for labelled, report in audited]
    right = [(float(kinds.get(report.kind.id) == labelled.kind), 0.0) for labelled, report in audited]
    return {
        "n": len(audited),
        "columns": {column.name: _column(column, rows) for column in columns},
        "overall": {
            "spearman": spearman(overall),
            "spearman_interval": interval(overall, spearman),
            "kendall": kendall(overall),
        },
        "kind": {"accuracy": sum(hit for hit, _ in right) / max(len(right), 1), "n": len(right)},
        "seconds_per_repository": sum(row.seconds for row in rows) / max(len(rows), 1),
        "failures": [{"repository": row.labelled.repository, "why": row.failure} for row in rows if row.report is None],
    }


def disagreements(rows: Sequence[Compared], columns: Sequence[Column]) -> list[Disagreement]:
    """Every cell in which reader and tool differ, the widest gaps first."""
    found = [
        _disagreement(row.labelled, row.report, column)
        for row in rows
        if row.report is not None
        for column in columns
        if column.name in row.labelled.levels and column.verdict(row.report.results) is not None
    ]
    differing = [d for d in found if d.label != d.verdict]
    return sorted(differing, key=lambda d: (-abs(d.label - d.verdict), d.column, d.repository))


def _pairs(column: Column, rows: Sequence[Compared]) -> list[tuple[int, int]]:
    judged = ((row.labelled, row.report) for row in rows if row.report is not None)
    both = ((labelled.levels.get(column.name), column.verdict(report.results)) for labelled, report in judged)
    return [(label, verdict) for label, verdict in both if label is not None and verdict is not None]


def _column(column: Column, rows: Sequence[Compared]) -> Figures:
    pairs = _pairs(column, rows)
    full, some = detection(pairs, 2), detection(pairs, 1)
    return {
        "kappa": quadratic_kappa(pairs),
        "kappa_interval": interval(pairs, quadratic_kappa),
        "n": len(pairs),
        "confusion": confusion(pairs),
        "full": {"precision": full.precision, "recall": full.recall, "f1": full.f1},
        "any": {"precision": some.precision, "recall": some.recall, "f1": some.f1},
    }


def _disagreement(labelled: Labelled, report: RepositoryReport, column: Column) -> Disagreement:
    results = [r for r in report.results if r.rule.id in column.rules]
    tool = "; ".join(f"{r.rule.id} {r.outcome.value}" + "".join(f" {at}" for at in r.evidence[:2]) for r in results)
    reader = labelled.evidence.get(column.name, "")
    verdict = column.verdict(report.results) or 0
    return Disagreement(labelled.repository, column.name, labelled.levels[column.name], verdict, str(reader), tool)
