"""Which pipelines can run, what takes part in them, and what ready-made steps are for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.jobs import commands
from portfolio_audit.evidence.pipelines import Pipeline, effects, fails, live_steps, pipelines, reached_steps, runs_in
from portfolio_audit.model.fact import Problem
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Unavailable
from portfolio_audit.model.vocabulary import Vocabulary
from portfolio_audit.parsing.workflow import Step

Made = Callable[[Mapping[str, str | Unavailable]], Documents]
PATH = ".github/workflows/ci.yml"
JOB = "jobs: {a: {steps: [{run: ls}]}}\n"


@pytest.mark.parametrize(
    ("files", "inert", "line"),
    [
        ({PATH: ""}, "is empty", 0),
        ({PATH: "# on: push\n"}, "is commented out", 0),
        ({PATH: "- a\n"}, "holds no pipeline", 0),
        ({PATH: "on: [\n"}, "is not valid YAML (did not find expected node content)", 2),
        ({PATH: "on: push\njobs: {a: {}}\n"}, "has no step", 0),
        ({PATH: "jobs: {a: {steps: [{run: ls}]}}\n"}, "has no trigger", 0),
        ({f"app/{PATH}": "on: push\n"}, "lies in app/.github/workflows, where it is never run", 0),
        ({PATH: "on:\n  push:\n    paths: [gone/**]\njobs: {a: {steps: [{run: ls}]}}\n"},
         "runs only for paths that are not in the tree (gone/**)", 3),
        ({PATH: "on:\n  push:\n    paths: ['**.yml']\njobs: {a: {steps: [{run: ls}]}}\n"}, "", 0),
        ({PATH: "on:\n  push:\n    paths: ['!docs/**']\njobs: {a: {steps: [{run: ls}]}}\n"}, "", 0),
        ({"ops/Jenkinsfile": "sh 'ls'"}, "", 0),
        ({"ops/.gitlab-ci.yml": "a: {script: ls}"}, "lies in ops, where it is never run", 0),
        ({".gitlab-ci.yml": "a: {script: ls}"}, "", 0),
    ],
)  # fmt: skip
def test_why_a_pipeline_never_does_anything(documents: Made, files: dict[str, str], inert: str, line: int) -> None:
    (pipeline,) = pipelines(documents(files))
    assert (pipeline.inert, pipeline.inert_line) == (inert, line)
    assert not inert or list(commands(documents(files), pipeline)) == []


def test_a_pipeline_that_cannot_be_read_is_a_problem_and_not_inert(documents: Made) -> None:
    made = documents({PATH: Unavailable("is over the limit")})
    assert list[Pipeline](pipelines(made)) == []
    assert [p.at for p in made.problems] == [Location(PATH)]


@pytest.mark.parametrize(
    ("folder", "place"),
    [("", ""), ("app", "app"), ("./app/", "app"), ("${{ env.X }}", ""), ("gone", None), ("..", None)],
)
def test_where_a_step_runs(documents: Made, folder: str, place: str | None) -> None:
    assert runs_in(documents({"app/x.py": ""}), Step(1, run="ls", folder=folder)) == place


@pytest.mark.parametrize(
    ("files", "inert", "line"),
    [
        ({PATH: f"on: {{push: {{branches: ['no branch']}}}}\n{JOB}"},
         "runs only on a branch that no repository can have (no branch)", 1),
        ({PATH: f"on: {{push: {{branches: ['$default-branch', main]}}}}\n{JOB}"}, "", 0),
        ({PATH: f"on: push\nname: a\nname: b\n{JOB}"}, "is refused: it says name twice", 3),
        ({PATH: f"on: workflow_call\n{JOB}"}, "only runs when it is called, and nothing calls it", 0),
        ({".gitlab-ci.yml": "a: {script: [ls], when: x, when: y}"}, "", 0),
    ],
)  # fmt: skip
def test_why_a_workflow_is_never_started(documents: Made, files: dict[str, str], inert: str, line: int) -> None:
    (pipeline,) = pipelines(documents(files))
    assert (pipeline.inert, pipeline.inert_line) == (inert, line)


def test_a_called_workflow_runs_when_its_caller_does(documents: Made) -> None:
    called = ".github/workflows/called.yml"
    caller = f"on: {{schedule: [{{cron: '1 2 * * *'}}]}}\njobs: {{a: {{uses: ./{called}}}}}\n"
    found = {p.path: p for p in pipelines(documents({PATH: caller, called: f"on: workflow_call\n{JOB}"}))}
    assert found[called].inert == ""
    assert [c.value for c in found[called].workflow.crons] == ["1 2 * * *"]


def test_the_steps_of_an_action_of_the_tree_stand_in_its_place(documents: Made) -> None:
    made = documents(
        {
            PATH: "on: push\njobs:\n  a:\n    steps:\n      - uses: ./.github/actions/ship\n",
            ".github/actions/ship/action.yml": "runs: {using: composite, steps: [{run: docker push x}]}\n",
        }
    )
    (pipeline,) = pipelines(made)
    assert [(r.command.text, r.at.line) for r in commands(made, pipeline)] == [("docker push x", 5)]


def test_an_action_that_uses_itself_ends(documents: Made) -> None:
    action = "runs: {using: composite, steps: [{uses: ./a}, {uses: ./a}, {run: ls}]}\n"
    (pipeline,) = pipelines(documents({PATH: "on: push\njobs: {a: {steps: [{uses: ./a}]}}\n", "a/action.yml": action}))
    assert len(list(live_steps(pipeline))) == 1 + 3 + 2 * 3 + 4 * 3


def test_templates_lie_beside_an_azure_pipeline(documents: Made) -> None:
    made = documents(
        {
            "ops/azure-pipelines.yml": "steps:\n- template: parts/test.yml\n",
            "ops/parts/test.yml": "steps: [{script: pytest}]\n",
        }
    )
    (pipeline,) = pipelines(made)
    assert [(r.command.text, r.at.line) for r in commands(made, pipeline)] == [("pytest", 2)]


def test_files_that_gitlab_takes_in_are_pipelines(documents: Made) -> None:
    made = documents({".gitlab-ci.yml": "include: [/ci/*.yml]\n", "ci/a.yml": "a: {script: ls}\n", "x.yml": "a: b"})
    assert [(p.path, p.inert) for p in pipelines(made)] == [(".gitlab-ci.yml", ""), ("ci/a.yml", "")]


def test_a_repeated_key_is_a_problem_told_once(documents: Made) -> None:
    made = documents({PATH: "on: push\nname: a\nname: b\n"})
    assert pipelines(made) == pipelines(made)
    message = "the key name is written again; the last value was taken"
    assert made.problems == [Problem(message, Location(PATH, 3))]


FAILING = {
    "a folder that is not there": (Step(1, run="ls", folder="gone"), "runs in gone"),
    "an action that is not there": (Step(1, "./gone"), "uses gone"),
    "a recipe that is not there": (Step(1, "docker/build-push-action@v6", inputs=(("file", "gone/Dockerfile"),)),
                                   "builds gone/Dockerfile"),
    "a context that is not there": (Step(1, "docker/build-push-action@v6", inputs=(("context", "./gone"),)),
                                    "builds ./gone"),
    "a context that is there": (Step(1, "docker/build-push-action@v6", inputs=(("context", "./app/"),)), ""),
    "a context of git": (Step(1, "docker/build-push-action@v6", inputs=(("context", "{{defaultContext}}:app"),)), ""),
    "a file of another action": (Step(1, "codecov/codecov-action@v4", inputs=(("file", "coverage.xml"),)), ""),
    "an action of somebody else": (Step(1, "actions/checkout@v4"), ""),
}  # fmt: skip


@pytest.mark.parametrize(("step", "missing"), FAILING.values(), ids=FAILING)
def test_what_a_step_needs_of_the_tree(documents: Made, step: Step, missing: str) -> None:
    made = documents({PATH: f"on: push\n{JOB}", "app/x.py": ""})
    assert fails(made, pipelines(made)[0], step) == missing


def test_steps_after_one_that_must_fail_are_not_reached(documents: Made) -> None:
    text = "on: push\njobs: {a: {steps: [{run: ls}, {run: pwd, working-directory: gone}, {run: id}]}}\n"
    made = documents({PATH: text})
    assert [step.run for _, step in reached_steps(made, pipelines(made)[0])] == ["ls"]


def test_another_checkout_may_bring_what_is_missing(documents: Made) -> None:
    checkout = "{uses: actions/checkout@v4, with: {repository: me/infra, path: gone}}"
    text = f"on: push\njobs: {{a: {{steps: [{checkout}, {{run: pwd, working-directory: gone}}]}}}}\n"
    made = documents({PATH: text})
    assert fails(made, pipelines(made)[0], pipelines(made)[0].workflow.jobs[0].steps[1]) == ""


@pytest.mark.parametrize(
    ("step", "found"),
    [
        (Step(1, "docker/build-push-action@v5"), {"image-build"}),
        (Step(1, "docker/build-push-action@v5", inputs=(("push", "true"),)), {"image-build", "delivery", "image-push"}),
        (Step(1, "azure/Docker@2", inputs=(("command", "buildAndPush"),)), {"image-build", "delivery", "image-push"}),
        (Step(1, "azure/Docker@2", inputs=(("command", "build"),)), {"image-build"}),
        (Step(1, "plugins/docker"), {"image-build", "delivery", "image-push"}),
        (Step(1, "plugins/docker", inputs=(("dry_run", "true"),)), {"image-build"}),
        (Step(1, "circleci/aws-ecs/deploy-service-update"), {"delivery"}),
        (Step(1, "circleci/aws-ecr/build-and-push-image"), {"delivery", "image-push", "image-build"}),
        (Step(1, "somebody/fork-of-deploy-cloudrun@v1"), {"delivery"}),
        (Step(1, "azure/HelmDeploy@0"), {"delivery"}),
        (Step(1, "travis/deploy-heroku"), {"delivery"}),
        (Step(1, "somebody/deploy-to-pages"), set()),
        (Step(1, "somebody/deployment-status"), set()),
        (Step(1, "deploy/hello"), set()),
        (Step(1, "stefanzweifel/git-auto-push"), set()),
    ],
)
def test_what_a_ready_made_step_is_for(vocabulary: Vocabulary, step: Step, found: set[str]) -> None:
    assert effects(vocabulary, step) == found
