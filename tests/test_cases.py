import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import nbformat
import pytest

from judgement import rule as make_rule
from judgement import ruleset
from portfolio_audit.cases import CASES_AT, Case, CaseRepository, Expectation, find_files, load_cases, run_case
from portfolio_audit.errors import RuleError
from portfolio_audit.model.location import Location
from portfolio_audit.model.profile import Profile
from portfolio_audit.model.record import Deployment, Release, Run
from portfolio_audit.model.result import Outcome
from portfolio_audit.model.rule import FactTest, Ruleset, TextTest
from portfolio_audit.model.snapshot import History, Metadata, Snapshot, TreeEntry, Unavailable
from portfolio_audit.model.vocabulary import Vocabulary

WRITTEN = """\
- name: all that a case can have
  kind: tool
  metadata:
    description: ""
    topics: [nlp]
    fork: false
    history: {commits: [Second, First], tags: [v1]}
  files:
    README.md: |
      # Title
    data.csv: {size: 5000000}
    code.py: {size: 10}
    broken.md: {unavailable: is not UTF-8}
  expect: {outcome: fail, at: ["README.md:1"], message: seed}
"""
PROFILE = """\
- name: two pieces
  profile: {login: ada, bio: "", contributions_elsewhere: [numpy/numpy]}
  repositories:
    tides: {kind: ml-project, files: {README.md: "# Tides"}}
    wells: {files: {}}
  expect: {outcome: pass}
"""


def load(folder: Path, text: str) -> tuple[Case, ...]:
    (folder / "value").mkdir(exist_ok=True)
    (folder / "value" / "no-seed.yaml").write_text(text)
    return load_cases(find_files(folder)[0])


def test_a_case_is_read_whole(tmp_path: Path) -> None:
    case = load(tmp_path, WRITTEN)[0]
    snapshot = case.repositories[0].snapshot

    assert (case.id, case.defined.line) == ("no-seed/all that a case can have", 1)
    assert case.expect == Expectation(Outcome.FAIL, ("README.md:1",), "seed")
    assert case.repositories[0].kind == "tool"
    assert [(e.path, e.size) for e in snapshot.tree] == [
        ("README.md", 8),
        ("data.csv", 5_000_000),
        ("code.py", 10),
        ("broken.md", 1),
    ]
    assert snapshot.texts == {
        "README.md": "# Title\n",
        "data.csv": Unavailable("is over the limit (5,000,000 bytes)"),
        "broken.md": Unavailable("is not UTF-8"),
    }


def test_metadata_is_known_where_it_is_given(tmp_path: Path) -> None:
    metadata = load(tmp_path, WRITTEN)[0].repositories[0].snapshot.metadata

    assert isinstance(metadata.history, History)
    assert [c.summary for c in metadata.history.commits] == ["Second", "First"]
    assert [c.at < CASES_AT for c in metadata.history.commits] == [True, True]
    assert replace(metadata, history=Metadata().history) == Metadata(description="", topics=("nlp",), fork=False)


def test_a_profile_case_has_repositories(tmp_path: Path) -> None:
    case = load(tmp_path, PROFILE)[0]

    assert case.profile == Profile("ada", "", contributions_elsewhere=("numpy/numpy",))
    assert [(r.snapshot.full_name, r.kind) for r in case.repositories] == [("tides", "ml-project"), ("wells", "")]


def test_what_a_host_recorded_can_be_given(tmp_path: Path) -> None:
    text = """\
- name: recorded
  metadata:
    parent: ""
    releases: [{tag: v1, at: 2025-06-01, assets: 2}]
    deployments: [{environment: production, state: success}]
    runs: [{name: Tests, conclusion: failure}]
    pushed_at: 2025-06-01
  alive: {"https://a.example": true, "https://b.example": is asleep}
  files: {}
  expect: {outcome: pass}
"""
    snapshot = load(tmp_path, text)[0].repositories[0].snapshot

    day, before = datetime(2025, 6, 1, tzinfo=UTC), CASES_AT - timedelta(days=1)
    assert snapshot.alive == {"https://a.example": True, "https://b.example": Unavailable("is asleep")}
    assert snapshot.metadata == Metadata(
        parent="",
        releases=(Release("v1", day, assets=2),),
        deployments=(Deployment("production", before, "success"),),
        runs=(Run("Tests", conclusion="failure", at=before),),
        pushed_at=day,
    )


