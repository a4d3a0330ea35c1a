"""Many repositories one after the other, in a fresh process so that peak memory is theirs alone."""

from __future__ import annotations

import resource
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from portfolio_audit.defaults import default_settings
from portfolio_audit.judging import collect, judge


@dataclass(frozen=True, slots=True)
class Run:
    """What auditing some repositories took; the memory is the highest resident size of the process."""

    files: int
    read_seconds: float
    judge_seconds: float
    peak_mb: float


def measure_folder(targets: list[str]) -> Run:
    """Audit the targets in one fresh process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as executor:
        return executor.submit(_audit_all, targets).result()


def _audit_all(targets: list[str]) -> Run:
    settings = default_settings()
    files, read, judged = 0, 0.0, 0.0
    for target in targets:
        start = time.perf_counter()
        snapshot = collect(target, settings)
        between = time.perf_counter()
        judge(snapshot, settings)
        files += len(snapshot.tree)
        read += between - start
        judged += time.perf_counter() - between
    return Run(files, read, judged, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
