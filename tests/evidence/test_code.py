"""What code does: imports, training, stored models, seeds; in modules and notebooks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType

import pytest

from portfolio_audit.evidence import code
from portfolio_audit.model.fact import Evidence, Fact
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Unavailable

Seen = Callable[[ModuleType, Mapping[str, str | Unavailable]], Evidence]
NOTEBOOK = '{"cells": [\n{"cell_type": "code",\n"source": ["import torch\\n", "loss.backward()"]}\n]}'


def test_imports_without_the_repositorys_own(seen: Seen) -> None:
    files = {
        "app.py": "import pandas.io\nfrom ray import serve\nfrom churn.model import f\nfrom . import g\nimport helpers",
        "src/churn/model.py": "import churn",
        "lib/helpers.py": "",
    }
    assert seen(code, files).names("code.imports") == {"pandas.io", "ray", "ray.serve"}


@pytest.mark.parametrize(
    "text",
    [
        "from sklearn.svm import SVC\nSVC().fit(x, y)",
        "import xgboost as xgb\nxgb.train(p, d)",
        "import torch\nloss.backward()",
        "import keras\nmodel.fit(x)",
        "from ultralytics import YOLO\nmodel = YOLO('a')\nmodel.train(data='d')",
        "from transformers import Trainer\ntrainer = Trainer()\ntrainer.train()",
        "from sklearn.model_selection import GridSearchCV, cross_val_score\ncross_val_score(m, x)",
        "import statsmodels.api as sm\nsm.OLS(y, x).fit()",
        "from stable_baselines3 import PPO\nagent = PPO('p', e)\nagent.learn(9)",
    ],
)
def test_what_fits_a_model(seen: Seen, text: str) -> None:
    assert [fact.at.line for fact in seen(code, {"a.py": text}).known("code.training")] == [text.count("\n") + 1]


@pytest.mark.parametrize(
    "text",
    [
        "from sklearn.preprocessing import StandardScaler\nStandardScaler().fit(x)",
        "from sklearn.feature_extraction import DictVectorizer\ndv = DictVectorizer()\ndv.fit(x)",
        "from sklearn.decomposition import PCA\nreduced = PCA()\nreduced.fit(x)",
        "import sklearn\nfrom scipy import stats\nstats.norm.fit(x)",
        "import torch\nmodel.train()",
        "import pandas\nmodel.fit(x)",
        "import sklearn\n# model.fit(x)",
        "import sklearn\n'model.fit(x)'",
        "import sklearn\nfrom minsearch import Index\nindex.fit(docs)",
    ],
)
def test_what_only_looks_like_training(seen: Seen, text: str) -> None:
    assert not seen(code, {"a.py": text}).has("code.training")


def test_training_in_a_notebook_has_its_cell_and_no_script(seen: Seen) -> None:
    found = seen(code, {"a.ipynb": NOTEBOOK})
    (fact,) = found.known("code.training")
    assert (fact.at.cell, fact.at.path) == (1, "a.ipynb")
    assert not found.has("code.training_script")


@pytest.mark.parametrize(
    "main", ["from model import train\n\ntrain()", "from model import train\nif __name__ == '__main__':\n    train()",
             "import model\nfrom prefect import flow\n@flow\ndef run():\n    model.train()"]
)  # fmt: skip
def test_a_script_that_trains_by_what_it_imports(seen: Seen, main: str) -> None:
    files = {"model.py": "from sklearn.svm import SVC\ndef train():\n    SVC().fit(x, y)", "main.py": main}
    assert [f.at.path for f in seen(code, files).known("code.training_script")] == ["model.py"]


def test_a_module_that_nothing_runs(seen: Seen) -> None:
    files = {"model.py": "from sklearn.svm import SVC\ndef train():\n    SVC().fit(x, y)"}
    assert not seen(code, files).has("code.training_script")


@pytest.mark.parametrize(
    "text",
    [
        "import joblib\njoblib.dump(m, 'a')",
        "import torch\ntorch.save(m, 'a')",
        "import keras\nmodel.save('a')",
        "import pickle, sklearn\nmodel.fit(x)\npickle.dump(model, f)",
        "import mlflow\nmlflow.sklearn.log_model(m, 'a')",
    ],
)
def test_a_stored_model(seen: Seen, text: str) -> None:
    assert seen(code, {"a.py": text}).has("code.saved_model")


@pytest.mark.parametrize("text", ["import pickle\npickle.dump(x, f)", "figure.save('model.png')", "plt.savefig('m')"])
def test_what_is_no_stored_model(seen: Seen, text: str) -> None:
    assert not seen(code, {"a.py": text}).has("code.saved_model")


@pytest.mark.parametrize(
    ("text", "seeded"),
    [
        ("from sklearn.model_selection import train_test_split as s\ns(x, random_state=1)", True),
        ("from sklearn.cluster import KMeans\nimport numpy as np\nnp.random.seed(1)\nKMeans(2)", True),
        (
            "from sklearn.cluster import KMeans\nimport numpy as np\nKMeans(2, random_state=np.random.default_rng(1))",
            True,
        ),
        ("from sklearn.cluster import KMeans\nimport numpy as np\nnp.random.default_rng()\nKMeans(2)", False),
        ("import torch\nloss.backward()", False),
        ("import torch\ntorch.manual_seed(1)\nloss.backward()", True),
    ],
)
def test_chance(seen: Seen, text: str, *, seeded: bool) -> None:
    found = seen(code, {"a.py": text})
    assert (found.has("code.seeded"), found.has("code.unseeded")) == (seeded, not seeded)


def test_each_call_is_judged_by_itself(seen: Seen) -> None:
    text = "from sklearn.cluster import KMeans\nimport xgboost, torch\nKMeans(2, random_state=1)\nKMeans(3)\nm.fit(x)\n"
    found = seen(code, {"a.py": text})
    assert found.of("code.unseeded") == (
        Fact("code.unseeded", at=Location("a.py", 4, note="sklearn.cluster.KMeans, without a seed")),
    )
    assert found.of("code.seeded") == (
        Fact("code.seeded", at=Location("a.py", 3, note="sklearn.cluster.KMeans, with a seed")),
    )


def test_tests_train_nothing(seen: Seen) -> None:
    found = seen(code, {"tests/test_a.py": "import sklearn\ndef test_a():\n    model.fit(x)\n    joblib.dump(model)"})
    assert not found.has("code.training")
    assert not found.has("code.unseeded")


def test_broken_code_is_told_with_its_line(seen: Seen) -> None:
    broken = NOTEBOOK.replace("loss.backward()", "for x in")
    facts = seen(code, {"a.py": "x = 1\nprint 'x'\n", "b.ipynb": broken}).known("code.broken")
    assert [(f.value, f.at.line, f.at.cell) for f in facts] == [("a.py", 2, 0), ("b.ipynb", 3, 1)]
