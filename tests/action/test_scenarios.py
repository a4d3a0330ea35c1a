"""What each event leads to: comments, summary, outputs, exit code."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import pytest

from action.conftest import BETTER, BOT, FIRST, GOOD, NOBODY, READER, WORSE, Stage
from github_server import Pull
from github_server.misbehaviour import cut_before, gateway, primary_limit
from portfolio_audit.publishing import Marker, Run, writer
from portfolio_audit.publishing.retrying import Persistence

EXPECTED = Path(__file__).parent.parent.parent / "fixtures" / "expected" / "action"


def check(name: str, page: str) -> None:
    """Compare with a page in fixtures/expected/action, or write it there when PORTFOLIO_AUDIT_REMAKE is set."""
    path = EXPECTED / f"{name}.md"
    if "PORTFOLIO_AUDIT_REMAKE" in os.environ:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8")
    assert page == path.read_text(encoding="utf-8")


def only_comment(stage: Stage) -> tuple[str, str, str]:
    (comment,) = stage.comments()
    return comment.author, comment.target, comment.body


def test_a_push_without_a_pull_request_is_told_at_its_commit(stage: Stage) -> None:
    before, after = stage.commit(WORSE), stage.commit(BETTER)
    ran = stage.run("push", stage.push(before, after), formats="sarif svg badge")
    author, target, body = only_comment(stage)
    assert (ran.code, author, target) == (0, BOT, after)
    check("push", body)
    assert ran.summary == body.partition("\n")[2] + "\n"
    assert ran.outputs == {
        "grade": ran.outputs["grade"],
        "score": ran.outputs["score"],
        "delta": ran.outputs["delta"],
        "new": "0",
        "fixed": "2",
        "reports": "TEMP/portfolio-audit-reports",
        "report": "TEMP/portfolio-audit-reports/report.json",
        "sarif": "TEMP/portfolio-audit-reports/report.sarif",
    }
    assert float(ran.outputs["delta"]) > 0
    assert ran.reports == ("base.json", "report.badge.json", "report.json", "report.sarif", "report.svg")


def test_what_broke_is_marked_at_its_line(stage: Stage) -> None:
    before, after = stage.commit(BETTER), stage.commit(WORSE)
    ran = stage.run("push", stage.push(before, after))
    check("broken", only_comment(stage)[2])
    (remark,) = [line for line in ran.log.splitlines() if line.startswith("::")]
    assert remark.startswith("::warning file=train.py,line=3,title=Paths that exist on one machine only::")
    (made,) = stage.github.talk.checks.values()
    assert (made.sha, made.asked["conclusion"]) == (after, "neutral")
    assert [a["start_line"] for a in made.asked["output"]["annotations"]] == [3]


def test_a_push_to_the_branch_of_a_pull_request_is_told_there(stage: Stage) -> None:
    first = stage.commit(FIRST)
    second = stage.commit(WORSE, branch="topic")
    stage.publish(Pull(7, "topic", second, first))
    ref = "refs/heads/topic"
    stage.run("push", stage.push(first, second, ref=ref), ref=ref)
    third = stage.commit(FIRST, branch="topic")
    stage.publish(Pull(7, "topic", third, first))
    stage.run("push", stage.push(second, third, ref=ref), ref=ref)
    _, target, body = only_comment(stage)
    assert target == "7"
    assert "**Fixed**" in body
    assert "**Broken**" not in body


def test_a_pull_request_is_compared_with_where_it_parted(stage: Stage) -> None:
    parted = stage.commit(FIRST)
    head = stage.commit(WORSE, branch="topic")
    stage.repository.set_head("refs/heads/main")
    base = stage.commit(BETTER)
    stage.publish(Pull(7, "topic", head, base))
    stage.run("pull_request", stage.pull(base, head), ref="refs/pull/7/merge")
    _, target, body = only_comment(stage)
    assert target == "7"
    assert f"Changed since [`{parted[:7]}`]" in body
    assert "**Fixed**" not in body


def test_the_comment_of_a_pull_request_follows_it_and_says_when_all_is_well_again(stage: Stage) -> None:
    base, worse = stage.commit(FIRST), stage.commit(WORSE, branch="topic")
    stage.publish(Pull(7, "topic", worse, base))
    stage.run("pull_request", stage.pull(base, worse))
    again = stage.commit(FIRST, branch="topic", message="Undo")
    stage.publish(Pull(7, "topic", again, base))
    ran = stage.run("pull_request", stage.pull(base, again))
    assert f"Nothing changed since [`{base[:7]}`]" in only_comment(stage)[2]
    assert "Comment on pull request #7: updated" in ran.log


def test_nothing_is_said_when_nothing_changed(stage: Stage) -> None:
    before = stage.commit(FIRST)
    after = stage.commit({**FIRST, "README.md": FIRST["README.md"] + b"\nMore of the same.\n"})
    ran = stage.run("push", stage.push(before, after))
    assert (stage.comments(), ran.outputs["delta"], ran.outputs["new"]) == ([], "0.0", "0")
    assert "Nothing changed since" in ran.summary
    stage.run("push", stage.push(before, after), comment="always")
    assert len(stage.comments()) == 1


@pytest.mark.parametrize("comment", ["never", "on-change"])
def test_silence_that_was_asked_for(stage: Stage, comment: str) -> None:
    before, after = stage.commit(FIRST), stage.commit(FIRST, message="Nothing")
    stage.run("push", stage.push(before, after), comment=comment)
    if comment == "never":
        worse = stage.commit(WORSE)
        stage.run("push", stage.push(after, worse), comment=comment)
    assert stage.comments() == []


def test_the_first_commit(stage: Stage) -> None:
    first = stage.commit(FIRST)
    ran = stage.run("push", stage.push(NOBODY, first))
    check("first", only_comment(stage)[2])
    assert (ran.outputs["delta"], ran.outputs["new"], ran.reports) == ("", "", ("report.json",))


def test_a_new_branch_is_compared_with_where_it_began(stage: Stage) -> None:
    parted = stage.commit(FIRST)
    one = stage.commit(WORSE, branch="topic")
    two = stage.commit({**WORSE, "b.txt": b"b"}, branch="topic")
    payload = stage.push(NOBODY, two, ref="refs/heads/topic", commits=[{"id": one}, {"id": two}])
    stage.run("push", payload, ref="refs/heads/topic")
    assert f"Changed since [`{parted[:7]}`]" in only_comment(stage)[2]


def test_a_forced_push_whose_past_is_gone(stage: Stage) -> None:
    parent, head = stage.commit(FIRST), stage.commit(WORSE)
    ran = stage.run("push", stage.push("d" * 40, head, forced=True))
    assert ran.code == 0
    assert f"Changed since [`{parent[:7]}`]" in only_comment(stage)[2]


def test_a_forced_push_whose_past_is_still_there(stage: Stage) -> None:
    first = stage.commit(FIRST)
    dropped = stage.commit(BETTER)
    stage.repository.reset(pygit2_id(first), 1)
    head = stage.commit(WORSE)
    stage.run("push", stage.push(dropped, head, forced=True))
    assert f"Changed since [`{dropped[:7]}`]" in only_comment(stage)[2]


def test_a_merge_is_compared_with_the_branch_before(stage: Stage) -> None:
    first, topic = stage.commit(FIRST), stage.commit(BETTER, branch="topic")
    repository = stage.repository
    repository.set_head("refs/heads/main")
    commit = repository[topic]
    merged = str(
        repository.create_commit(
            "HEAD", commit.author, commit.author, "Merge", commit.tree_id, [pygit2_id(first), pygit2_id(topic)]
        )
    )
    stage.commits.append(merged)
    stage.publish()
    ran = stage.run("push", stage.push(first, merged))
    assert ran.outputs["fixed"] == "1"
    assert f"Changed since [`{first[:7]}`]" in only_comment(stage)[2]


@pytest.mark.parametrize("event", ["push", "schedule", "workflow_dispatch"])
def test_what_changes_no_branch_is_only_summarised(stage: Stage, event: str) -> None:
    head = stage.commit(FIRST)
    ran = stage.run(event, stage.push(NOBODY, head), ref="refs/tags/v1" if event == "push" else "refs/heads/main")
    assert (ran.code, stage.comments()) == (0, [])
    what = "A tag" if event == "push" else f"The event {event}"
    assert f"{what} changes no branch: there is nothing to compare with." in ran.summary


def test_a_base_that_was_asked_for(stage: Stage) -> None:
    first = stage.commit(FIRST)
    stage.commit(WORSE)
    head = stage.commit(BETTER)
    stage.run("workflow_dispatch", {}, base_ref="HEAD~2", comment="always")
    assert stage.comments() == []
    stage.environment["GITHUB_SHA"] = head
    stage.run("workflow_dispatch", {}, base_ref="HEAD~2", comment="always")
    assert f"Changed since [`{first[:7]}`]" in only_comment(stage)[2]


def test_a_base_that_is_not_there(stage: Stage) -> None:
    stage.commit(FIRST)
    assert stage.run("workflow_dispatch", {}, base_ref="$(touch /tmp/x)").code == 2


def test_nothing_checked_out_is_told_in_the_summary_too(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.commit(FIRST)
    empty = stage.folder.parent / "empty"
    empty.mkdir()
    monkeypatch.chdir(empty)
    ran = stage.run("push", {})
    told = "ada/churn: it is not checked out here. Use actions/checkout before."
    assert (ran.code, ran.log) == (3, f"::error title=portfolio-audit::{told}\n")
    assert ran.summary == f"### portfolio-audit: not audited\n\n{told}\n\n"


def test_a_folder_inside_a_repository_is_none(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Issue 6: of a folder in a monorepo was said that its git directory is damaged."""
    stage.commit({**FIRST, "models/a b/train.py": b"import torch\n"})
    inside = stage.folder / "models" / "a b"
    inside.mkdir(parents=True)
    monkeypatch.chdir(inside)
    ran = stage.run("push", {})
    assert ran.code == 2
    assert "::The input working-directory: 'models/a b' is a folder inside a repository, not where" in ran.log


