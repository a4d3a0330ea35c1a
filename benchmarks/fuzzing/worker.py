"""One target under atheris (libFuzzer) in a process of its own; started by ``python -m benchmarks.fuzzing``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from random import Random

import atheris

with atheris.instrument_imports(include=["portfolio_audit"]):
    from benchmarks.fuzzing.findings import Findings
    from benchmarks.fuzzing.mutation import Mutator
    from benchmarks.fuzzing.targets import targets

LONGEST = 6_000


def main() -> None:
    """Fuzz until the time is over."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=int)
    options = parser.parse_args()
    target = targets()[options.target]
    corpus = options.folder / "corpus" / target.name
    corpus.mkdir(parents=True, exist_ok=True)
    seeds = list(target.seeds())
    for number, seed in enumerate(seeds):
        (corpus / f"seed-{number:03}").write_bytes(seed)
    mutator = Mutator([token.encode() for token in target.tokens], seeds, target.whole)

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        random = Random(seed)  # noqa: S311
        if random.random() < 0.2:  # noqa: PLR2004
            return bytes(atheris.Mutate(data, most))
        return mutator.mutate(bytes(data), random)[:most]

    arguments = [
        sys.argv[0],
        str(corpus),
        f"-max_total_time={options.seconds}",
        f"-max_len={LONGEST}",
        "-timeout=120",
        "-rss_limit_mb=3000",
        "-print_final_stats=1",
        f"-artifact_prefix={options.folder / 'findings' / target.name}-",
    ]
    atheris.Setup(arguments, Findings(target.run, options.folder / "findings" / target.name), custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