MISTAKES = {
    "outcome: fail": ("outcome: failed", "'outcome' 'failed' is not known. It is one of: pass, partial, fail"),
    "kind: tool": ("kind: tol", "the kind 'tol' is not known."),
    "  files:": ("  repositories: {}\n  files:", "either 'files' or 'repositories'"),
    "{size: 10}": ("{sizes: 10}", "'code.py' has no key 'sizes'. Did you mean 'size'?"),
    "{size: 5000000}": ("{cells: [{count: 1}]}", "a cell has exactly one of: markdown, code, raw."),
    "{unavailable: is": ("{cells: [{markdown: a, count: 1}], language: is", "a markdown cell has no 'count'."),
    "- name: all": ("- {name: a, files: {}, expect: {outcome: pass}}\n" * 2 + "- name: all", "'a' is there twice"),
    "    topics: [nlp]": ("    pushed_at: soon", "'pushed_at' must be a day such as 2025-05-31, not 'soon'."),
    "fork: false": ("fork: no", "'fork' must be true or false, not 'no'."),
}


@pytest.mark.parametrize("right", MISTAKES)
def test_a_mistake_in_a_case_is_told(tmp_path: Path, right: str) -> None:
    wrong, message = MISTAKES[right]

    with pytest.raises(RuleError) as error:
        load(tmp_path, WRITTEN.replace(right, wrong, 1))

    assert message in str(error.value)


def test_a_notebook_is_what_jupyter_saves(tmp_path: Path) -> None:
    cells = '[{markdown: "# Churn"}, {code: "1/0", count: 2, output: "1\\n2", error: ZeroDivisionError, image: true}]'
    text = f"- {{name: n, files: {{a.ipynb: {{cells: {cells}}}}}, expect: {{outcome: pass}}}}"

    written = load(tmp_path, text)[0].repositories[0].snapshot.texts["a.ipynb"]

    assert isinstance(written, str)
    notebook = json.loads(written)
    nbformat.validate(notebook)
    assert written.startswith('{\n "cells": [\n  {\n   "cell_type": "markdown",')
    assert [o["output_type"] for o in notebook["cells"][1]["outputs"]] == ["stream", "display_data", "error"]


RULE = replace(make_rule("no-seed"), full=TextTest("seed", ("*.txt",)), message="No seed.", kinds=("ml-project",))


def outcome(expect: Expectation, rules: Ruleset | None = None, kind: str = "ml-project") -> tuple[str, ...]:
    snapshot = Snapshot("x", tree=(TreeEntry("a.txt", 9),), texts={"a.txt": "one\nseed\n"})
    case = Case("no-seed", "n", Location("c.yaml", 3), expect, (CaseRepository(snapshot, kind),))
    return run_case(case, rules or ruleset(rules=(RULE,)), Vocabulary()).differences


def test_a_case_that_is_met_has_no_differences() -> None:
    assert outcome(Expectation(Outcome.PASS, ("a.txt", "a.txt:2"))) == ()
    assert outcome(Expectation(Outcome.NOT_APPLICABLE, reason="this is tool"), kind="tool") == ()


def test_every_difference_is_told() -> None:
    failing = ruleset(rules=(replace(RULE, full=TextTest("none", ("*.txt",))),))

    assert outcome(Expectation(Outcome.PASS, ("a.txt:1",), "Seed", "why"), failing) == (
        "the outcome is fail, not pass (No seed.)",
        "'a.txt:1' is not among the places: (repository)",
        "the message is 'No seed.'; it lacks 'Seed'",
        "the reason is ''; it lacks 'why'",
    )


def test_a_case_needs_its_rule() -> None:
    with pytest.raises(RuleError, match=r"c.yaml:3: there is no rule 'no-seed'. Did you mean 'no-seeds'\?"):
        outcome(Expectation(Outcome.PASS), ruleset(rules=(make_rule("no-seeds"),)))


def test_a_case_of_a_profile_rule_needs_repositories() -> None:
    with pytest.raises(RuleError, match="needs 'repositories'"):
        outcome(Expectation(Outcome.PASS), ruleset(rules=(make_rule("no-seed", "focus"),)))


def test_a_profile_case_runs_through_the_pipeline(tmp_path: Path) -> None:
    rule = replace(make_rule("no-seed", "focus"), full=FactTest("breadth.pieces", at_least=1))
    case = load(tmp_path, PROFILE)[0]

    result = run_case(case, ruleset(rules=(rule,)), Vocabulary()).result

    assert (result.outcome, [at.path for at in result.evidence]) == (Outcome.PASS, ["tides"])