def test_a_branch_that_was_deleted(stage: Stage) -> None:
    stage.commit(FIRST)
    ran = stage.run("push", stage.push("a" * 40, NOBODY, deleted=True))
    assert (ran.code, ran.said(), ran.summary) == (0, ["The branch was deleted: there is nothing to audit."], "")


def test_a_fork_with_a_token_that_may_not_write(stage: Stage) -> None:
    base, head = stage.commit(FIRST), stage.commit(WORSE, branch="topic")
    stage.publish(Pull(7, "topic", head, base, head_repository="eve/churn"))
    ran = stage.run("pull_request", stage.pull(base, head, owner="eve"), token=READER)
    told = "Comment on pull request #7: refused (it needs pull-requests: write; GitHub does not allow it"
    assert (ran.code, stage.comments(), ran.outputs["new"]) == (0, [], "1")
    assert told in ran.log
    assert "> Comment on pull request #" in ran.summary


def test_a_second_run_of_the_same_commit_renews_the_comment(stage: Stage) -> None:
    before, after = stage.commit(FIRST), stage.commit(WORSE)
    for _ in range(2):
        stage.run("push", stage.push(before, after))
    assert only_comment(stage)[2].startswith(Marker(after, Run(2, 1)).mark(""))
    assert len(stage.github.talk.checks) == 1


