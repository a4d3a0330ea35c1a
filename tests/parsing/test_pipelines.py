"""Pipelines of services other than GitHub, by what they run and use."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_audit.errors import ParseError
from portfolio_audit.parsing.dependency import Stated
from portfolio_audit.parsing.jenkins import parse_jenkins
from portfolio_audit.parsing.pipelines import (
    parse_azure,
    parse_circle,
    parse_cloud_build,
    parse_commands,
    parse_gitlab,
    parser_for,
)
from portfolio_audit.parsing.workflow import Job, Step, Workflow, parse_github


def runs(workflow: Workflow) -> list[tuple[str, int]]:
    return [(step.run, step.run_line) for job in workflow.jobs for step in job.steps if step.run]


def uses(workflow: Workflow) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    return [(step.uses, step.inputs) for job in workflow.jobs for step in job.steps if step.uses]


GITLAB = """include: [{local: /ci/deploy.yml}, 'ci/test.yml', {remote: 'https://example.org/x.yml'}]
.base:
  before_script: [pip install .]
  script:
    - ls
unit:
  extends: .base
  script: [pytest]
nightly:
  extends: [.base]
  only: [schedules]
never:
  script: [ls]
  rules: [{when: never}]
timed:
  script: [[a, b], [.base, script]]
  rules:
    - if: $CI_PIPELINE_SOURCE == "schedule"
pages: {script: [make site]}
"""


def test_gitlab_jobs_take_what_they_extend() -> None:
    parsed = parse_gitlab(GITLAB)
    assert [(j.name, [s.run or s.uses for s in j.steps], j.never) for j in parsed.jobs] == [
        ("unit", ["pip install .", "pytest"], False),
        ("nightly", ["pip install .", "ls"], False),
        ("never", ["ls"], True),
        ("timed", ["a\nb"], False),
        ("pages", ["make site", "gitlab/pages"], False),
    ]


def test_gitlab_schedules_and_includes() -> None:
    parsed = parse_gitlab(GITLAB)
    assert parsed.crons == (Stated("schedule", 11), Stated("schedule", 18))
    assert parsed.includes == (Stated("ci/test.yml", 1), Stated("ci/deploy.yml", 1))


CIRCLE = """orbs: {aws-ecs: circleci/aws-ecs@4, ecr: circleci/aws-ecr@9.0}
commands:
  setup:
    steps: [{run: pip install .}]
jobs:
  test:
    steps:
      - checkout
      - setup
      - run: {name: t, command: pytest}
      - ecr/push-image: {repo: app}
  unused:
    steps: [{run: make deploy}]
workflows:
  main:
    triggers: [{schedule: {cron: '0 1 * * *'}}]
    jobs:
      - test
      - aws-ecs/deploy-service-update: {requires: [test]}
"""


def test_circle_runs_the_jobs_its_workflows_name() -> None:
    parsed = parse_circle(CIRCLE)
    assert runs(parsed) == [("pip install .", 4), ("pytest", 10)]
    assert uses(parsed) == [("circleci/aws-ecr/push-image", (("repo", "app"),)),
                            ("circleci/aws-ecs/deploy-service-update", ())]  # fmt: skip
    assert parsed.crons == (Stated("0 1 * * *", 16),)


def test_circle_without_workflows_runs_every_job() -> None:
    assert runs(parse_circle("jobs:\n  build:\n    steps:\n      - run: tox\n")) == [("tox", 4)]


AZURE = """trigger: [main]
schedules:
  - cron: '0 3 * * 0'
stages:
  - stage: a
    jobs:
      - deployment: b
        strategy:
          runOnce:
            deploy:
              steps:
                - script: pytest
                - task: Docker@2
                  inputs: {command: buildAndPush}
                - template: steps/deploy.yml
"""


def test_azure_steps_in_any_nesting() -> None:
    parsed = parse_azure(AZURE)
    assert runs(parsed) == [("pytest", 12)]
    assert uses(parsed) == [("azure/Docker@2", (("command", "buildAndPush"),)), ("./steps/deploy.yml", ())]
    assert (parsed.triggers, parsed.crons) == ((Stated("push", 1),), (Stated("0 3 * * 0", 3),))


def test_azure_without_any_trigger_is_started_by_hand() -> None:
    assert parse_azure("trigger: none\npr: none\nsteps: [{script: ls}]\n").triggers == (Stated("manual", 1),)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("pipelines: {default: [{step: {script: [ls, {pipe: 'atlassian/aws-ecs-deploy:1.2', variables: {A: b}}]}}]}",
         [("atlassian/aws-ecs-deploy@1.2", (("A", "b"),))]),
        ("kind: pipeline\nsteps: [{image: 'plugins/docker:20', settings: {repo: x}}]",
         [("plugins/docker@20", (("repo", "x"),))]),
        ("script: ls\ndeploy: {provider: heroku, app: x}", [("travis/deploy-heroku", ())]),
    ],
)  # fmt: skip
def test_what_others_bring_ready_made(text: str, found: list[tuple[str, tuple[tuple[str, str], ...]]]) -> None:
    assert uses(parse_commands(text)) == found


def test_every_document_of_a_file_counts() -> None:
    text = "kind: pipeline\nsteps: [{commands: [pytest]}]\n---\ntrigger: {event: cron}\nsteps: [{commands: [ls]}]\n"
    parsed = parse_commands(text)
    assert (runs(parsed), parsed.crons) == ([("pytest", 2), ("ls", 5)], (Stated("schedule", 4),))


@pytest.mark.parametrize("parse", [parse_github, parse_gitlab, parse_circle, parse_azure, parse_commands])
def test_a_key_that_is_written_twice_is_told(parse: Callable[[str], Workflow]) -> None:
    assert parse("jobs: {}\na: {b: 1,\n b: 2}\n").repeated == (Stated("b", 3),)


def test_gitlab_scripts() -> None:
    text = "stages: [test]\n.hidden:\n  script: [x]\n"
    text += "unit:\n  before_script:\n    - pip install .\n  script:\n    - pytest\n    - ls\n"
    assert runs(parse_gitlab(text)) == [("pip install .", 6), ("pytest\nls", 8)]


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
        ("install: pip install .\nscript:\n  - pytest\n", [("pytest", 3), ("pip install .", 1)]),
        ("steps:\n- run: |\n    ls\n- script: pwd\n", [("ls\n", 3), ("pwd", 4)]),
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
        (".circleci/config.yml", parse_circle),
        (".github/dependabot.yml", None),
        ("ci.yml", None),
    ],
)
def test_which_files_are_pipelines(path: str, parser: Callable[[str], Workflow] | None) -> None:
    assert parser_for(path) is parser


@given(st.text(alphabet="jobs stepruncmdiflow-[]{}/|:\n'", max_size=100))
def test_nothing_but_parse_errors_on_any_text(text: str) -> None:
    for parse in (parse_gitlab, parse_circle, parse_azure, parse_cloud_build, parse_commands, parse_jenkins):
        try:
            assert isinstance(parse(text), Workflow)
        except ParseError as error:
            assert error.reason
