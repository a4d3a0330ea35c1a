"""A report to a pull request or a commit, from the command line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import canonical
from cli.conftest import Run
from github_server import Commit, GitHub, Pull, Repository, Token, World
from portfolio_audit.reporting import FORMATS

SHA = "a" * 40
REPORT = canonical.repository_report()
ONE = replace(REPORT, repositories=(replace(REPORT.repositories[0], commit=SHA),))
NAME = ONE.repositories[0].full_name
OWNER = NAME.partition("/")[0]


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    path = tmp_path / "report.json"
    path.write_bytes(FORMATS["json"].render(ONE))
    return path


@pytest.fixture
def github(github_server: Callable[..., GitHub], monkeypatch: pytest.MonkeyPatch) -> GitHub:
    there = Repository(OWNER, NAME.partition("/")[2], {}, (Commit(oid=SHA),), pulls=(Pull(7, "topic", SHA, SHA),))
    tokens = (Token("ghp_ada", "ada"), Token("ghp_eve", "eve", writes=frozenset()))
    started = github_server(World((there,), tokens=tokens))
    for name, value in {**started.environment, "GITHUB_TOKEN": "ghp_ada"}.items():
        monkeypatch.setenv(name, value)
    return started


@pytest.mark.parametrize(("where", "target"), [(("--pull-request", 7), "7"), (("--commit", SHA[:7]), SHA)])
def test_publishing_again_changes_nothing(
    run: Run, github: GitHub, kept: Path, where: tuple[object, ...], target: str
) -> None:
    first, second = run("publish", kept, *where), run("publish", kept, *where)
    assert (first.exit_code, second.exit_code) == (0, 0), first.output
    assert (": created (" in first.output, ": unchanged (" in second.output) == (True, True)
    (comment,) = github.talk.comments.values()
    assert comment.target == target
    assert comment.body.startswith(f"<!-- portfolio-audit key= commit={SHA} run=0.0 -->\n### portfolio-audit: ")


def test_a_base_tells_what_changed(run: Run, github: GitHub, kept: Path, tmp_path: Path) -> None:
    before = tmp_path / "before.json"
    old = replace(ONE, repositories=(replace(ONE.repositories[0], commit="b" * 40),))
    before.write_bytes(FORMATS["json"].render(old))
    assert run("publish", kept, "--base", before, "--commit", SHA).exit_code == 0
    (comment,) = github.talk.comments.values()
    assert "Nothing changed since [`bbbbbbb`]" in comment.body


def test_who_may_not_write_is_told(run: Run, github: GitHub, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "ghp_eve")
    done = run("publish", kept, "--pull-request", 7)
    assert (done.exit_code, github.talk.comments) == (3, {})
    assert "refused (it needs pull-requests: write" in done.output


@pytest.mark.parametrize("words", [(), ("--commit", SHA, "--pull-request", 7)])
def test_where_to_comment_must_be_said_once(run: Run, kept: Path, words: tuple[object, ...]) -> None:
    done = run("publish", kept, *words)
    assert (done.exit_code, "either --pull-request N or --commit" in done.output) == (2, True)


def test_a_portfolio_has_no_commit(run: Run, github: GitHub, tmp_path: Path) -> None:
    path = tmp_path / "portfolio.json"
    path.write_bytes(FORMATS["json"].render(canonical.portfolio_report()))
    done = run("publish", path, "--commit", SHA)
    assert str(done.exception) == "The report is not about one commit of one repository."


@pytest.mark.parametrize("asked", ["b" * 40, "aaa", "main"])
def test_a_report_of_another_commit_is_not_published(run: Run, github: GitHub, kept: Path, asked: str) -> None:
    done = run("publish", kept, "--commit", asked)
    assert str(done.exception) == f"The report is about commit {SHA[:12]}, not {asked[:12]}."
    assert github.talk.comments == {}
