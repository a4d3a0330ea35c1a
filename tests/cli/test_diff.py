"""``portfolio-audit diff``: reports, runs and commits, and whose doing a change is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import orjson
import pygit2
import pytest

import canonical
from cli.conftest import Run
from portfolio_audit.cli.difference import in_words
from portfolio_audit.comparing import compare, side_of
from portfolio_audit.history import HistoryFile
from portfolio_audit.reporting.wire import export
from repositories import commit

BEFORE = export(canonical.repository_report())
REPOSITORY = replace(BEFORE.repositories[0], commit="a" * 40)
FAILED = next(replace(r, suppressed=None) for r in REPOSITORY.results if r.outcome == "fail" and r.findings)
MET = replace(FAILED, outcome="pass", points=FAILED.possible or 1.0, possible=FAILED.possible or 1.0, findings=())


def report(commit: str = "a" * 40, digest: str = "x", **changes: object) -> object:
    """The report of a commit, in which the failed rule may be met."""
    result = MET if changes.get("met") else FAILED
    results = tuple(result if r.rule == FAILED.rule else r for r in REPOSITORY.results)
    repository = replace(REPOSITORY, commit=commit, results=results)
    score = changes.get("score", BEFORE.score)
    return replace(BEFORE, repositories=(repository,), ruleset=replace(BEFORE.ruleset, digest=digest), score=score)


def words(before: object, after: object) -> str:
    return in_words(compare(side_of(before), side_of(after)))


def test_nothing_differs() -> None:
    assert words(report(), report()).splitlines()[1:] == [
        "The same commits, judged the same way.",
        "Nothing that counts differs.",
    ]


def test_a_plain_folder_seen_twice_did_not_change() -> None:
    assert words(report(None), report(None)).splitlines()[1:] == ["Nothing that counts differs."]


def test_audits_of_different_things_are_not_told_as_work() -> None:
    other = replace(report(), repositories=(replace(REPOSITORY, full_name="ada/other"),))
    assert words(report(), other).splitlines()[1:] == [
        f"These are audits of different things, {REPOSITORY.full_name} and ada/other: nothing can be compared."
    ]


def test_what_the_work_won() -> None:
    shown = words(report(), report("b" * 40, met=True, score=95.0)).splitlines()
    assert shown[0].endswith(f"({95.0 - BEFORE.score:+.1f})")
    assert shown[1] == "What changed is the work itself: both were judged by the same rules."
    (line,) = (line for line in shown if "fail → pass" in line)
    assert line.split()[:2] == [f"{MET.points - FAILED.points:+.1f}", FAILED.rule]
    assert f"{len(FAILED.findings)} fixed" in shown


def test_what_it_lost_is_new() -> None:
    shown = words(report("b" * 40, met=True), report())
    assert "pass → fail" in shown
    assert f"  ✗ {FAILED.rule}  " in shown


@pytest.mark.parametrize(
    ("commit", "digest", "said"),
    [
        ("a" * 40, "y", "The same commits, judged by other rules or weights: nothing here is the work's doing."),
        ("b" * 40, "y", "The work changed, and so did the rules or the tool: audit both again to tell them apart."),
    ],
)
def test_other_rules_are_never_put_down_to_the_work(commit: str, digest: str, said: str) -> None:
    assert words(report(), report(commit, digest, met=True)).splitlines()[1] == said


def test_files_are_compared(run: Run, tmp_path: Path) -> None:
    for name, one in (("a.json", report()), ("b.json", report("b" * 40, met=True))):
        (tmp_path / name).write_bytes(orjson.dumps(one))
    result = run("diff", "a.json", "b.json")
    assert (result.exit_code, result.stdout) == (0, words(report(), report("b" * 40, met=True)))


def test_runs_are_compared(run: Run, tmp_path: Path) -> None:
    file = HistoryFile(tmp_path / "history.sqlite")
    file.record(replace(report(), at="2026-11-01T00:00:00Z"))
    file.record(replace(report("b" * 40, met=True), at="2026-11-02T00:00:00Z"))
    assert "fail → pass" in run("diff", "#1", "#2").stdout
    missing = run("diff", "#1", "#9")
    assert (missing.exit_code, "there is no run #9" in missing.stderr) == (2, True)


def test_commits_are_audited_and_compared(run: Run, tmp_path: Path) -> None:
    repository = pygit2.init_repository(str(tmp_path / "churn"), initial_head="main")
    files = {"README.md": b"# Churn\n", "train.py": b"import sklearn\nsklearn.fit()\n"}
    commit(repository, files)
    commit(repository, {**files, "LICENSE": b"MIT License\n"}, at=60)
    shown = run("diff", "HEAD~1", "--in", tmp_path / "churn").stdout
    assert "What changed is the work itself" in shown
    assert "missing-licence" in shown


def test_what_is_not_there_is_explained(run: Run, tmp_path: Path) -> None:
    pygit2.init_repository(str(tmp_path / "empty"))
    assert "a.json: cannot be read" in str(run("diff", "a.json").exception)
    outside = run("diff", "1", "--in", tmp_path)
    said = " ".join(outside.stderr.replace("│", " ").split())
    assert (outside.exit_code, "is no git repository" in said, "a run is written '#12'" in said) == (2, True, True)
    assert "no revision 'main'" in str(run("diff", "main", "--in", tmp_path / "empty").exception)
