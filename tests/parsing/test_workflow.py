"""GitHub Actions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.errors import ParseError
from portfolio_audit.parsing.dependency import Stated
from portfolio_audit.parsing.workflow import Job, Step, Workflow, parse_composite, parse_github

GITHUB = """on:
  push:
    branches: [main]
    paths: ['src/**']
  schedule:
    - cron: '0 3 * * 1'
defaults:
  run:
    working-directory: app
jobs:
  test:
    steps:
      - uses: actions/setup-python@v5
        with: {python-version: '3.11'}
      - run: |
          pip install x
          pytest
      - run: ls
        working-directory: other
        if: false
  never:
    if: ${{ false }}
    uses: ./.github/workflows/x.yml
"""


def test_github_jobs_and_steps() -> None:
    assert parse_github(GITHUB).jobs == (
        Job(
            "test",
            12,
            (
                Step(13, "actions/setup-python@v5", folder="app", inputs=(("python-version", "3.11"),)),
                Step(15, run="pip install x\npytest\n", run_line=16, folder="app"),
                Step(18, run="ls", run_line=18, folder="other", never=True),
            ),
        ),
        Job("never", 22, (Step(23, "./.github/workflows/x.yml"),), never=True),
    )


def test_github_triggers() -> None:
    parsed = parse_github(GITHUB)
    assert parsed.triggers == (Stated("push", 2), Stated("schedule", 5))
    assert parsed.crons == (Stated("0 3 * * 1", 6),)
    assert parsed.paths == (), "the schedule runs it whatever the paths"


@pytest.mark.parametrize("written", ["on: push", "on: [push]", "on:\n  push:"])
def test_the_ways_to_write_a_trigger(written: str) -> None:
    assert [t.value for t in parse_github(written).triggers] == ["push"]


def test_path_filters_count_when_every_event_has_one() -> None:
    assert parse_github("on:\n  push:\n    paths: [a/**]\n").paths == (Stated("a/**", 3),)


def test_an_action_has_a_name_and_inputs() -> None:
    step = Step(1, "Docker/Build-Push-Action@v5", inputs=(("push", "true"),))
    assert (step.action, step.given("push"), step.given("file")) == ("docker/build-push-action", "true", "")


def runs(workflow: Workflow) -> list[tuple[str, int]]:
    return [(step.run, step.run_line) for job in workflow.jobs for step in job.steps]


@pytest.mark.parametrize(
    ("written", "run", "line"),
    [
        ("ls", "ls", 5),
        ("|\n          ls\n          pwd", "ls\npwd\n", 6),
        ("|-\n          ls", "ls", 6),
        (">-\n          docker build\n          .", "docker build .", 6),
        ('"ls\\npwd"', "ls\npwd", 5),
    ],
)
def test_a_script_has_the_line_of_its_first_command(written: str, run: str, line: int) -> None:
    text = f"on: push\njobs:\n  a:\n    steps:\n      - run: {written}\n"
    assert runs(parse_github(text)) == [(run, line)]


@pytest.mark.parametrize(
    ("condition", "never"),
    [("false", True), ("${{ false }}", True), ("${{false}}", True), ("github.ref == 'x'", False), ("''", False)],
)
def test_only_a_plainly_false_condition_switches_off(condition: str, never: bool) -> None:
    (job,) = parse_github(f"jobs:\n  a:\n    if: {condition}\n    steps: [{{run: ls, if: {condition!r}}}]\n").jobs
    assert (job.never, [s.never for s in job.steps]) == (never, [never])


@pytest.mark.parametrize(
    ("text", "workflow"),
    [
        ("on: push\n", Workflow((), (Stated("push", 1),))),
        ("on:\njobs: []\n", Workflow(())),
        ("jobs: {a: text, b: {}}\n", Workflow((Job("b", 1),))),
        ("jobs: {a: {steps: [text, {uses: x/y}, {}]}}\n", Workflow((Job("a", 1, (Step(1, "x/y"), Step(1))),))),
        ("on: {schedule: [{cron: '0 1 * * *'}, text, {}]}\n",
         Workflow((), (Stated("schedule", 1),), (Stated("0 1 * * *", 1),))),
        ("on: {push: {paths: [a, [b]]}, pull_request: {paths: [c]}}\n",
         Workflow((), (Stated("push", 1), Stated("pull_request", 1)), paths=(Stated("a", 1), Stated("c", 1)))),
    ],
)  # fmt: skip
def test_workflows_of_odd_shapes(text: str, workflow: Workflow) -> None:
    assert parse_github(text) == workflow


@pytest.mark.parametrize("text", ["", "# on: push\n# jobs:\n", "- a"])
def test_commented_out_or_empty_is_refused(text: str) -> None:
    with pytest.raises(ParseError):
        parse_github(text)


@given(st.text(alphabet="on:jbs steprun-[]{}|\n'", max_size=100))
def test_nothing_but_parse_errors_on_any_text(text: str) -> None:
    try:
        assert isinstance(parse_github(text), Workflow)
    except ParseError as error:
        assert error.reason


def test_branches_filter_when_every_event_names_them() -> None:
    text = "on: {push: {branches: [main]}, pull_request: {branches: main}}\n"
    assert parse_github(text).branches == (Stated("main", 1), Stated("main", 1))
    assert parse_github("on: {push: {branches: [main]}, workflow_dispatch: }\n").branches == ()


def test_a_composite_action_has_steps_and_another_kind_has_none() -> None:
    text = "runs:\n  using: composite\n  steps:\n    - run: ls\n      shell: bash\n"
    assert parse_composite(text) == (Step(4, run="ls", run_line=4),)
    assert parse_composite("runs: {using: docker, image: Dockerfile}") == ()


@pytest.mark.parametrize(("uses", "local"), [("./a/b/", "a/b"), ("./", ""), ("a/b@v1", ""), ("docker://x", "")])
def test_what_a_step_uses_of_the_tree(uses: str, local: str) -> None:
    assert Step(1, uses).local == local


def test_what_is_given_to_a_called_workflow() -> None:
    (job,) = parse_github("jobs:\n  a:\n    uses: ./x.yml\n    with: {image: app}\n").jobs
    assert job.steps == (Step(3, "./x.yml", inputs=(("image", "app"),)),)
