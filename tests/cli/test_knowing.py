"""``rules``, ``explain``, ``kinds`` and ``snapshot`` on rules and repositories of our own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.conftest import Run

RULE = """\
id: missing-changelog
title: Nothing says what changed
points: 2
severity: low
full: {files: ["CHANGELOG*"]}
partial: {text: {pattern: "(?i)changes", files: ["README*"]}}
message: There is no changelog.
why: A reviewer sees how you release.
errs: Releases on GitHub are not seen.
fix: {title: Write one, effort: 15m, steps: ["Follow keepachangelog.com."]}
"""
CASE = """\
- name: it is there
  files: {CHANGELOG.md: "# 1.0"}
  expect: {outcome: pass, at: ["CHANGELOG.md"]}
- name: it is not there
  files: {README.md: "# x"}
  expect: {outcome: OUTCOME}
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A folder with one rule of our own."""
    folder = tmp_path / "rules"
    (folder / "writeup").mkdir(parents=True)
    (folder / "writeup" / "missing-changelog.yaml").write_text(RULE, encoding="utf-8")
    return folder


def case_folder(tmp_path: Path, outcome: str) -> Path:
    folder = tmp_path / "cases" / "writeup"
    folder.mkdir(parents=True)
    (folder / "missing-changelog.yaml").write_text(CASE.replace("OUTCOME", outcome), encoding="utf-8")
    return folder.parent


def test_rules_are_listed_with_criterion_points_and_title(run: Run, rules: Path) -> None:
    lines = run("rules", "list", "--rules", rules).stdout.splitlines()
    assert "writeup                 2  missing-changelog              Nothing says what changed" in lines


def test_a_rule_is_shown_as_its_file(run: Run, rules: Path) -> None:
    assert run("rules", "show", "missing-changelog", "--rules", rules).stdout == RULE


def test_good_rules_are_good(run: Run, rules: Path) -> None:
    assert run("rules", "check", rules).stdout.startswith("Good: 1 rules of your own")


def test_cases_that_hold_are_counted(run: Run, rules: Path, tmp_path: Path) -> None:
    result = run("rules", "cases", case_folder(tmp_path, "fail"), "--rules", rules)
    assert (result.exit_code, result.stdout) == (0, "2 cases, 0 of them wrong.\n")


def test_cases_that_do_not_hold_are_told(run: Run, rules: Path, tmp_path: Path) -> None:
    result = run("rules", "cases", case_folder(tmp_path, "pass"), "--rules", rules)
    assert result.exit_code == 1
    assert "it is not there" in result.stdout
    assert result.stdout.endswith("2 cases, 1 of them wrong.\n")


def test_a_rule_is_explained_in_words(run: Run, rules: Path) -> None:
    shown = run("explain", "missing-changelog", "--rules", rules).stdout
    assert shown.startswith("missing-changelog: Nothing says what changed\nwriteup; 2 points; severity low\n")
    assert "Why a reviewer cares: A reviewer sees how you release." in shown
    assert "To meet it (15m): Write one\n  - Follow keepachangelog.com." in shown


def test_a_rule_is_explained_with_where_it_errs(run: Run, rules: Path) -> None:
    shown = run("explain", "missing-changelog", "--rules", rules).stdout
    assert "\n\nWhere it errs: Releases on GitHub are not seen.\n\nTo meet it" in shown


def test_a_shipped_rule_has_a_page_and_one_of_your_own_has_none(run: Run, rules: Path) -> None:
    page = "With examples: https://github.com/portfolio-audit/portfolio-audit/blob/main/docs/rules/missing-tests.md\n"
    assert run("explain", "missing-tests", "--rules", rules).stdout.endswith(page)
    assert "With examples" not in run("explain", "missing-changelog", "--rules", rules).stdout


def test_a_rule_tells_what_it_saw(run: Run, rules: Path, project: Path) -> None:
    shown = run("explain", "missing-changelog", project, "--rules", rules).stdout
    assert "In churn:\nOutcome: fail, 0 of 2 points\n  There is no changelog.\nMet in full: no\n" in shown
    assert "Met in part: no\n  no: text like (?i)changes in README*\n" in shown


def test_a_condition_that_holds_shows_where(run: Run, rules: Path, project: Path) -> None:
    (project / "README.md").write_text("# Churn\n\n## Changes\n", encoding="utf-8")
    shown = run("explain", "missing-changelog", project, "--rules", rules).stdout
    assert "Outcome: partial, 1 of 2 points" in shown
    assert "Met in part: yes\n  yes: text like (?i)changes in README*\n      README.md:3\n" in shown


def test_a_rule_about_profiles_says_so(run: Run, project: Path) -> None:
    assert "This rule judges a profile as a whole" in run("explain", "few-pieces", project).stdout


def test_kinds_say_which_count(run: Run) -> None:
    lines = run("kinds").stdout.splitlines()
    assert "ml-project     counts  One problem solved with data and a model." in lines
    assert "fork                   A copy of someone else's repository." in lines


def test_a_snapshot_can_be_audited_instead_of_its_repository(run: Run, project: Path) -> None:
    assert run("snapshot", project, "-o", "churn.snapshot.json").exit_code == 0
    first, second = run("repo", project, "-q").stdout, run("repo", "churn.snapshot.json", "-q").stdout
    assert first == second


def test_a_snapshot_gets_a_name_that_every_system_takes(run: Run, project: Path, tmp_path: Path) -> None:
    renamed = project.rename(project.parent / "a b$c")
    run("snapshot", renamed)
    assert (tmp_path / "a-b-c.snapshot.json").is_file()


def test_the_schema_of_reports_is_printed(run: Run) -> None:
    schema = json.loads(run("schema").stdout)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["properties"]["schema_version"]["const"] == 1
