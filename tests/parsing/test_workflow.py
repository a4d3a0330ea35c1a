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
