"""Measure what reading GitHub costs: ``python -m benchmarks.github [--counts 1,10,50,100,300] [--draw FILE.svg]``.

Everything is asked of the tests' GitHub on this machine, with a latency; nothing leaves it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from math import log
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from benchmarks.github.drawing import draw  # noqa: E402
from benchmarks.github.runs import Cost, measure  # noqa: E402

_COMPARED = 100
_ENOUGH = 10


def main() -> int:
    """Measure, and print a table or JSON."""
    options = _parser().parse_args()
    costs: list[Cost] = []
    for count in options.counts:
        sys.stderr.write(f"{count} repositories\n")
        costs += measure(count, options.latency, compare=count <= _COMPARED)
    if options.draw:
        options.draw.write_text(draw(costs), encoding="utf-8")
    if options.format == "json":
        sys.stdout.write(json.dumps([cost.as_json() for cost in costs], indent=2) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in _table(costs))
    return 0


def _table(costs: Sequence[Cost]) -> Iterator[str]:
    yield "| way | repositories | counted | GraphQL points | not counted | wall s | process s | peak MB |"
    yield "|---|---|---|---|---|---|---|---|"
    for cost in sorted(costs, key=lambda c: (c.way, c.repositories)):
        yield (
            f"| {cost.way} | {cost.repositories} | {cost.counted} | {cost.points} | {cost.free} "
            f"| {cost.wall:.1f} | {cost.processor:.1f} | {cost.memory:.0f} |"
        )
    yield ""
    yield "| way | seconds grow with the number of repositories to the power of |"
    yield "|---|---|"
    for way in sorted({cost.way for cost in costs}):
        own = [cost for cost in costs if cost.way == way and cost.repositories >= _ENOUGH]
        if len(own) > 1:
            yield f"| {way} | {growth([(c.repositories, c.wall) for c in own]):.2f} |"


def growth(points: Sequence[tuple[float, float]]) -> float:
    """The exponent of a power law through the points, by least squares of logarithms: 1 is linear."""
    xs, ys = [log(x) for x, _ in points], [log(max(y, 1e-3)) for _, y in points]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True))
    return slope / sum((x - mean_x) ** 2 for x in xs)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.github", description=__doc__)
    parser.add_argument(
        "--counts", type=_numbers, default=(1, 10, 50, 100, 300), help="how many repositories, with commas"
    )
    parser.add_argument("--latency", type=float, default=0.08, help="seconds before every reply (default: 0.08)")
    parser.add_argument("--format", choices=("markdown", "json"), default="markdown")
    parser.add_argument("--draw", type=Path, metavar="FILE", help="also draw a picture")
    return parser


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(","))


if __name__ == "__main__":
    sys.exit(main())
