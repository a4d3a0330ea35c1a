"""Measure readiness against runs: ``python -m benchmarks.readiness --scores FILE.csv --corpus DIR``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import orjson

from benchmarks.accuracy.agreement import interval
from benchmarks.readiness.executed import PARTS, read_executed
from benchmarks.readiness.measure import Measured, area, matched_area, measure, ours, smaller, theirs
from benchmarks.readiness.page import page
from portfolio_audit.defaults import default_settings

SCORES = {"readiness": ours, "reproscore": theirs, "size": smaller}


def main() -> int:
    """Run the benchmark and print its figures; 1 when no repository was there."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.readiness", description=__doc__)
    parser.add_argument("--scores", type=Path, required=True, help="the table of executed repositories")
    parser.add_argument("--corpus", type=Path, required=True, help="git directories, OWNER+NAME/repo")
    parser.add_argument("--part", choices=PARTS, default="tune", help="every third row (the default), or all")
    parser.add_argument("--page", type=Path, help="write the figures as Markdown")
    options = parser.parse_args()
    try:
        executed = read_executed(options.scores, options.part)
    except (OSError, KeyError, ValueError) as error:
        parser.error(f"{options.scores}: {error}")
    rows = list(measure(executed, options.corpus, default_settings()))
    result = figures(rows, missing=[e.repository for e in executed if e not in {row.executed for row in rows}])
    if options.page:
        options.page.write_text(page(result), encoding="utf-8")
    sys.stdout.buffer.write(orjson.dumps(result, option=orjson.OPT_INDENT_2) + b"\n")
    return 0 if rows else 1


def figures(rows: Sequence[Measured], missing: Sequence[str]) -> dict[str, object]:
    """Make every figure, as plain values ready for JSON."""
    return {
        "n": len(rows),
        "succeeded": sum(row.executed.succeeded for row in rows),
        "at_another_commit": sum(not row.at_commit for row in rows),
        "nothing_to_run": sum(row.readiness is None for row in rows),
        "missing": list(missing),
        "failures": [{"repository": r.executed.repository, "why": r.failure} for r in rows if r.failure],
        "scores": {name: _of(rows, score) for name, score in SCORES.items()},
    }


def _of(rows: Sequence[Measured], score: Callable[[Measured], float]) -> dict[str, object]:
    return {
        "auc": area(rows, score),
        "auc_interval": interval(rows, lambda some: area(some, score), group=_which),
        "matched_auc": matched_area(rows, score),
        "matched_auc_interval": interval(rows, lambda some: matched_area(some, score), group=_which),
    }


def _which(row: Measured) -> str:
    return row.executed.repository


if __name__ == "__main__":
    sys.exit(main())
