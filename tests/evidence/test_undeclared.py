"""Imports against declarations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType

import pytest

from portfolio_audit.evidence import environment
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.undeclared import wanted_distributions
from portfolio_audit.model.fact import Evidence, Fact
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Unavailable

Made = Callable[[Mapping[str, str | Unavailable]], Documents]
Seen = Callable[[ModuleType, Mapping[str, str | Unavailable]], Evidence]


def undeclared(seen: Seen, files: Mapping[str, str]) -> set[str]:
    return set(seen(environment, files).names("environment.undeclared"))


def test_it_says_where(seen: Seen) -> None:
    found = seen(
        environment, {"requirements.txt": "flask\n", "train.py": "import os\nimport xgboost\nimport xgboost\n"}
    )
    assert found.known("environment.undeclared") == (
        Fact("environment.undeclared", "xgboost", Location("train.py", 2, note="is imported and not declared")),
    )


@pytest.mark.parametrize(
    ("declared", "code"),
    [
        ("scikit-learn", "from sklearn.svm import SVC"),
        ("opencv-python-headless", "import cv2"),
        ("pyyaml", "import yaml"),
        ("beautifulsoup4", "import bs4"),
        ("google-cloud-storage", "from google.cloud import storage"),
        ("azure-storage-blob", "import azure.storage.blob"),
        ("Flask_Cors", "import flask_cors"),
        ("tensorflow-cpu", "import tensorflow.keras"),
        ("fastapi", "import pydantic, starlette"),
        ("pandas", "import numpy as np"),
        ("pandas", "import pkg_resources, setuptools, google.colab"),
        ("pandas", "import ride_pb2, ride_pb2_grpc"),
        ("pandas", "from __future__ import annotations"),
    ],
)
def test_a_distribution_gives_modules_of_other_names(seen: Seen, declared: str, code: str) -> None:
    assert undeclared(seen, {"requirements.txt": declared, "a.py": code}) == set()


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("src/app/train.py", "from app import features\nimport features\nfrom .x import y"),
        ("notebooks/a.py", "import features"),
        ("src/app/cli.py", "import shop_tools"),
    ],
)
def test_the_trees_own_modules_are_given(seen: Seen, path: str, code: str) -> None:
    files = {
        "pyproject.toml": '[project]\nname = "shop-tools"\ndependencies = ["pandas"]\n',
        "src/app/features.py": "",
        path: code,
    }
    assert undeclared(seen, files) == set()


def test_what_an_image_brings_is_given(seen: Seen) -> None:
    files = {"requirements.txt": "pandas", "Dockerfile": "FROM mageai/mageai:0.9\n", "a.py": "import mage_ai"}
    assert undeclared(seen, files) == set()


def test_code_is_judged_by_the_declarations_above_it(seen: Seen) -> None:
    files = {
        "requirements.txt": "pandas",
        "api/requirements.txt": "flask",
        "api/app.py": "import flask, pandas",
        "train.py": "import flask",
    }
    assert undeclared(seen, files) == {"flask"}


def test_code_with_no_declaration_above_is_judged_by_all(seen: Seen) -> None:
    files = {"api/requirements.txt": "flask", "api/app.py": "import flask", "train.py": "import flask, xgboost"}
    assert undeclared(seen, files) == {"xgboost"}


def test_tests_may_use_what_any_part_declares(seen: Seen) -> None:
    files = {
        "requirements.txt": "pandas",
        "dev/requirements.txt": "pytest",
        "dev/x.py": "",
        "tests/test_a.py": "import pytest",
    }
    assert undeclared(seen, files) == set()


def test_a_lock_alone_declares(seen: Seen) -> None:
    assert undeclared(seen, {"Pipfile.lock": '{"default": {"flask": {}}}', "a.py": "import flask, torch"}) == {"torch"}


def test_nothing_is_undeclared_where_nothing_is_declared(seen: Seen) -> None:
    assert undeclared(seen, {"a.py": "import torch"}) == set()


@pytest.mark.parametrize(
    ("path", "code", "missing"),
    [
        ("a.py", "try:\n    import torch\nexcept ImportError:\n    torch = None\n", set()),
        ("a.py", "from . import torch\nfrom .torch import x\n", set()),
        ("a.py", "import torch.nn as nn\n", {"torch"}),
        ("a.py", "import os, sys, torch\n", {"torch"}),
        ("a.py", "import _torch\n", set()),
        ("a.py", "# import torch\ntext = 'import torch'\n", set()),
        ("a.py", "def broken(:\nimport torch\n", {"torch"}),
        ("venv/a.py", "import torch\n", set()),
    ],
)
def test_which_imports_count(seen: Seen, path: str, code: str, missing: set[str]) -> None:
    assert undeclared(seen, {"requirements.txt": "pandas", path: code}) == missing


@pytest.mark.parametrize(
    ("imports", "wanted"),
    [
        ("import sklearn", {"sklearn", "scikit-learn"}),
        ("import tides_tools", {"tides-tools"}),
        ("import tides.model.deep.x", {"tides", "tides-model-deep"}),
    ],
)
def test_what_would_give_a_module(documents: Made, imports: str, wanted: set[str]) -> None:
    assert wanted == wanted_distributions(documents({"a.py": imports}))
