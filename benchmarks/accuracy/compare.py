"""Labels beside verdicts: one row a repository, and the figures over all of them."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.accuracy.agreement import confusion, detection, interval, kendall, quadratic_kappa, spearman
from benchmarks.accuracy.labels import Column, Labelled
from portfolio_audit import evidence
from portfolio_audit.engine.evaluate import evaluate
from portfolio_audit.errors import SourceError
from portfolio_audit.judging import collect, judge_evidence
from portfolio_audit.model.report import RepositoryReport
from portfolio_audit.model.result import Result
from portfolio_audit.model.rule import Ruleset
from portfolio_audit.settings import Settings

Figures = dict[str, object]


@dataclass(frozen=True, slots=True)
class Compared:
    """One repository with its labels and our report on it; the report is None if it could not be audited.

    ``results`` are those of every rule asked whatever the repository's kind, since the readers' labels are given so.
    """

    labelled: Labelled
    report: RepositoryReport | None
    seconds: float
    failure: str = ""
    results: tuple[Result, ...] = ()


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
        except SourceError as error:
            failure = str(error)
            continue
        seen = evidence.extract(snapshot, settings.vocabulary)
        report = judge_evidence(snapshot, seen, settings).report
        seconds = time.perf_counter() - start
        everything = evaluate(_asked_of_all(settings.ruleset), seen, kind="", texts=snapshot.texts)
        return Compared(labelled, report, seconds, results=everything)
    return Compared(labelled, None, time.perf_counter() - start, failure)


def _asked_of_all(ruleset: Ruleset) -> Ruleset:
    return replace(ruleset, rules=tuple(replace(rule, kinds=()) for rule in ruleset.rules))


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
        _disagreement(row, column)
        for row in rows
        if row.report is not None
        for column in columns
        if column.name in row.labelled.levels and column.verdict(row.results) is not None
    ]
    differing = [d for d in found if d.label != d.verdict]
    return sorted(differing, key=lambda d: (-abs(d.label - d.verdict), d.column, d.repository))


def _pairs(column: Column, rows: Sequence[Compared]) -> list[tuple[int, int]]:
    judged = ((row.labelled, row.results) for row in rows if row.report is not None)
    both = ((labelled.levels.get(column.name), column.verdict(results)) for labelled, results in judged)
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


def _disagreement(row: Compared, column: Column) -> Disagreement:
    results = [r for r in row.results if r.rule.id in column.rules]
    tool = "; ".join(f"{r.rule.id} {r.outcome.value}" + "".join(f" {at}" for at in r.evidence[:2]) for r in results)
    reader = row.labelled.evidence.get(column.name, "")
    label, verdict = row.labelled.levels[column.name], column.verdict(row.results) or 0
    return Disagreement(row.labelled.repository, column.name, label, verdict, str(reader), tool)
