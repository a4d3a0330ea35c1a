"""Shallow checkouts, kept reports of forks, whole profiles."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from action.conftest import BOT, FIRST, GOOD, WORSE, Stage
from github_server import Pull
from portfolio_audit.cli import acting, hosted, preparing
from portfolio_audit.reporting.wire import export, read_report


def kept(stage: Stage) -> Path:
    """The reports that the last run wrote."""
    return stage.folder.parent / f"run{stage.runs}" / "portfolio-audit-reports"


def fork(stage: Stage) -> tuple[str, Path]:
    """A pull request from a fork, audited by a run that may not write."""
    base, head = stage.commit(FIRST), stage.commit(WORSE, branch="topic")
    stage.publish(Pull(7, "topic", head, base, head_repository="eve/churn"))
    stage.run("pull_request", stage.pull(base, head, owner="eve"), comment="never")
    return head, kept(stage)


def finished(head: str, owner: str = "eve") -> dict[str, object]:
    inner = {"head_sha": head, "head_branch": "topic", "head_repository": {"owner": {"login": owner}}}
    return {"workflow_run": inner}


def test_a_fork_is_told_by_a_second_run(stage: Stage) -> None:
    head, folder = fork(stage)
    ran = stage.run("workflow_run", finished(head), report=str(folder))
    (comment,) = stage.comments()
    assert (ran.code, comment.author, comment.target, ran.outputs["new"]) == (0, BOT, "7", "1")
    assert "Paths that exist on one machine only" in comment.body


def test_a_report_about_another_commit_is_not_told(stage: Stage) -> None:
    _, folder = fork(stage)
    ran = stage.run("workflow_run", finished("e" * 40), report=str(folder))
    assert (ran.code, stage.comments()) == (3, [])


def test_a_branch_without_pull_request_is_not_told(stage: Stage) -> None:
    head, folder = fork(stage)
    ran = stage.run("workflow_run", finished(head, owner="mallory"), report=str(folder))
    assert (ran.code, stage.comments()) == (0, [])
    assert "no open pull request comes from that branch" in ran.log


@pytest.mark.parametrize(
    ("old", "new"), [("ada/churn", "mallory/churn"), ('"schema_version": 1', '"schema_version": 9')]
)
def test_a_report_that_was_tampered_with_is_refused(stage: Stage, old: str, new: str) -> None:
    head, folder = fork(stage)
    path = folder / "report.json"
    path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")
    assert stage.run("workflow_run", finished(head), report=str(folder)).code == 3
    assert stage.comments() == []


def test_links_that_lead_elsewhere_are_dropped(stage: Stage) -> None:
    head, folder = fork(stage)
    path = folder / "report.json"
    away = path.read_text("utf-8").replace("https://github.com/", "https://evil.example/")
    path.write_text(away, encoding="utf-8")
    stage.run("workflow_run", finished(head), report=str(folder))
    assert "evil.example" not in stage.comments()[0].body


def test_a_shallow_checkout_gets_what_it_lacks(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    before, after = stage.commit(FIRST), stage.commit(WORSE)
    origin = stage.folder.parent / "origin"
    shutil.move(stage.folder, origin)
    git = shutil.which("git") or "git"
    clone = [git, "clone", "--quiet", "--depth=1", f"file://{origin}", str(stage.folder)]
    subprocess.run(clone, check=True, capture_output=True)
    monkeypatch.chdir(stage.folder)
    ran = stage.run("push", stage.push(before, after))
    assert (ran.code, ran.outputs["new"]) == (0, "1")


def test_a_shallow_checkout_that_gets_nothing_is_audited_alone(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    before, after = stage.commit(FIRST), stage.commit(WORSE)
    bare = stage.folder.parent / "origin"
    shutil.move(stage.folder, bare)
    git = shutil.which("git") or "git"
    clone = [git, "clone", "--quiet", "--depth=1", f"file://{bare}", str(stage.folder)]
    subprocess.run(clone, check=True, capture_output=True)
    shutil.rmtree(bare)
    monkeypatch.chdir(stage.folder)
    ran = stage.run("push", stage.push(before, after))
    assert (ran.code, ran.outputs["new"]) == (0, "")
    assert "Older commits could not be fetched: " in ran.log


OWN_RULE = """\
id: no-readme-title
title: The README is not called so
points: 5
severity: low
full: {files: [NEVER.md]}
message: There is no NEVER.md.
why: A test wants it.
fix: {title: Add it, effort: 15m}
"""


def test_configuration_and_rules_are_those_of_the_inputs(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acting, "settings_of", preparing.settings_of)
    before, after = stage.commit(GOOD), stage.commit(WORSE)
    own = stage.folder.parent / "own" / "writeup"
    own.mkdir(parents=True)
    (own / "no-readme-title.yaml").write_text(OWN_RULE, encoding="utf-8")
    configuration = stage.folder.parent / "audit.yaml"
    configuration.write_text("disable: [absolute-paths]\nfail_under: A\n", encoding="utf-8")
    ran = stage.run("push", stage.push(before, after), config=str(configuration), rules=f"{own.parent}\n")
    asked = {result.rule for result in read_report(kept(stage) / "report.json").repositories[0].results}
    assert (ran.code, "no-readme-title" in asked, "absolute-paths" in asked) == (1, True, False)
    assert "is below A." in ran.log


def test_a_configuration_that_is_wrong_is_told_before_anything_is_audited(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acting, "settings_of", preparing.settings_of)
    stage.commit(GOOD)
    assert stage.run("push", {}, config="nowhere.yaml").code == 2


def test_a_whole_profile(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    import canonical  # noqa: PLC0415

    asked: list[str] = []

    def audited(login: str, *_: object) -> object:
        asked.append((login, os.environ.get("GITHUB_TOKEN")))  # type: ignore[arg-type]
        return canonical.portfolio_report()

    monkeypatch.setattr(hosted, "audited_account", audited)
    monkeypatch.delenv("GITHUB_TOKEN", raising=False)
    stage.commit(GOOD)
    ran = stage.run("schedule", {}, scope="profile", fail_under="A")
    monkeypatch.delenv("GITHUB_TOKEN", raising=False)
    assert (ran.code, asked, stage.comments()) == (1, [("ada", "ghs_workflow")], [])
    assert "The profile of ada." in ran.summary
    report = read_report(kept(stage) / "report.json")
    assert report == replace(export(canonical.portfolio_report()), problems=report.problems)