def test_a_run_that_is_late_does_not_overwrite_the_newer_commit(stage: Stage) -> None:
    base = stage.commit(FIRST)
    one, two = stage.commit(WORSE, branch="topic"), stage.commit(BETTER, branch="topic")
    stage.publish(Pull(7, "topic", two, base))
    stage.run("pull_request", stage.pull(base, two))
    body = only_comment(stage)[2]
    ran = stage.run("pull_request", stage.pull(base, one))
    assert only_comment(stage)[2] == body
    assert "Comment on pull request #7: outdated (a newer commit was audited meanwhile)" in ran.log


def test_many_findings_fit(stage: Stage) -> None:
    before = stage.commit(FIRST)
    many = {f"{'step' * 20}_{n}.py": WORSE["train.py"] for n in range(20)}
    ran = stage.run("push", stage.push(before, stage.commit({**FIRST, **many})))
    body = only_comment(stage)[2]
    assert (ran.outputs["new"], len(body) <= 65_536) == ("20", True)
    assert body.count("<details>") == body.count("</details>")
    assert "and 17 more" in body
    assert len([line for line in ran.log.splitlines() if line.startswith("::")]) == 10


@pytest.mark.parametrize("fault", [gateway(502), cut_before(), primary_limit()], ids=["502", "unreachable", "limited"])
def test_when_github_does_not_take_it_the_audit_still_counts(
    stage: Stage, fault: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "Persistence", partial(Persistence, sleep=lambda _: None))
    stage.github.faults.add(fault, "api", times=None)  # type: ignore[arg-type]
    before, after = stage.commit(FIRST), stage.commit(WORSE)
    ran = stage.run("push", stage.push(before, after))
    assert (ran.code, stage.comments(), ran.outputs["new"]) == (0, [], "1")
    assert "Comment: failed (" in ran.log
    assert "**Broken**" in ran.summary


