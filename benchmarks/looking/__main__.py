"""Measure the dashboard and the history: ``python -m benchmarks.looking [--count N]`` (in ``make bench``)."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.exports.large import large_report
from benchmarks.looking.measure import Measured, backfilled, kept, page
from benchmarks.looking.painting import first_paint
from portfolio_audit.reporting.wire import export


def main() -> int:
    """Print a table: what, seconds, megabytes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.looking", description=__doc__)
    parser.add_argument("--count", type=int, default=300, help="how many repositories the report has (default 300)")
    count = parser.parse_args().count
    report = export(large_report(count))
    sys.stdout.write(f"| {count} repositories | process s (best) | MB |\n|---|---|---|\n")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        measured, html = page(report)
        _tell(measured)
        paint = first_paint(html, place)
        if paint is not None:
            _tell(Measured("first contentful paint of it, in headless Chromium (wall)", paint))
        for one in (*kept(report, place), backfilled(place)):
            _tell(one)
    return 0


def _tell(measured: Measured) -> None:
    size = f"{measured.size / 1e6:.2f}" if measured.size else ""
    sys.stdout.write(f"| {measured.what} | {measured.seconds:.3f} | {size} |\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
