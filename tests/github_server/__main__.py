"""Run the GitHub of the tests by hand: ``PYTHONPATH=tests python -m github_server --port 8080 --count 50``."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from github_server import GitHub, Settings, from_folders, generated


def main() -> None:
    """Serve until interrupted; the first line says where, the second which token is good."""
    parser = argparse.ArgumentParser(prog="github_server", description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--latency", type=float, default=0.0, help="seconds to wait before every reply")
    parser.add_argument("--count", type=int, help="serve so many generated repositories")
    parser.add_argument("--folder", type=Path, default=Path("fixtures/portfolio"), help="serve the folders in here")
    chosen = parser.parse_args()
    world = from_folders(chosen.folder) if chosen.count is None else generated(chosen.count)
    with GitHub(world, Settings(latency=chosen.latency), port=chosen.port) as github:
        print(github.base, flush=True)  # noqa: T201
        print(world.tokens[0].secret, flush=True)  # noqa: T201
        while True:
            time.sleep(3600)


if __name__ == "__main__":
    main()