@pytest.mark.parametrize(
    ("inputs", "files", "code", "told"),
    [
        ({"fail_under": "A+"}, FIRST, 1, "is below A+."),
        ({"fail_under": "F"}, FIRST, 0, ""),
        ({"fail_on": "new-findings"}, WORSE, 1, "There are new findings: unpinned-environment, "),
        ({"fail_on": "new-findings, grade-drop"}, BETTER, 0, ""),
        ({"fail_on": "grade-drop"}, FIRST, 1, "The grade dropped."),
    ],
)
def test_what_fails_the_step(
    stage: Stage, inputs: dict[str, str], files: dict[str, bytes], code: int, told: str
) -> None:
    before, after = stage.commit(GOOD if code else FIRST), stage.commit(files)
    ran = stage.run("push", stage.push(before, after), **inputs)
    assert (ran.code, told in ran.log) == (code, True)
    assert ran.outputs["grade"]


@pytest.mark.parametrize(
    "inputs",
    [{"fail_under": "Z"}, {"fail_on": "rain"}, {"comment": "loudly"}, {"formats": "pdf"}, {"scope": "world"}],
)
def test_inputs_that_are_none_are_refused(stage: Stage, inputs: dict[str, str]) -> None:
    stage.commit(FIRST)
    ran = stage.run("push", {}, **inputs)
    (name,) = inputs
    assert ran.code == 2
    assert f"The input {name.replace('_', '-')}: " in ran.summary


def test_audits_of_two_folders_have_a_comment_each(stage: Stage) -> None:
    before, after = stage.commit(FIRST), stage.commit(WORSE)
    stage.run("push", stage.push(before, after))
    stage.environment["GITHUB_WORKSPACE"] = str(stage.folder.parent)
    stage.run("push", stage.push(before, after))
    assert [c.body.partition(" commit=")[0] for c in stage.comments()] == [
        "<!-- portfolio-audit key=",
        "<!-- portfolio-audit key=churn",
    ]


def pygit2_id(sha: str) -> object:
    import pygit2  # noqa: PLC0415

    return pygit2.Oid(hex=sha)
