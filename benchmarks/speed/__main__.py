"""Measure speed and memory: ``python -m benchmarks.speed [--corpus DIR] [--count N]``.

Without a corpus the embedded demo portfolio is audited over and over; with one, every git directory below it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from benchmarks.speed.commands import measure_command, measure_imports
from benchmarks.speed.folder import Run, measure_folder
from benchmarks.speed.stages import measure_stages
from portfolio_audit.defaults import default_settings
from portfolio_audit.engine.locate import shipped
from portfolio_audit.sources.portfolio import read_portfolio

REPEATS = 7
WORST = 12


def main() -> int:
    """Run every measurement and print one table each."""
    options = _parser().parse_args()
    folder = options.corpus or shipped("demo")
    targets = [member.target for member in read_portfolio(str(folder)).members]
    for part in (_commands(targets), _folder(targets, options.count), _stages(targets)):
        for line in part:
            sys.stdout.write(line + "\n")
        sys.stdout.write("\n")
        sys.stdout.flush()
    return 0


def _commands(targets: list[str]) -> Iterator[str]:
    imports = measure_imports(REPEATS)
    ordinary = max(targets, key=_ordinary_size)
    yield "| command | wall s (best) | process s (best) |"
    yield "|---|---|---|"
    for name, arguments in (
        ("--help", ["--help"]),
        ("rules list", ["rules", "list"]),
        (f"repo {Path(ordinary).name}", ["repo", ordinary, "--quiet"]),
    ):
        wall, process = measure_command(["-m", "portfolio_audit", *arguments], REPEATS)
        yield f"| {name} | {wall:.3f} | {process:.3f} |"
    yield f"| bare interpreter with the imports a repository needs | {imports[0]:.3f} | {imports[1]:.3f} |"


def _folder(targets: list[str], count: int) -> Iterator[str]:
    yield "| repositories | files | read s | judge s | judged a second a core | peak memory MB |"
    yield "|---|---|---|---|---|---|"
    for size in sorted({max(count // 4, 1), max(count // 2, 1), count}):
        run: Run = measure_folder(list(islice(cycle(targets), size)))
        yield (
            f"| {size} | {run.files} | {run.read_seconds:.2f} | {run.judge_seconds:.2f} "
            f"| {size / run.judge_seconds:.1f} | {run.peak_mb:.0f} |"
        )


def _stages(targets: list[str]) -> Iterator[str]:
    extractors, rules = measure_stages(targets, default_settings())
    total = sum(extractors.values()) + sum(rules.values())
    for title, seconds in (("extractor", extractors), ("rule", rules)):
        yield f"| {title} | s | share of all |"
        yield "|---|---|---|"
        for name, spent in sorted(seconds.items(), key=lambda item: -item[1])[:WORST]:
            yield f"| {name} | {spent:.3f} | {spent / total:.1%} |"
        yield ""


def _ordinary_size(target: str) -> int:
    """The number of files, as far as it is ordinary: at most 500."""
    count = sum(1 for _ in islice(Path(target).rglob("*"), 501))
    return count if count <= 500 else 0  # noqa: PLR2004


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.add_argument("--corpus", type=Path, help="a folder of repositories (default: the embedded demo)")
    parser.add_argument("--count", type=int, default=100, help="how many repositories to audit (default 100)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
