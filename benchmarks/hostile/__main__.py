"""Measure what hostile repositories cost: ``python -m benchmarks.hostile [WORDS…]``.

Every file is made as large as it may be and still be read, and a quarter of that; ``growth`` is how many times more
the whole costs, and well above 4 it would be a fault of ours. Words choose the inputs whose names contain one of them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.hostile.measure import Cost, measure_text, measure_tree
from benchmarks.hostile.texts import texts
from benchmarks.hostile.trees import TREES
from portfolio_audit.model.snapshot import Limits

ROOM = 0.95
"""The share of the limit that a text of ASCII fills."""
READ_WHOLE = {".py": 500_000, ".md": 600_000}
"""The sizes above which a file is searched for imports only, or read no further."""
Measured = tuple[str, int, Callable[[int], Cost]]


def main() -> int:
    """Print one row for each input as soon as it is measured."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.hostile", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("words", nargs="*", help="measure only inputs whose names contain one of these")
    parser.add_argument("--least", type=float, default=0.0, help="print only rows of at least so many seconds")
    options = parser.parse_args()
    print("| input | size | seconds | growth | peak MB | said |\n|---|---|---|---|---|---|")
    for name, size, measure in _inputs():
        if not options.words or any(word.lower() in name.lower() for word in options.words):
            quarter, whole = measure(size // 4), measure(size)
            if whole.seconds >= options.least:
                print(_row(name, size, quarter, whole), flush=True)
    return 0


def _inputs() -> Iterator[Measured]:
    for name, (path, text) in texts().items():
        size = int(min(Limits().of(path), READ_WHOLE.get(Path(path).suffix, Limits().of(path))) * ROOM)
        yield name, size, lambda n, path=path, text=text: measure_text(path, text, n)
    for name, (_, count) in TREES.items():
        yield f"{name} (files)", count, lambda n, name=name: measure_tree(name, n)
    path, text = texts()["analysis.ipynb: an output"]
    yield "a notebook of 100 MB", 100_000_000, lambda n: measure_text(path, text, n)
    path, text = texts()["requirements.txt: lines"]
    yield "requirements of a million lines", 18_000_000, lambda n: measure_text(path, text, n)


def _row(name: str, size: int, quarter: Cost, whole: Cost) -> str:
    growth = whole.seconds / max(quarter.seconds, 0.01)
    said = whole.problems[0] if whole.problems else ""
    cells = (name, f"{size:,}", f"{whole.seconds:.2f}", f"{growth:.1f}", f"{whole.peak_mb:.0f}", said[:60])
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.exit(main())
