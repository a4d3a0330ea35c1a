"""The scenarios once more, for real: each event runs action.yml by act, step by step, and leads to the same pages."""

from __future__ import annotations

import inspect
import json
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

import pygit2
import pytest
import yaml

from action import test_scenarios as scenarios
from action.acting import act, install
from action.conftest import FIRST, GOOD, NOBODY, RULES, TOKENS, WORSE, Ran, Stage
from github_server import GitHub, Pull, World
from github_server.misbehaviour import cut_before, primary_limit
from installed import tool
from portfolio_audit.defaults import load_knowledge

pytestmark = [
    pytest.mark.skipif(not tool("act"), reason="act is not installed"),
    pytest.mark.xdist_group("act events"),
]
SCENARIOS = (
    scenarios.test_a_push_without_a_pull_request_is_told_at_its_commit,
    scenarios.test_what_broke_is_marked_at_its_line,
    scenarios.test_a_push_to_the_branch_of_a_pull_request_is_told_there,
    scenarios.test_a_pull_request_is_compared_with_where_it_parted,
    scenarios.test_nothing_is_said_when_nothing_changed,
    scenarios.test_a_new_branch_is_compared_with_where_it_began,
    scenarios.test_a_forced_push_whose_past_is_gone,
    scenarios.test_a_forced_push_whose_past_is_still_there,
    scenarios.test_the_first_commit,
    scenarios.test_what_changes_no_branch_is_only_summarised,
    scenarios.test_a_merge_is_compared_with_the_branch_before,
    scenarios.test_a_fork_with_a_token_that_may_not_write,
    scenarios.test_a_second_run_of_the_same_commit_renews_the_comment,
)
FAULTS = {"unreachable": cut_before(), "limited": primary_limit()}
MORE: dict[str, object] = {"event": "push"}
"""What else scenarios ask for: the push of a tag."""


@dataclass
class Played(Stage):
    """The stage, with runs that act makes."""

    options: list[str] = field(default_factory=list)

    def run(self, event: str, payload: object, *, ref: str = "refs/heads/main", **inputs: str) -> Ran:
        """Run the workflow; of the rules only few are asked, so that the pages are short."""
        self.runs += 1
        name = f"reports{self.runs}"
        asked = {key.replace("_", "-"): value for key, value in inputs.items()}
        given = payload | {"ref": ref} if isinstance(payload, dict) and event == "push" else payload
        variables = {"GITHUB_RUN_ID": str(self.runs), "GITHUB_REF": ref}
        options = [*self.options, *(word for key, value in variables.items() for word in ("--env", f"{key}={value}"))]
        few = str(self.folder.parent / "few.yaml")
        acted = act(self.folder, self.github, (event, given), options, **{"config": few, "artifact": name} | asked)
        written = self.folder.parent / name
        outputs = {key: _placed(value) for key, value in acted.outputs.items()}
        reports = tuple(sorted(path.name for path in written.glob("*")))
        return Ran(acted.code, acted.said, f"{acted.summary}\n\n" if acted.summary else "", outputs, reports)


def _placed(value: str) -> str:
    _, folder, rest = value.rpartition("/portfolio-audit-reports")
    return f"TEMP{folder}{rest}" if folder else value


@pytest.fixture(scope="module")
def options(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return install(tmp_path_factory.mktemp("actions"))


@pytest.fixture
def played(tmp_path: Path, github_server: Callable[..., GitHub], options: list[str]) -> Played:
    folder = tmp_path / "churn"
    pygit2.init_repository(str(folder), initial_head="main").remotes.create("origin", "https://github.com/ada/churn")
    others = sorted({rule.id for rule in load_knowledge()[0].rules} - RULES)
    (tmp_path / "few.yaml").write_text(yaml.safe_dump({"disable": others}), encoding="utf-8")
    return Played(folder, github_server(World((), tokens=TOKENS)), {}, str, options=options)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.__name__.removeprefix("test_"))
def test_by_act(scenario: Callable[..., None], played: Played) -> None:
    scenario(played, **{name: MORE[name] for name in inspect.signature(scenario).parameters if name in MORE})


@pytest.mark.parametrize("fault", FAULTS)
def test_github_is_away(fault: str, played: Played, monkeypatch: pytest.MonkeyPatch) -> None:
    scenarios.test_when_github_does_not_take_it_the_audit_still_counts(played, FAULTS[fault], monkeypatch)


