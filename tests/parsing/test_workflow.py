"""Continuous integration of every service."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.errors import ParseError
from portfolio_audit.parsing.dependency import Stated
from portfolio_audit.parsing.workflow import (
    Job,
    Step,
    Workflow,
    parse_cloud_build,
    parse_commands,
    parse_github,
    parse_gitlab,
    parse_jenkins,
    parser_for,
)

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


def test_gitlab_scripts() -> None:
    text = "stages: [test]\n.hidden:\n  script: [x]\n"
    text += "unit:\n  before_script:\n    - pip install .\n  script:\n    - pytest\n    - ls\n"
    assert runs(parse_gitlab(text)) == [("pip install .", 6), ("pytest\nls", 8)]


def test_circle_commands() -> None:
    text = "jobs:\n  build:\n    steps:\n      - checkout\n      - run: make test\n"
    text += "      - run:\n          command: |\n            tox\n"
    assert runs(parse_commands(text)) == [("make test", 5), ("tox\n", 8)]


def test_cloud_build_steps() -> None:
    text = (
        "steps:\n- name: gcr.io/cloud-builders/docker\n  args: [build, -t, x, .]\n"
        "- name: gcr.io/google.com/cloudsdktool/cloud-sdk:slim\n  args: [run, deploy, x]\n"
        "- name: bash\n  entrypoint: bash\n  args: ['-c', 'pytest']\nimages: [x]\n"
    )
    assert [run for run, _ in runs(parse_cloud_build(text))] == [
        "docker build -t x .",
        "gcloud run deploy x",
        "pytest",
        "docker push x",
    ]


def test_jenkins_steps() -> None:
    text = "pipeline {\n  // sh 'no'\n  sh 'pytest'\n  sh(script: '''\n    docker push x\n  ''')\n}\n"
    assert runs(parse_jenkins(text)) == [("pytest", 3), ("\n    docker push x\n  ", 4)]


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


@pytest.mark.parametrize(
    ("step", "run", "line"),
    [
        ("name: gcr.io/kaniko-project/executor:v1\n  args: [--destination=x]", "executor --destination=x", 2),
        ("name: python\n  script: |\n    pytest\n", "pytest\n", 4),
        ("name: python\n  entrypoint: pip\n  args: [install, x]", "pip install x", 2),
        ("name: x\n  entrypoint: /bin/sh\n  args:\n  - -eu\n  - -c\n  - |\n    ls\n", "ls\n", 8),
        ("name: x\n  entrypoint: bash\n  args: [-c]", "bash -c", 2),
        ("name: x\n  args: text", "x", 2),
    ],
)
def test_a_step_of_cloud_build(step: str, run: str, line: int) -> None:
    assert runs(parse_cloud_build(f"steps:\n- {step}\n")) == [(run, line)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/* sh 'no'\n  sh 'no' */\nsh 'ls'\n", [("ls", 3)]),
        ("sh 'rm build/*'\nsh 'ls */x'\n", [("rm build/*", 1), ("ls */x", 2)]),
        ("/* a\n /* b */\nsh \"a 'b'\"\n/* never closed\nbat('dir')\n", [("a 'b'", 3), ("dir", 5)]),
        ("fresh 'x'\nsh 'never closed\n", []),
        ("", []),
    ],
)
def test_comments_of_a_jenkinsfile_run_nothing(text: str, found: list[tuple[str, int]]) -> None:
    assert runs(parse_jenkins(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("install: pip install .\nscript:\n  - pytest\n", [("pytest", 3), ("pip install .", 1)]),
        ("steps:\n- bash: |\n    ls\n- script: pwd\n", [("ls\n", 3), ("pwd", 4)]),
        ("phases: {build: {commands: [a, b]}}\n", [("a\nb", 1)]),
        ("command: {run: ''}\n", []),
    ],
)
def test_commands_under_any_key(text: str, found: list[tuple[str, int]]) -> None:
    assert runs(parse_commands(text)) == found


def test_gitlab_jobs_share_what_runs_before_them() -> None:
    text = (
        "default: {before_script: [a]}\nimage: x\nb:\n  script: c\n  after_script:\n    - d\nvariables: {script: e}\n"
    )
    assert parse_gitlab(text).jobs == (
        Job("b", 4, (Step(1, run="a", run_line=1), Step(4, run="c", run_line=4), Step(6, run="d", run_line=6))),
    )


@pytest.mark.parametrize(
    ("path", "parser"),
    [
        (".github/workflows/ci.yml", parse_github),
        ("app/.github/workflows/ci.yaml", parse_github),
        (".gitlab-ci.yml", parse_gitlab),
        ("deploy/cloudbuild-run.yaml", parse_cloud_build),
        ("Jenkinsfile", parse_jenkins),
        (".circleci/config.yml", parse_commands),
        (".github/dependabot.yml", None),
        ("ci.yml", None),
    ],
)
def test_which_files_are_pipelines(path: str, parser: Callable[[str], Workflow] | None) -> None:
    assert parser_for(path) is parser


@pytest.mark.parametrize("text", ["", "# on: push\n# jobs:\n", "- a"])
def test_commented_out_or_empty_is_refused(text: str) -> None:
    with pytest.raises(ParseError):
        parse_github(text)


@given(st.text(alphabet="on:jbs steprun-[]{}|\n'", max_size=100))
def test_nothing_but_parse_errors_on_any_text(text: str) -> None:
    for parse in (parse_github, parse_gitlab, parse_cloud_build, parse_commands, parse_jenkins):
        try:
            assert isinstance(parse(text), Workflow)
        except ParseError as error:
            assert error.reason
