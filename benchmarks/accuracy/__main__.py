"""Measure agreement with labels: ``python -m benchmarks.accuracy --labels FILE.jsonl --corpus DIR``."""

from __future__ import annotations

import argparse
import resource
import sys
import zlib
from dataclasses import asdict
from pathlib import Path

import orjson

from benchmarks.accuracy.compare import Figures, compare, disagreements, figures
from benchmarks.accuracy.labels import Labelled, read_columns, read_labels
from benchmarks.accuracy.tables import markdown
from portfolio_audit.defaults import default_settings


def main() -> int:
    """Run the benchmark and print its figures."""
    options = _parser().parse_args()
    columns, kinds = read_columns()
    labels = [row for row in read_labels(options.labels, columns) if in_split(row, options.split)]
    rows = list(compare(labels, options.corpus, default_settings()))
    result: Figures = figures(rows, columns, kinds)
    result["disagreements"] = [asdict(d) for d in disagreements(rows, columns)]
    result["peak_memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if options.format == "json":
        sys.stdout.buffer.write(orjson.dumps(result, option=orjson.OPT_INDENT_2) + b"\n")
    else:
        sys.stdout.write(markdown(result))
    return 0 if rows else 1


def in_split(row: Labelled, split: str) -> bool:
    """Whether a row is in ``all``, ``tune`` or ``check``: halves by owner, so that nobody is in both."""
    owner = row.repository.partition("/")[0].lower()
    half = "tune" if zlib.crc32(owner.encode()) % 2 else "check"
    return split in {"all", half}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__)
    parser.add_argument("--labels", type=Path, required=True, help="labels, one JSON object a line")
    parser.add_argument("--corpus", type=Path, required=True, help="folder of git directories OWNER+NAME/repo")
    parser.add_argument("--split", choices=("all", "tune", "check"), default="all", help="halves of the owners")
    parser.add_argument("--format", choices=("json", "markdown"), default="markdown")
    return parser


if __name__ == "__main__":
    sys.exit(main())