def test_the_step_fails_below_a_grade(played: Played) -> None:
    before, after = played.commit(GOOD), played.commit(FIRST)
    ran = played.run("push", played.push(before, after), fail_under="A+", fail_on="grade-drop,new-findings")
    assert (ran.code, ran.outputs["grade"], ran.outputs["new"], len(played.comments())) == (1, "F", "2", 1)
    told = [line for line in ran.log.splitlines() if line.startswith("::error title=portfolio-audit::")]
    assert len(told) == 3


def test_more_than_fifty_findings_fit(played: Played) -> None:
    before = played.commit(FIRST)
    failed = {"output_type": "error", "ename": "E", "evalue": "", "traceback": []}
    cell = {"cell_type": "code", "metadata": {}, "execution_count": 1, "outputs": [failed], "source": "open('/home/a')"}
    notebook = json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()
    many = {f"step_{number}.ipynb": notebook for number in range(20)}
    requirements = "".join(f"package-{number}\n" for number in range(20)).encode()
    after = played.commit({**FIRST, **many, "requirements.txt": requirements})
    ran = played.run("push", played.push(before, after), config="")
    (comment,) = played.comments()
    assert (ran.code, int(ran.outputs["new"]) > 50, len(comment.body) <= 65_536) == (0, True, True)
    assert comment.body.count("<details>") == comment.body.count("</details>")
    assert len([line for line in ran.log.splitlines() if line.startswith("::warning ")]) == 10


def test_two_runs_that_race_leave_one_comment_of_the_newer_commit(played: Played, tmp_path: Path) -> None:
    base, older = played.commit(FIRST), played.commit(WORSE, branch="topic")
    newer = played.commit({**WORSE, "more.py": WORSE["train.py"]}, branch="topic")
    played.publish(Pull(7, "topic", newer, base))
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(played.folder, elsewhere / "churn")
    shutil.copy(tmp_path / "few.yaml", elsewhere)
    other = replace(played, folder=elsewhere / "churn", runs=1)
    with ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(s.run, "pull_request", s.pull(base, head)) for s, head in ((played, older), (other, newer))]
    assert [run.result().code for run in runs] == [0, 0]
    (comment,) = played.comments()
    assert comment.body.startswith(f"<!-- portfolio-audit key= commit={newer} run=2.1 -->\n")
    assert "portfolio-audit: Comment on pull request #7: outdated (" in runs[0].result().log


def test_the_second_step_for_forks_tells_what_the_first_has_kept(played: Played, tmp_path: Path) -> None:
    base, head = played.commit(FIRST), played.commit(WORSE, branch="topic")
    played.publish(Pull(7, "topic", head, base, head_repository="eve/churn"))
    assert played.run("pull_request", played.pull(base, head, owner="eve"), comment="never").code == 0
    assert played.comments() == []
    inner = {"head_sha": head, "head_branch": "topic", "head_repository": {"owner": {"login": "eve"}}}
    ran = played.run("workflow_run", {"workflow_run": inner}, report=str(tmp_path / "reports1"))
    (comment,) = played.comments()
    assert (ran.code, comment.target, ran.outputs["new"]) == (0, "7", "1")


def test_a_whole_profile(played: Played) -> None:
    played.commit(GOOD)
    ran = played.run("schedule", {}, scope="profile", formats="badge,svg")
    assert (ran.code, played.comments(), ran.outputs["new"]) == (0, [], "")
    assert ran.reports == ("report.badge.json", "report.json", "report.svg")
    assert "The profile of ada." in ran.summary


def test_a_base_and_rules_that_were_asked_for(played: Played, tmp_path: Path) -> None:
    first = played.commit(FIRST)
    played.commit(WORSE)
    played.commit(WORSE, message="Nothing")
    own = tmp_path / "own rules" / "writeup"
    own.mkdir(parents=True)
    rule = "id: no-motto\ntitle: There is no motto\npoints: 5\nseverity: low\nfull: {files: [MOTTO.md]}\n"
    rule += "message: There is no MOTTO.md.\nwhy: A test wants it.\nfix: {title: Add it, effort: 15m}\n"
    (own / "no-motto.yaml").write_text(rule, encoding="utf-8")
    asked = {"base_ref": "HEAD~2", "rules": f"{own.parent}\n", "comment": "always"}
    ran = played.run("workflow_dispatch", {"before": NOBODY}, **asked)
    assert (ran.code, ran.outputs["new"]) == (0, "1"), ran.log
    assert f"Changed since [`{first[:7]}`]" in ran.summary
    assert "There is no motto" in ran.summary
