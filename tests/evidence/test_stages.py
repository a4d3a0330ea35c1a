"""Stages and jobs that are described in files."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.stages import Stage, stages
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Unavailable

Made = Callable[[Mapping[str, str | Unavailable]], Documents]
CRON = """apiVersion: batch/v1
kind: CronJob
spec:
  schedule: '0 1 * * *'
  jobTemplate: {spec: {template: {spec: {containers: [{command: [python, train.py]}]}}}}
"""


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("dvc.yaml", "stages:\n  a:\n    cmd:\n    - python a.py\n    - python b.py\n",
         [Stage("python a.py", Location("dvc.yaml", 4)), Stage("python b.py", Location("dvc.yaml", 5))]),
        ("MLproject", "entry_points: {main: {command: python a.py}}", [Stage("python a.py", Location("MLproject", 1))]),
        ("Snakefile", "rule a:\n    # python no.py\n    shell: 'python a.py'\n",
         [Stage("shell:  python a.py", Location("Snakefile", 3))]),
        ("k8s/retrain.yaml", CRON,
         [Stage("python train.py", Location("k8s/retrain.yaml", 5), by_itself=True, timed=True)]),
        ("k8s/once.yaml", CRON.replace("CronJob", "Job"),
         [Stage("python train.py", Location("k8s/once.yaml", 5), by_itself=True)]),
        ("job.yml", "$schema: https://azuremlschemas.azureedge.net/commandJob.schema.json\ncommand: python a.py\n",
         [Stage("python a.py", Location("job.yml", 2))]),
        ("values.yaml", "command: python a.py\n", []),
        ("k8s/api.yaml", "kind: Deployment\ncommand: [python, a.py]\n", []),
        ("k8s/bad.yaml", "kind: Job\ncommand: [a.py\n", []),
    ],
)  # fmt: skip
def test_what_files_tell_to_run(documents: Made, path: str, text: str, found: list[Stage]) -> None:
    assert list(stages(documents({path: text}))) == found
