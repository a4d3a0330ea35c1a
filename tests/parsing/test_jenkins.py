"""Jenkinsfiles, of either kind."""

from __future__ import annotations

import pytest

from portfolio_audit.parsing.dependency import Stated
from portfolio_audit.parsing.jenkins import parse_jenkins
from portfolio_audit.parsing.workflow import Workflow


def runs(workflow: Workflow) -> list[tuple[str, int]]:
    return [(step.run, step.run_line) for job in workflow.jobs for step in job.steps]


def test_jenkins_steps() -> None:
    text = "pipeline {\n  // sh 'no'\n  sh 'pytest'\n  sh(script: '''\n    docker push x\n  ''')\n}\n"
    assert runs(parse_jenkins(text)) == [("pytest", 3), ("\n    docker push x\n  ", 4)]


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


def test_the_docker_plugin_stands_for_its_commands() -> None:
    text = "node {\n  def app = docker.build('me/app')\n  docker.withRegistry('x') {\n    app.push('latest')\n  }\n}\n"
    assert runs(parse_jenkins(text)) == [("docker build .", 2), ("docker push image", 4)]


def test_a_push_of_something_else_is_none_of_docker() -> None:
    assert runs(parse_jenkins("list.push('x')\n")) == []


def test_a_schedule() -> None:
    assert parse_jenkins("triggers {\n  cron('H 4 * * 1')\n}\n").crons == (Stated("H 4 * * 1", 2),)


def test_a_step_with_options_before_its_script() -> None:
    assert runs(parse_jenkins("sh(label: 'tests', script: 'pytest')\n")) == [("pytest", 1)]
