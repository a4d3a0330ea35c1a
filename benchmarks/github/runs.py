"""One command on the tests' GitHub in a process of its own, and what it cost."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from github_server import GitHub, Settings, generated

AUDIT = ("-m", "portfolio_audit", "user", "generated", "--forks", "--archived", "--quiet")
PYGITHUB = ("-m", "benchmarks.github.pygithub_way", "generated")
_PATIENT = 1_000_000


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run cost: requests by limit, those that do not count, seconds of wall clock and of processors, MB."""

    way: str
    repositories: int
    counted: int
    points: int
    free: int
    wall: float
    processor: float
    memory: float

    def as_json(self) -> dict[str, str | int | float]:
        """As a row of the JSON output."""
        return asdict(self)


def measure(count: int, latency: float, *, compare: bool) -> list[Cost]:
    """Audit an account of so many repositories: cold and warm, with a token and without, and the plain way.

    The secondary limit on points a minute is lifted, or the plain way would meet it and wait.
    """
    world = generated(count)
    costs: list[Cost] = []
    settings = Settings(latency=latency, rest_a_minute=_PATIENT)
    with TemporaryDirectory() as folder, GitHub(world, settings) as github:
        for name, token in (("with a token", world.tokens[0].secret), ("without", "")):
            told = {"GITHUB_TOKEN": token, "PORTFOLIO_AUDIT_CACHE_DIR": str(Path(folder, name.replace(" ", "-")))}
            told |= {} if token else {"PORTFOLIO_AUDIT_NO_TOKEN": "1"}
            costs += [_cost(github, f"{name}, {state}", count, AUDIT, told) for state in ("cold", "warm")]
        if compare:
            costs.append(_cost(github, "PyGithub, plainly", count, PYGITHUB, {"GITHUB_TOKEN": world.tokens[0].secret}))
    return costs


def _cost(github: GitHub, way: str, count: int, command: tuple[str, ...], told: dict[str, str]) -> Cost:
    github.log.clear()
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("GH_", "GITHUB_"))}
    started = time.perf_counter()
    with subprocess.Popen(  # noqa: S603
        [sys.executable, *command],
        env={**environment, **github.environment, **told},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as process:
        said = process.stderr.read() if process.stderr else b""
        _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    if status:
        raise RuntimeError(f"{way}, {count}: {said.decode(errors='replace')[-400:]}")
    requests = github.log.requests()
    graphql = [entry for entry in requests if entry.resource == "graphql"]
    return Cost(
        way=way,
        repositories=count,
        counted=sum(entry.resource is not None for entry in requests),
        points=sum(entry.points for entry in graphql),
        free=sum(entry.resource is None for entry in requests),
        wall=round(wall, 2),
        processor=round(usage.ru_utime + usage.ru_stime, 2),
        memory=round(usage.ru_maxrss / 1024, 0),
    )
