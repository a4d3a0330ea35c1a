"""What retrains a model, what starts it, and what it must pass."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType

import pytest

from portfolio_audit.evidence import retraining
from portfolio_audit.model.fact import Evidence, Rung
from portfolio_audit.model.snapshot import Unavailable

Seen = Callable[[ModuleType, Mapping[str, str | Unavailable]], Evidence]

TRAIN = (
    "from sklearn.svm import SVC\ndef train():\n    return SVC().fit(x, y)\nif __name__ == '__main__':\n    train()\n"
)
FLOW = "from prefect import flow\nfrom train import train\n@flow\ndef main():\n    train()\n"
TIMED = FLOW + "main.serve(cron='0 9 * * 1')\n"
BLOCK = "from mage_ai.data_preparation.decorators import transformer\n" + TRAIN.replace("def t", "@transformer\ndef t")
TRIGGER = "from mage_ai.orchestration.triggers.api import trigger_pipeline\ntrigger_pipeline('fit')\n"
CRON = "on: {schedule: [{cron: '0 3 * * *'}]}\njobs:\n  a:\n    steps:\n      - run: python train.py\n"


def places(found: Evidence, fact: str = "retraining.pipeline") -> list[tuple[str, int, Rung]]:
    return [(f.at.path, f.at.line, f.rung) for f in found.known(fact)]


PREFECT = "from prefect import flow, task\nfrom os import system\n@task\ndef run():\n    system('python train.py')\n"
AIRFLOW = "from airflow.decorators import dag\nfrom train import train\n"
REACHING = {
    "prefect": FLOW,
    "an alias": "import prefect\nimport train as t\n@prefect.flow(name='x')\ndef main():\n    model = t.train()\n",
    "an operator": "from airflow.operators.python import PythonOperator\nfrom train import train\n"
    "PythonOperator(task_id='t', python_callable=train)\n",
    "kedro": "from kedro.pipeline import node, pipeline\nfrom train import train\npipeline([node(train, 'x', 'y')])\n",
    "dagster": "from dagster import asset\nfrom train import train\n@asset\ndef model():\n    return train()\n",
    "metaflow": "from metaflow import FlowSpec, step\nfrom train import train\nclass F(FlowSpec):\n    @step\n"
    "    def go(self):\n        train()\n",
    "luigi": "import luigi\nfrom train import train\nclass T(luigi.Task):\n    def run(self):\n        train()\n",
    "a process": PREFECT + "@flow\ndef main():\n    run()\n",
    "a shell": "from airflow.operators.bash import BashOperator\nfrom airflow.decorators import dag\n@dag\ndef d():\n"
    "    BashOperator(bash_command='python ./train.py --all')\n",
}


@pytest.mark.parametrize("flow", REACHING.values(), ids=REACHING)
def test_flows_that_reach_a_fit(seen: Seen, flow: str) -> None:
    assert places(seen(retraining, {"flow.py": flow, "train.py": TRAIN})) == [("train.py", 3, Rung.WIRED)]


@pytest.mark.parametrize(
    "flow",
    [
        "from prefect import flow\nfrom train import load\n@flow\ndef main():\n    load().predict(x)\n",
        "from prefect import flow, task\n@task\ndef ingest():\n    pass\n@flow\ndef main():\n    ingest()\n",
        "from prefect import flow\nfrom sklearn.svm import SVC\nm = SVC().fit(x)\n@flow\ndef go():\n    m.predict()\n",
    ],
)
def test_flows_that_fit_nothing(seen: Seen, flow: str) -> None:
    found = seen(retraining, {"flow.py": flow, "train.py": TRAIN + "def load():\n    pass\n"})
    assert [fact.id for fact in found.facts] == ["retraining.idle"]


@pytest.mark.parametrize(
    "text",
    [
        "from prefect import flow\nfrom train import train\n# @flow\ndef main():\n    train()\n",
        "from prefect import task\nfrom train import train\n@task\ndef main():\n    train()\n",
        "import airflow\n",
        BLOCK,
    ],
)
def test_what_is_no_flow(seen: Seen, text: str) -> None:
    assert not seen(retraining, {"flow.py": text, "train.py": TRAIN}).facts


def test_a_job_of_a_platform_trains_by_itself(seen: Seen) -> None:
    text = "from sagemaker.workflow.steps import TrainingStep\nTrainingStep(name='fit', step_args=a)\n"
    assert places(seen(retraining, {"pipeline.py": text})) == [("pipeline.py", 2, Rung.WIRED)]


@pytest.mark.parametrize(
    ("flow", "line"),
    [
        (TIMED, 6),
        (FLOW + "from prefect.deployments import Deployment\nfrom prefect.schedules import CronSchedule\n"
         "Deployment.build_from_flow(flow=main, schedule=CronSchedule(cron='@daily'))\n", 8),
        (AIRFLOW + "@dag(schedule='@daily')\ndef d():\n    train()\n", 3),
        (AIRFLOW + "@dag(schedule=timedelta(days=1))\ndef d():\n    train()\n", 3),
    ],
)  # fmt: skip
def test_schedules_in_code(seen: Seen, flow: str, line: int) -> None:
    found = seen(retraining, {"flow.py": flow, "train.py": TRAIN})
    assert places(found, "retraining.scheduled")[0][:2] == ("flow.py", line)
    assert found.rung("retraining.pipeline") is Rung.EXERCISED


@pytest.mark.parametrize(
    "flow",
    [
        FLOW + "main.serve(name='x')\n",
        FLOW + "# main.serve(cron='0 9 * * 1')\n",
        AIRFLOW + "@dag(schedule=None)\ndef d():\n    train()\n",
    ],
)
def test_no_schedule(seen: Seen, flow: str) -> None:
    found = seen(retraining, {"flow.py": flow, "train.py": TRAIN})
    assert (found.rung("retraining.pipeline"), found.has("retraining.scheduled")) == (Rung.WIRED, False)


def mage(**files: str) -> dict[str, str]:
    metadata = {"m/pipelines/fit/metadata.yaml": "blocks:\n- type: transformer\n  uuid: models/svc\n"}
    return {"m/transformers/models/svc.py": BLOCK, **metadata, **{k.replace("__", "/"): v for k, v in files.items()}}


def test_blocks_of_mage_count_when_a_pipeline_holds_them(seen: Seen) -> None:
    found = seen(retraining, mage())
    assert places(found) == [("m/transformers/models/svc.py", 5, Rung.WIRED)]


@pytest.mark.parametrize(
    ("triggers", "rung"),
    [
        ("triggers:\n- schedule_interval: '@daily'\n  status: active\n", Rung.EXERCISED),
        ("triggers:\n- schedule_interval: '@daily'\n  status: inactive\n", Rung.WIRED),
        ("triggers: []\n", Rung.WIRED),
        ("triggers: [\n", Rung.WIRED),
    ],
)
def test_triggers_of_mage(seen: Seen, triggers: str, rung: Rung) -> None:
    files = {**mage(), "m/pipelines/fit/triggers.yaml": triggers}
    assert seen(retraining, files).rung("retraining.pipeline") is rung


def test_a_pipeline_that_triggers_the_training(seen: Seen) -> None:
    watch = {"m/pipelines/watch/metadata.yaml": "blocks:\n- uuid: again\n", "m/custom/again.py": TRIGGER}
    found = seen(retraining, {**mage(), **watch})
    assert places(found, "retraining.scheduled") == [("m/custom/again.py", 2, Rung.MENTIONED)]


def test_jobs_that_train(seen: Seen) -> None:
    found = seen(retraining, {".github/workflows/t.yml": CRON, "train.py": TRAIN})
    assert places(found) == [(".github/workflows/t.yml", 5, Rung.EXERCISED)]
    pushed = seen(retraining, {".github/workflows/t.yml": CRON.replace("schedule", "push"), "train.py": TRAIN})
    assert (pushed.rung("retraining.pipeline"), pushed.has("retraining.scheduled")) == (Rung.WIRED, False)


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("dvc.yaml", "stages:\n  fit:\n    cmd: python train.py data\n", 3),
        ("dvc.yaml", "stages:\n  fit:\n    cmd:\n    - echo\n    - python train.py\n", 5),
        ("MLproject", 'entry_points:\n  main:\n    command: "python train.py {a}"\n', 3),
    ],
)  # fmt: skip
def test_stages_are_declared(seen: Seen, path: str, text: str, line: int) -> None:
    assert places(seen(retraining, {path: text, "train.py": TRAIN})) == [(path, line, Rung.DECLARED)]


def test_stages_of_scripts_that_are_missing_or_fit_nothing(seen: Seen) -> None:
    files = {
        "dvc.yaml": "stages:\n  fit:\n    cmd: python gone.py\n  look:\n    cmd: python eda.py\n",
        "eda.py": "x = 1\n",
    }
    assert not seen(retraining, files).facts


def test_a_deployment_file_says_when(seen: Seen) -> None:
    text = "deployments:\n- entrypoint: flow.py:main\n  schedule:\n    cron: 0 9 * * 1\n"
    found = seen(retraining, {"prefect.yaml": text, "flow.py": FLOW, "train.py": TRAIN})
    assert places(found, "retraining.scheduled") == [("prefect.yaml", 4, Rung.MENTIONED)]
    other = seen(retraining, {"prefect.yaml": text.replace("flow.py", "etl.py"), "flow.py": FLOW, "train.py": TRAIN})
    assert not other.has("retraining.scheduled")


def test_a_gate_compares_before_it_promotes(seen: Seen) -> None:
    gate = "def promote(new, old):\n    if new.rmse < old.rmse:\n        c.set_registered_model_alias('m', 'prod', 2)\n"
    assert places(seen(retraining, {"a.py": gate}), "retraining.gate") == [("a.py", 3, Rung.MENTIONED)]
    assert not seen(retraining, {"a.py": gate.replace("if new.rmse < old.rmse", "with x")}).facts


FLOWS = {
    "vertex": "from kfp import dsl\nfrom google_cloud_pipeline_components.v1.custom_job import CustomTrainingJobOp\n"
    "@dsl.pipeline\ndef p():\n    CustomTrainingJobOp(display_name='x')\n",
    "kubeflow": "from kfp import dsl\nfrom train import train\n@dsl.component\ndef t():\n    train()\n"
    "@dsl.pipeline\ndef p():\n    t()\n",
    "flyte": "from flytekit import task, workflow\nfrom train import train\n@workflow\ndef w():\n    train()\n",
    "zenml": "from zenml import pipeline\nfrom train import train\n@pipeline\ndef p():\n    train()\n",
}


@pytest.mark.parametrize("flow", FLOWS.values(), ids=FLOWS)
def test_flows_of_more_orchestrators(seen: Seen, flow: str) -> None:
    assert seen(retraining, {"flow.py": flow, "train.py": TRAIN}).rung("retraining.pipeline") is Rung.WIRED


TIMERS = {
    "celery": "from celery import Celery\nfrom celery.schedules import crontab\nfrom train import train\n"
    "app = Celery('a')\n@app.task\ndef t():\n    train()\nwhen = {'schedule': crontab(hour=1)}\n",
    "apscheduler": "from apscheduler.schedulers.blocking import BlockingScheduler\nfrom train import train\n"
    "BlockingScheduler().add_job(train, 'cron', hour=3)\n",
    "a job by decorator": "from apscheduler.schedulers.background import BackgroundScheduler\nfrom train import train\n"
    "timer = BackgroundScheduler()\n@timer.scheduled_job('interval', days=7)\ndef again():\n    train()\n",
    "metaflow": "from metaflow import FlowSpec, schedule, step\nfrom train import train\n@schedule(daily=True)\n"
    "class F(FlowSpec):\n    @step\n    def start(self):\n        train()\n",
}


@pytest.mark.parametrize("flow", TIMERS.values(), ids=TIMERS)
def test_what_starts_it_in_more_words(seen: Seen, flow: str) -> None:
    found = seen(retraining, {"flow.py": flow, "train.py": TRAIN})
    assert (found.rung("retraining.pipeline"), found.has("retraining.scheduled")) == (Rung.EXERCISED, True)


def test_a_crontab_starts_a_script_without_any_flow(seen: Seen) -> None:
    found = seen(retraining, {"crontab": "0 3 * * 1 cd /app && python train.py\n", "train.py": TRAIN})
    assert places(found) == [("crontab", 1, Rung.EXERCISED)]


def test_a_job_of_the_cluster_that_is_started_by_time(seen: Seen) -> None:
    job = "kind: CronJob\nspec:\n  schedule: '@daily'\n  command: [python, -m, train]\n"
    found = seen(retraining, {"k8s/job.yaml": job, "train.py": TRAIN})
    assert (places(found), places(found, "retraining.scheduled")) == (
        [("k8s/job.yaml", 4, Rung.EXERCISED)],
        [("k8s/job.yaml", 4, Rung.MENTIONED)],
    )


LACKING = "from src.gone import load\n"


@pytest.mark.parametrize(
    ("line", "rung"),
    [
        (LACKING, Rung.DECLARED),
        ("from src import data\n", Rung.WIRED),
        ("from src.config import PATH\n", Rung.WIRED),
        ("try:\n    from src.gone import load\nexcept ImportError:\n    pass\n", Rung.WIRED),
        ("from somewhere.else_ import load\n", Rung.WIRED),
    ],
)
def test_a_flow_whose_own_module_is_missing_is_only_written_down(seen: Seen, line: str, rung: Rung) -> None:
    files = {"flow.py": FLOW, "train.py": line + TRAIN, "src/data/load.py": "x = 1\n"}
    assert seen(retraining, files).rung("retraining.pipeline") is rung


@pytest.mark.parametrize("script", ["", LACKING + TRAIN])
def test_a_stage_whose_script_is_empty_or_lacks_a_module_trains_nothing(seen: Seen, script: str) -> None:
    stage = "stages: {fit: {cmd: python fit.py}}\n"
    found = seen(retraining, {"dvc.yaml": stage, "fit.py": script, "src/x.py": "x = 1\n"})
    assert not found.has("retraining.pipeline")
