"""One hostile repository audited in a fresh process, so that time and peak memory are its own."""

from __future__ import annotations

import resource
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from benchmarks.hostile.texts import Text
from benchmarks.hostile.trees import TREES, write_tree
from portfolio_audit.audit import audit_repository
from portfolio_audit.defaults import default_settings
from portfolio_audit.model.result import Outcome
from portfolio_audit.reporting import FORMATS


@dataclass(frozen=True, slots=True)
class Cost:
    """Process seconds of reading, judging and writing the report, the highest resident size, and what was said."""

    seconds: float
    peak_mb: float
    problems: tuple[str, ...]
    unknown: int


def measure_text(path: str, text: Text, size: int) -> Cost:
    """What a repository costs whose only file has about this many characters."""
    with tempfile.TemporaryDirectory(prefix="hostile-") as folder:
        file = Path(folder, path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text(size), encoding="utf-8")
        return _measure(folder)


def measure_tree(name: str, count: int) -> Cost:
    """What a repository costs that has this many files."""
    with tempfile.TemporaryDirectory(prefix="hostile-") as folder:
        write_tree(Path(folder), TREES[name][0](count))
        return _measure(folder)


def _measure(target: str) -> Cost:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as executor:
        return executor.submit(_audit, target).result()


def _audit(target: str) -> Cost:
    settings = default_settings()
    start = time.process_time()
    report = audit_repository(target, settings)
    for form in FORMATS.values():
        form.render(report)
    spent = time.process_time() - start
    (repository,) = report.repositories
    problems = tuple(problem.message for problem in repository.problems)
    unknown = sum(result.outcome is Outcome.UNKNOWN for result in repository.results)
    return Cost(spent, _peak_mb(), problems, unknown)


def _peak_mb() -> float:
    """The highest resident size of this program; what getrusage says includes that of the one that started it."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1024
