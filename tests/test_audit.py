"""The pipeline joined: repositories in folders to one report, in one process or several."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from judgement import CRITERIA, rule, ruleset
from portfolio_audit.audit import audit_portfolio, audit_repository
from portfolio_audit.defaults import all_facts, default_settings
from portfolio_audit.errors import NotFound
from portfolio_audit.judging import collect, judge
from portfolio_audit.model.location import Location
from portfolio_audit.model.result import Outcome
from portfolio_audit.model.rule import FactTest, Rule, Suppression, TextTest
from portfolio_audit.model.snapshot import Snapshot, TreeEntry, Unavailable
from portfolio_audit.model.vocabulary import Vocabulary
from portfolio_audit.settings import Settings
from repositories import write

LICENSED = replace(rule("missing-licence", "reproducibility"), full=FactTest("hygiene.licence"))
TOLD = replace(rule("untold-secret", "writeup"), full=TextTest("xyzzy", ("notes.txt",)))
SHOWN = replace(rule("few-pieces", "focus"), full=FactTest("breadth.pieces", at_least=2))
Make = Callable[..., str]


@pytest.fixture
def settings(vocabulary: Vocabulary) -> Settings:
    rules = ruleset(rules=(LICENSED, TOLD, SHOWN), facts=all_facts(), counted_kinds=("application",), criteria=CRITERIA)
    return Settings(rules, vocabulary, now=datetime(2026, 1, 1, tzinfo=UTC))


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def make_repository(name: str, **files: str) -> str:
        folder = tmp_path / "all" / name
        folder.mkdir(parents=True)
        for path, text in {"main.js": "run()", **{p.replace("__", "."): t for p, t in files.items()}}.items():
            (folder / path).write_text(text)
        return str(folder)

    return make_repository


def outcomes(report: object, of: Rule) -> list[Outcome]:
    return [r.outcome for repository in report.repositories for r in repository.results if r.rule is of]  # type: ignore[attr-defined]


def test_a_repository_is_judged_and_located(settings: Settings, make: Make) -> None:
    report = audit_repository(make("a", LICENSE="MIT"), settings)
    (repository,) = report.repositories
    assert (repository.name, repository.kind.id, repository.kind.counted) == ("a", "application", True)
    assert outcomes(report, LICENSED) == [Outcome.PASS]
    assert (
        repository.results[0].evidence == (Location("LICENSE", note="a licence file"),)
        or repository.results[0].evidence
    )


def test_rules_of_users_reach_files_no_extractor_asks_for(settings: Settings, make: Make) -> None:
    assert outcomes(audit_repository(make("a", notes__txt="one\nxyzzy"), settings), TOLD) == [Outcome.PASS]
    assert outcomes(audit_repository(make("b", notes__txt="nothing"), settings), TOLD) == [Outcome.FAIL]


def test_a_missing_target_says_so(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        audit_repository(str(tmp_path / "nowhere"), settings)


def test_the_kind_can_be_overruled(settings: Settings, make: Make) -> None:
    report = audit_repository(make("a"), replace(settings, kinds=(("a", "docs"),)))
    assert (report.repositories[0].kind.id, report.repositories[0].kind.counted) == ("docs", False)


def test_a_portfolio_lists_counted_pieces_first_and_best_first(settings: Settings, make: Make, tmp_path: Path) -> None:
    make("weak")
    make("good", LICENSE="MIT")
    make("notes", README__md="# Notes")
    report = audit_portfolio(str(tmp_path / "all"), replace(settings, kinds=(("notes", "docs"),)))
    assert [r.name for r in report.repositories] == ["good", "weak", "notes"]
    assert report.portfolio is not None
    assert report.portfolio.pieces[0] == "good"
    assert [r.outcome for r in report.portfolio.results] == [Outcome.PASS]


def test_several_processes_give_the_same_report(settings: Settings, make: Make, tmp_path: Path) -> None:
    for number in range(5):
        make(f"r{number}", LICENSE="MIT")
    one = audit_portfolio(str(tmp_path / "all"), settings)
    assert audit_portfolio(str(tmp_path / "all"), replace(settings, jobs=2)) == one


def test_a_repository_that_cannot_be_read_is_a_problem(settings: Settings, make: Make, tmp_path: Path) -> None:
    make("fine")
    (tmp_path / "all" / "broken.snapshot.json").write_text("{")
    report = audit_portfolio(str(tmp_path / "all"), settings)
    assert [r.name for r in report.repositories] == ["fine"]
    assert [p.at.path for p in report.problems] == ["broken.snapshot.json"]


def test_repositories_can_be_left_out(settings: Settings, make: Make, tmp_path: Path) -> None:
    make("fine")
    make("private-notes")
    report = audit_portfolio(str(tmp_path / "all"), replace(settings, exclude=("private-*",)))
    assert [r.name for r in report.repositories] == ["fine"]


def test_progress_counts_to_the_end(settings: Settings, make: Make, tmp_path: Path) -> None:
    make("a")
    make("b")
    seen: list[tuple[str, int, int]] = []
    audit_portfolio(str(tmp_path / "all"), settings, lambda *told: seen.append(told))
    assert seen == [("a", 1, 2), ("b", 2, 2)]


def test_unused_suppressions_are_reported(settings: Settings, make: Make) -> None:
    silenced = (Suppression("missing-licence", "later"), Suppression("untold-secret", "gone"))
    target = make("a", notes__txt="xyzzy")
    report = audit_repository(target, replace(settings, ruleset=replace(settings.ruleset, suppressions=silenced)))
    assert report.unused_suppressions == ("untold-secret",)
    assert [r.suppressed for r in report.repositories[0].results if r.rule is LICENSED] == ["later"]


def test_judging_is_a_pure_function_that_pickles(settings: Settings, make: Make) -> None:
    snapshot = collect(make("a", LICENSE="MIT"), settings)
    copy = pickle.loads(pickle.dumps((snapshot, settings)))  # noqa: S301  # our own bytes
    assert judge(*copy) == judge(snapshot, settings)


def test_a_tree_that_is_not_listed_whole_is_a_problem(settings: Settings) -> None:
    snapshot = Snapshot("a", tree=(TreeEntry("x.py"),), texts={}, gaps=(Location("data", note="too many files"),))
    problems = judge(snapshot, settings).report.problems
    assert "is not listed whole: too many files" in [p.message for p in problems]


def test_coverage_tells_what_was_read(settings: Settings) -> None:
    tree = (TreeEntry("a.py", 3), TreeEntry("b.py", 9), TreeEntry("c.bin", 9))
    snapshot = Snapshot("a", tree=tree, texts={"a.py": "x=1", "b.py": Unavailable("is over the limit")})
    coverage = judge(snapshot, settings).report.coverage
    assert (coverage.files, coverage.read, coverage.read_bytes, coverage.unread) == (3, 1, 3, 1)


@pytest.mark.parametrize("files", [{}, {"README.md": b"# Notes\n"}])
def test_an_empty_repository_is_not_graded(tmp_path: Path, files: dict[str, bytes]) -> None:
    (repository,) = audit_repository(str(write(tmp_path, files)), default_settings()).repositories
    assert (repository.kind.id, repository.score.value, repository.score.grade) == ("empty", 0, "?")
    assert repository.plan == ()
