"""Look for inputs that break a promise: ``python -m benchmarks.fuzzing TARGET… --seconds N``.

Needs atheris (``pip install atheris``), which is why it is no part of the test suite; there, the same targets are
run on their seeds and on every input that ever broke one (tests/regressions). Findings are written to
FOLDER/findings/TARGET, the inputs that reach new code to FOLDER/corpus/TARGET, from where the next run goes on.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.fuzzing.targets import Target, targets

HEADER = "| target | seconds | executions | coverage | findings | end |\n|---|---|---|---|---|---|"
_UNITS = re.compile(r"number_of_executed_units:\s*(\d+)")
_COVERAGE = re.compile(r"\bcov: (\d+)")


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of one target came to; ``coverage`` is libFuzzer's count of the edges reached in our code."""

    target: str
    seconds: int
    executions: int
    coverage: int
    findings: int
    ended: str

    def __str__(self) -> str:
        """A row of the table."""
        cells = (self.target, self.seconds, f"{self.executions:,}", f"{self.coverage:,}", self.findings, self.ended)
        return f"| {' | '.join(map(str, cells))} |"


def main() -> int:
    """Fuzz the targets one after the other; 1 if one of them has findings."""
    parser = _parser()
    options = parser.parse_args()
    chosen = list(_chosen(options.targets))
    if options.list or not chosen:
        for target in targets().values():
            print(f"{target.name:42} {target.kind}")
        return 0
    print(HEADER)
    runs = []
    for target in chosen:
        runs.append(_fuzz(target, options.seconds, options.folder))
        print(runs[-1], flush=True)
        if options.log:
            with options.log.open("a") as log:
                log.write(f"{runs[-1]}\n")
    return int(any(run.findings for run in runs))


def _chosen(names: list[str]) -> Iterator[Target]:
    for target in targets().values():
        if "all" in names or target.name in names or f"{target.kind}s" in names:
            yield target


def _fuzz(target: Target, seconds: int, folder: Path) -> Run:
    folder = folder.resolve()
    (folder / "findings").mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "benchmarks.fuzzing.worker", target.name, str(folder), f"--seconds={seconds}"]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)  # noqa: S603
    units, coverage = _UNITS.findall(done.stderr), _COVERAGE.findall(done.stderr)
    found = len([*(folder / "findings" / target.name).glob("*.input")])
    ended = "time" if done.returncode == 0 else f"exit {done.returncode}"
    if done.returncode and not units:
        print(done.stderr[-2_000:], file=sys.stderr)
    return Run(target.name, seconds, int(units[-1]) if units else 0, int(coverage[-1]) if coverage else 0, found, ended)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.fuzzing", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("targets", nargs="*", help="names, or: all, parsers, extractors")
    parser.add_argument("--list", action="store_true", help="list the targets")
    parser.add_argument("--seconds", type=int, default=60, help="how long each target is fuzzed (default 60)")
    parser.add_argument("--folder", type=Path, default=Path("build/fuzzing"), help="default build/fuzzing")
    parser.add_argument("--log", type=Path, help="append the rows of the table to this file as well")
    return parser


if __name__ == "__main__":
    sys.exit(main())
