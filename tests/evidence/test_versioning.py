"""Versions of runs, models and data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType

import pytest

from portfolio_audit.evidence import versioning
from portfolio_audit.model.fact import Evidence, Rung
from portfolio_audit.model.snapshot import Unavailable

Seen = Callable[[ModuleType, Mapping[str, str | Unavailable]], Evidence]
REMOTE = {".dvc/config": "[core]\n    remote = a\n['remote \"a\"']\n    url = s3://bucket/data\n"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("import mlflow\nmlflow.autolog()\n", 2),
        ("import mlflow as m\nm.sklearn.autolog()\n", 2),
        ("from mlflow.sklearn import log_model as keep\nkeep(model)\n", 2),
        ("import mlflow\nclient = mlflow.MlflowClient()\nclient.log_metric(1, 'f1', 2)\n", 3),
        ("import wandb\nwandb.init()\n", 2),
        ("from torch.utils.tensorboard import SummaryWriter\nw = SummaryWriter()\nw.add_scalar('loss', 1)\n", 3),
    ],
)
def test_calls_that_track(seen: Seen, text: str, line: int) -> None:
    found = seen(versioning, {"train.py": text}).known("versioning.experiments")
    assert [(f.at.line, f.rung) for f in found] == [(line, Rung.WIRED)]


@pytest.mark.parametrize(
    "text",
    [
        "import mlflow\n# mlflow.autolog()\n",
        "import mlflow\nmodel = mlflow.pyfunc.load_model('m')\n",
        "import mlflow\nmlflow.autolog(disable=True)\n",
        "import logging\nlogging.log(1, 'x')\n",
        "import numpy\nnumpy.log(1)\n",
    ],
)
def test_calls_that_track_nothing(seen: Seen, text: str) -> None:
    assert Rung.WIRED not in {f.rung for f in seen(versioning, {"train.py": text}).facts}


def test_a_committed_run_shows_that_tracking_was_used(seen: Seen) -> None:
    files = {"train.py": "import mlflow\nmlflow.autolog()\n", "mlruns/0/ab/metrics/f1": "1 0.5 0"}
    assert seen(versioning, files).rung("versioning.experiments") is Rung.EXERCISED
    assert not seen(versioning, {"mlruns/0/ab/metrics/f1": "1 0.5 0"}).facts


@pytest.mark.parametrize(
    "text",
    [
        "import mlflow\nmlflow.register_model('runs:/1/m', 'm')\n",
        "from mlflow import MlflowClient\nMlflowClient().create_model_version('m', 's')\n",
        "import mlflow\nmlflow.xgboost.log_model(b, 'm', registered_model_name='m')\n",
        "import mlflow\nmlflow.pyfunc.load_model('models:/m/Production')\n",
        "import wandb\nwandb.Artifact('m', type='model')\n",
        "from transformers import Trainer\ntrainer.push_to_hub()\n",
        "from google.cloud import aiplatform\naiplatform.Model.upload(display_name='m')\n",
    ],
)
def test_models_that_others_can_fetch_by_version(seen: Seen, text: str) -> None:
    found = seen(versioning, {"train.py": text})
    assert [(f.at.line, f.rung) for f in found.known("versioning.models")] == [(2, Rung.WIRED)]


@pytest.mark.parametrize(
    "text",
    [
        "import bentoml\nbentoml.xgboost.save_model('m', b)\n",
        "import mlflow\nmlflow.MlflowClient().transition_model_version_stage('m', '1', 'Staging')\n",
    ],
)
def test_models_kept_here_or_moved_without_being_registered(seen: Seen, text: str) -> None:
    assert seen(versioning, {"train.py": text}).rung("versioning.models") is Rung.DECLARED


@pytest.mark.parametrize(
    "text",
    [
        "def register_model(): pass\nregister_model()\n",
        "import flask\napp.register_model('m')\n",
        "import mlflow\nmlflow.sklearn.save_model(m, 'model')\n",
    ],
)
def test_calls_that_give_no_version(seen: Seen, text: str) -> None:
    assert not seen(versioning, {"train.py": text}).has("versioning.models")


def test_pointers_count_in_full_with_a_remote(seen: Seen) -> None:
    pointers = {"data/raw.dvc": "outs:\n- md5: 1f\n", "model.pkl.dvc": "outs:\n- md5: 2f\n", "empty.dvc": ""}
    alone, kept = seen(versioning, pointers), seen(versioning, pointers | REMOTE)
    assert [(f.id, f.at.path, f.rung) for f in kept.facts] == [
        ("versioning.data", "data/raw.dvc", Rung.WIRED),
        ("versioning.models", "model.pkl.dvc", Rung.WIRED),
    ]
    assert {f.rung for f in alone.facts} == {Rung.DECLARED}


@pytest.mark.parametrize(
    ("pattern", "facts"),
    [
        ("*.csv", [("versioning.data", Rung.WIRED)]),
        ("data/**", [("versioning.data", Rung.WIRED)]),
        ("*.pt", [("versioning.models", Rung.DECLARED)]),
        ("*.psd", []),
        ("[z-a]\\", []),
    ],
)
def test_what_large_file_storage_keeps(seen: Seen, pattern: str, facts: list[tuple[str, Rung]]) -> None:
    text = f"* text=auto\n{pattern} filter=lfs diff=lfs merge=lfs -text\n*.csv text\n"
    found = seen(versioning, {".gitattributes": text}).facts
    assert [(f.id, f.rung) for f in found] == facts
    assert all(f.at.line == 2 for f in found)


def test_data_versions_in_code(seen: Seen) -> None:
    logged = "import mlflow\nmlflow.log_input(d)\n"
    table = "import deltalake\ndeltalake.DeltaTable('t', version=3)\n"
    assert seen(versioning, {"a.py": logged, "b.py": table}).rung("versioning.data") is Rung.WIRED
    assert not seen(versioning, {"a.py": "import pandas\npandas.read_csv('d')\n"}).facts


def test_an_unreadable_pointer_is_told(seen: Seen) -> None:
    found = seen(versioning, {"data/raw.dvc": Unavailable("is over the limit")})
    assert found.problems[0].at.path == "data/raw.dvc"


@pytest.mark.parametrize(
    "text",
    [
        "from transformers import TrainingArguments\nTrainingArguments(output_dir='o', report_to='wandb')\n",
        "from pytorch_lightning.loggers import WandbLogger\nlogger = WandbLogger()\n",
        "import trackio\ntrackio.init(project='p')\n",
    ],
)
def test_a_trainer_that_reports_is_tracked(seen: Seen, text: str) -> None:
    (fact,) = seen(versioning, {"train.py": text}).known("versioning.experiments")

    assert (fact.rung, fact.at.line) == (Rung.WIRED, 2)


@pytest.mark.parametrize(
    "text",
    [
        "from transformers import TrainingArguments\nTrainingArguments(output_dir='o', report_to='none')\n",
        "import tensorflow as tf\ntf.keras.callbacks.TensorBoard(log_dir='logs')\n",
    ],
)
def test_a_trainer_that_reports_to_nobody_is_not(seen: Seen, text: str) -> None:
    assert not seen(versioning, {"train.py": text}).has("versioning.experiments")


def test_a_tracking_tool_that_is_only_declared(seen: Seen) -> None:
    files = {"requirements.txt": "pandas\nmlflow\n", "compose.yaml": "services:\n  t:\n    image: wandb/local\n"}

    assert [(f.rung, str(f.at), f.at.note) for f in seen(versioning, files).known("versioning.experiments")] == [
        (Rung.DECLARED, "compose.yaml:3", "uses the image wandb/local, and nothing logs to Weights & Biases"),
        (Rung.DECLARED, "requirements.txt:2", "declares mlflow, and nothing logs to MLflow"),
    ]
