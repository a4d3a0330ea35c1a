"""What docs/performance.md says that `make bench` measures, it measures."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_make_bench_runs_what_the_page_says_it_does() -> None:
    page = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipe = makefile.partition("\nbench:")[2].partition("\n\n")[0]
    said = set(re.findall(r"`python -m (benchmarks\.\w+)` \(in `make bench`\)", page))
    assert {"benchmarks.exports", "benchmarks.looking"} <= said
    assert said <= set(re.findall(r"benchmarks\.\w+", recipe))
