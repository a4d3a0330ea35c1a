"""Whole commands, each in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time

IMPORTS = "import typer, rich.console, orjson, pygit2, yaml, re2, markdown_it, packaging.requirements, pydantic"


def measure_command(arguments: list[str], repeats: int) -> tuple[float, float]:
    """The best wall and process seconds of running the interpreter with these arguments."""
    runs = [_run(arguments) for _ in range(repeats)]
    return min(wall for wall, _ in runs), min(process for _, process in runs)


def measure_imports(repeats: int) -> tuple[float, float]:
    """The same for an interpreter that only imports what an audit needs."""
    return measure_command(["-c", IMPORTS], repeats)


def _run(arguments: list[str]) -> tuple[float, float]:
    before, start = os.times(), time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    wall, after = time.perf_counter() - start, os.times()
    return wall, (after.children_user - before.children_user) + (after.children_system - before.children_system)
