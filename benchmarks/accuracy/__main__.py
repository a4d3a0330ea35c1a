"""Measure agreement with readers: ``python -m benchmarks.accuracy --labels FILE.jsonl --corpus DIR``."""

from __future__ import annotations

import argparse
import resource
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import orjson

from benchmarks.accuracy.compare import Compared, compare
from benchmarks.accuracy.confidence import as_yaml, measured
from benchmarks.accuracy.figures import Figures, disagreements, figures, misplaced
from benchmarks.accuracy.labels import HALVES, Labelled, part_of, read_labels
from benchmarks.accuracy.mapping import ColumnMap, read_mapping
from benchmarks.accuracy.page import page
from benchmarks.accuracy.tables import markdown
from portfolio_audit.defaults import default_settings
from portfolio_audit.settings import Settings


def main() -> int:
    """Run the benchmark and print its figures; 1 when nothing could be audited."""
    parser = _parser()
    options = parser.parse_args()
    settings = default_settings()
    mapping = read_mapping([rule.id for rule in settings.ruleset.rules])
    try:
        labels = read_labels(options.labels, [column.name for column in mapping.columns])
        wanted = part_of(labels.rows, options.split)
    except (OSError, ValueError) as error:
        parser.error(str(error))
    rows = list(_shown(compare(wanted, options.corpus, settings, mapping.columns), len(wanted)))
    result = figures(wanted, rows, mapping)
    if options.page:
        halves = {name: _of_half(name, wanted, rows, mapping) for name in HALVES}
        options.page.write_text(page(result, halves, mapping), encoding="utf-8")
    if options.confidence:
        options.confidence.write_text(as_yaml(measured(rows, mapping.columns)), encoding="utf-8")
    result["disagreements"] = [asdict(cell) for cell in disagreements(rows, mapping.columns)]
    result["misplaced"] = [asdict(one) for one in misplaced(rows)]
    result["label_problems"] = list(labels.problems)
    result["peak_memory_mb"] = _memory(settings)
    if options.format == "json":
        sys.stdout.buffer.write(orjson.dumps(result, option=orjson.OPT_INDENT_2) + b"\n")
    else:
        sys.stdout.write(markdown(result))
    return 0 if result["n"] else 1


def _shown(rows: Iterator[Compared], count: int) -> Iterator[Compared]:
    for done, row in enumerate(rows, start=1):
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{done}/{count} {row.labelled.repository[:60]:60}")
        yield row
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")


def _of_half(name: str, labels: Sequence[Labelled], rows: Sequence[Compared], mapping: ColumnMap) -> Figures:
    kept = part_of(labels, name)
    return figures(kept, [row for row in rows if row.labelled in kept], mapping)


def _memory(settings: Settings) -> float:
    """The most that a process took, in MiB: this one, or the largest of those that audited."""
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN) if settings.jobs > 1 else (resource.RUSAGE_SELF,)
    return max(resource.getrusage(who).ru_maxrss for who in whose) / 1024


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.accuracy",
        description=__doc__,
        epilog="A line of the labels is a JSON object: repo (owner/name), sha, kind, overall (0 to 10), "
        "and 0, 1 or 2 for each column; what is not there is not compared.",
    )
    parser.add_argument("--labels", type=Path, required=True, help="labels, one JSON object a line")
    parser.add_argument("--corpus", type=Path, required=True, help="folder of git directories OWNER+NAME/repo")
    parser.add_argument(
        "--split", default="all", help="all, one half of the owners (tune or check), or part K/N of them"
    )
    parser.add_argument("--format", choices=("json", "markdown"), default="markdown")
    parser.add_argument("--page", type=Path, metavar="FILE", help="also write the page docs/accuracy.md")
    parser.add_argument("--confidence", type=Path, metavar="FILE", help="also write rules/confidence.yaml")
    return parser


if __name__ == "__main__":
    sys.exit(main())
