"""Writing to the tests' GitHub through PyGithub."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest

from github_server import GitHub, misbehaviour
from github_server.misbehaviour import gateway, primary_limit, secondary_limit
from portfolio_audit.publishing import Annotation, Check, Marker, Published, Run, State
from portfolio_audit.publishing.retrying import Persistence
from publishing.conftest import BOT, CHURN, NEW, OLD, PERSON, READER, WORKFLOW, Open

MARKER = Marker(NEW, Run(3, 1))
PULL = "https://github.com/ada/churn/pull/7#issuecomment-"


def bodies(github: GitHub, target: str | int) -> list[str]:
    return [comment.body for comment in github.talk.on("ada/churn", target)]


@pytest.mark.parametrize("secret", [PERSON, WORKFLOW])
def test_a_comment_on_a_pull_request(github: GitHub, writer: Open, secret: str) -> None:
    with writer(secret) as opened:
        first = opened.comment_on_pull(7, Marker(OLD), "One")
        again = opened.comment_on_pull(7, MARKER, "Two")
        same = opened.comment_on_pull(7, MARKER, "Two")
    assert [one.state for one in (first, again, same)] == [State.CREATED, State.UPDATED, State.UNCHANGED]
    assert first.url.startswith(PULL)
    assert bodies(github, 7) == [MARKER.mark("Two")]
    assert not github.log.leaks()


def test_a_comment_on_a_commit_is_renewed_when_it_is_audited_again(github: GitHub, writer: Open) -> None:
    with writer() as opened:
        states = [opened.comment_on_commit(NEW, MARKER, text).state for text in ("One", "Two", "Two")]
    assert states == [State.CREATED, State.UPDATED, State.UNCHANGED]
    assert bodies(github, NEW) == [MARKER.mark("Two")]


def test_only_our_own_comment_is_changed(github: GitHub, writer: Open) -> None:
    github.talk.say("ada/churn", 7, "eve", MARKER.mark("Look, I am the auditor"))
    with writer() as opened:
        assert opened.comment_on_pull(7, MARKER, "Text").state is State.CREATED
    found = [(comment.author, comment.body) for comment in github.talk.on("ada/churn", 7)]
    assert found == [("eve", MARKER.mark("Look, I am the auditor")), (BOT, MARKER.mark("Text"))]


def test_ours_is_found_among_many(github: GitHub, writer: Open) -> None:
    for number in range(130):
        github.talk.say("ada/churn", 7, BOT if number == 117 else "eve", MARKER.mark("Old"))
    with writer() as opened:
        assert opened.comment_on_pull(7, MARKER, "New").state is State.UPDATED
    assert bodies(github, 7).count(MARKER.mark("New")) == 1


@pytest.mark.parametrize(
    ("write", "needed"),
    [
        (lambda w: w.comment_on_pull(7, MARKER, "Text"), "pull-requests: write"),
        (lambda w: w.comment_on_commit(NEW, MARKER, "Text"), "contents: write"),
        (lambda w: w.check(NEW, Check("neutral", "C", "Text")), "checks: write"),
    ],
)
def test_what_may_not_be_written_is_told(github: GitHub, writer: Open, write: object, needed: str) -> None:
    assert callable(write)
    with writer(READER) as opened:
        made = write(opened)
    assert (made.state, made.is_there) == (State.REFUSED, False)
    assert made.reason == f"it needs {needed}; GitHub does not allow it (Resource not accessible by integration)"
    assert (github.talk.comments, github.talk.checks) == ({}, {})


def test_a_pull_request_that_is_not_there(writer: Open) -> None:
    with writer() as opened:
        assert opened.comment_on_pull(99, MARKER, "Text").state is State.REFUSED


def test_the_open_pull_request_of_a_branch(writer: Open) -> None:
    with writer() as opened:
        assert (opened.open_pull("ada", "topic"), opened.open_pull("ada", "main")) == (7, None)


@pytest.mark.parametrize("fault", [gateway(502), secondary_limit(2), misbehaviour.cut_before()])
def test_what_passes_is_waited_for(github: GitHub, writer: Open, waits: list[float], fault: misbehaviour.Fault) -> None:
    github.faults.add(fault, "api", "*/comments", times=2)
    with writer() as opened:
        assert opened.comment_on_pull(7, MARKER, "Text").state is State.CREATED
    assert len(waits) == 2
    assert all(0 < wait < 4 for wait in waits)
    assert bodies(github, 7) == [MARKER.mark("Text")]


@pytest.mark.parametrize(
    ("fault", "reason", "count"),
    [
        (gateway(502), "GitHub answered 502", 3),
        (primary_limit(), "GitHub's primary limit of requests is reached", 0),
        (misbehaviour.status(422, "Validation Failed"), "GitHub answered 422: Validation Failed", 0),
    ],
)
def test_what_does_not_pass_ends_in_a_sentence(
    github: GitHub, writer: Open, waits: list[float], fault: misbehaviour.Fault, reason: str, count: int
) -> None:
    github.faults.add(fault, "api", "*/comments", times=None)
    with writer() as opened:
        made = opened.comment_on_pull(7, MARKER, "Text")
    assert (made.state, made.reason.startswith(reason), len(waits)) == (State.FAILED, True, count)
    assert str(made).startswith(f"Comment on pull request #7: failed ({reason}")


def test_a_comment_that_came_though_the_answer_was_lost_is_not_doubled(github: GitHub, writer: Open) -> None:
    github.faults.add(misbehaviour.spoilt(lambda reply: reply), "api", "*/comments")
    github.faults.add(misbehaviour.cut_within(0), "api", "*/comments")
    with writer() as opened:
        assert opened.comment_on_pull(7, MARKER, "Text").is_there
    assert bodies(github, 7) == [MARKER.mark("Text")]


def test_who_had_to_wait_does_not_overwrite_what_was_written_meanwhile(github: GitHub, writer: Open) -> None:
    """Issue 6: a limit held the older run's change back, and then it came minutes later, over the newer commit's."""
    newer, pushed = Marker(NEW, Run(4, 1)), github.world
    earlier = replace(CHURN, pulls=(replace(CHURN.pulls[0], head_sha=OLD),))
    github.world = replace(pushed, repositories=(earlier,))

    def wait(_: float) -> None:
        github.world = pushed
        with writer() as other:
            assert other.comment_on_pull(7, newer, "Newer").state is State.UPDATED

    with writer() as opened:
        assert opened.comment_on_pull(7, Marker(OLD, Run(1, 1)), "First").state is State.CREATED
        github.faults.add(secondary_limit(2), "api", "*/issues/comments/*")
        late = replace(opened, desk=replace(opened.desk, persistence=Persistence(sleep=wait)))
        made = late.comment_on_pull(7, Marker(OLD, Run(2, 1)), "Older")
    assert made.state is State.OUTDATED
    assert bodies(github, 7) == [newer.mark("Newer")]


def test_a_change_that_came_though_the_answer_was_lost_is_one(github: GitHub, writer: Open) -> None:
    with writer() as opened:
        opened.comment_on_pull(7, MARKER, "One")
        github.faults.add(misbehaviour.cut_within(0), "api", "*/issues/comments/*", after=1)
        assert opened.comment_on_pull(7, MARKER, "Two").state is State.UPDATED
    (comment,) = github.talk.comments.values()
    assert (comment.body, comment.edits) == (MARKER.mark("Two"), 1)


def test_a_check_run_is_made_once_and_renewed(github: GitHub, writer: Open) -> None:
    annotation = Annotation("train.py", 3, "A path of one machine", "Take it from the configuration.")
    check = Check("neutral", "C", "Text", [annotation] * 60)
    with writer() as opened:
        first, second = opened.check(NEW, check), opened.check(NEW, Check("failure", "D", "Worse"))
    assert [one.state for one in (first, second)] == [State.CREATED, State.UPDATED]
    (made,) = github.talk.checks.values()
    assert made.asked["output"] == {"title": "D", "summary": "Worse", "annotations": []}
    assert (made.asked["conclusion"], made.sha) == ("failure", NEW)


def test_an_outcome_as_a_sentence() -> None:
    made = Published("check run", State.CREATED, "https://github.com/x")
    assert str(made) == "Check run: created (https://github.com/x)."
    assert str(Published("check run", State.UNCHANGED)) == "Check run: unchanged."


@pytest.mark.parametrize("there", [False, True])
def test_two_runs_at_once_leave_the_newer_commit_in_one_comment(github: GitHub, writer: Open, *, there: bool) -> None:
    if there:
        github.talk.say("ada/churn", 7, BOT, Marker("0" * 40).mark("Before"))
    start = Barrier(2)

    def publish(commit: str, run: int) -> Published:
        with writer() as opened:
            start.wait(10)
            return opened.comment_on_pull(7, Marker(commit, Run(run, 1)), f"Of run {run}")

    with ThreadPoolExecutor(2) as pool:
        older, newer = pool.submit(publish, OLD, 1), pool.submit(publish, NEW, 2)
        assert newer.result().is_there
        older.result()
    assert bodies(github, 7) == [Marker(NEW, Run(2, 1)).mark("Of run 2")]
