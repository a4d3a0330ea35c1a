"""Measure writing and reading reports: ``python -m benchmarks.exports [--count N]`` (in ``make bench``)."""

from __future__ import annotations

import argparse
import sys

from benchmarks.exports.large import large_report
from benchmarks.exports.measure import measure

REPEATS = 5


def main() -> int:
    """Print a table: what, seconds, megabytes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.exports", description=__doc__)
    parser.add_argument("--count", type=int, default=300, help="how many repositories the report has (default 300)")
    count = parser.parse_args().count
    sys.stdout.write(f"| {count} repositories | process s (best) | MB |\n|---|---|---|\n")
    for measured in measure(large_report(count), REPEATS):
        size = f"{measured.size / 1e6:.2f}" if measured.size else ""
        sys.stdout.write(f"| {measured.what} | {measured.seconds:.2f} | {size} |\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
