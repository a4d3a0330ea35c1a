"""What is seen does not depend on the order of sets: Python shuffles them anew in every process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
BLOCK = """from mage_ai.data_preparation.decorators import transformer
from sklearn.svm import SVC
@transformer
def train():
    return SVC().fit(x, y)
"""
BLOCKS = [f"b{number}" for number in range(9)]
PRINT = f"""
from pathlib import Path
from portfolio_audit import evidence
from portfolio_audit.engine.load import load_vocabulary
from portfolio_audit.model.snapshot import Snapshot, TreeEntry
blocks = {BLOCKS!r}
files = {{f"app/transformers/{{name}}.py": {BLOCK!r} for name in blocks}}
files["app/pipelines/fit/metadata.yaml"] = "blocks:\\n" + "".join(f"- uuid: {{name}}\\n" for name in blocks)
files["app/pipelines/fit/triggers.yaml"] = "triggers:\\n- status: active\\n  schedule_interval: '@daily'\\n"
files["app/tests/test_b.py"] = "".join(f"from transformers.{{name}} import train\\n" for name in blocks)
snapshot = Snapshot("x", tree=tuple(TreeEntry(path, 1) for path in files), texts=files)
print(evidence.extract(snapshot, load_vocabulary((Path({str(ROOT / "rules")!r}),))).facts)
"""


def printed(seed: str) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run([sys.executable, "-c", PRINT], env=environment, capture_output=True, check=True, text=True)
    return done.stdout


def test_no_extractor_depends_on_the_order_of_sets() -> None:
    first = printed("1")
    assert "retraining.scheduled" in first
    assert first == printed("2")
