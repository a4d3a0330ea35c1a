"""What hostile files cost grows no faster than they do, counted in calls of functions instead of seconds."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from benchmarks.fuzzing.checks import check_facts
from benchmarks.fuzzing.repository import snapshot_of
from benchmarks.hostile.texts import Text, texts
from benchmarks.hostile.trees import TREES, write_tree

from portfolio_audit import evidence
from portfolio_audit.model.fact import Evidence
from portfolio_audit.model.snapshot import Snapshot
from portfolio_audit.model.vocabulary import Vocabulary
from repositories import read

FILES = sorted({path for path, _ in texts().values()})
SMALL, LARGE = 1_000, 2_000
START = 40_000
"""Calls that an audit may take beside what grows: patterns are compiled when they are first used."""
MOST_FOR_A_CHARACTER = 1_000


def looked(snapshot: Snapshot, vocabulary: Vocabulary) -> tuple[Evidence, int]:
    """What is seen, and how many functions were called to see it."""
    calls = 0

    def count(*_: object) -> None:
        nonlocal calls
        calls += 1

    sys.setprofile(count)
    try:
        seen = evidence.extract(snapshot, vocabulary)
    finally:
        sys.setprofile(None)
    return seen, calls


def cost(path: str, text: Text, size: int, vocabulary: Vocabulary) -> int:
    snapshot = snapshot_of({path: text(size).encode()})
    seen, calls = looked(snapshot, vocabulary)
    assert [problem for problem in seen.problems if "extractor" in problem.message] == []
    check_facts(seen.facts, evidence.fact_specs(), snapshot)
    return calls


@pytest.mark.parametrize("path", FILES)
def test_a_file_twice_as_long_costs_twice_as_much(path: str, vocabulary: Vocabulary) -> None:
    for name, (at, text) in texts().items():
        if at == path:
            small, large = (cost(path, text, size, vocabulary) for size in (SMALL, LARGE))
            assert large < 2.5 * small + START, name
            assert large < MOST_FOR_A_CHARACTER * LARGE + START, name


@pytest.mark.parametrize("name", TREES)
def test_twice_as_many_files_cost_twice_as_much(name: str, tmp_path: Path, vocabulary: Vocabulary) -> None:
    costs = []
    for count in (50, 100):
        write_tree(tmp_path / str(count), TREES[name][0](count))
        snapshot = read(tmp_path / str(count), select=evidence.select)
        seen, calls = looked(snapshot, vocabulary)
        assert [problem for problem in seen.problems if "extractor" in problem.message] == []
        check_facts(seen.facts, evidence.fact_specs(), snapshot)
        costs.append(calls)
    assert costs[1] < 2.5 * costs[0] + START
