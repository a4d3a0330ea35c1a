"""Tests: which ones assert something about the project, and which only look like tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType

import pytest

from portfolio_audit.evidence import testing
from portfolio_audit.model.fact import Evidence
from portfolio_audit.model.snapshot import Unavailable

Seen = Callable[[ModuleType, Mapping[str, str | Unavailable]], Evidence]
ONE = "def test_a():\n    assert f()\n"


@pytest.mark.parametrize(
    "files",
    [
        {"app.py": "", "test_app.py": f"from app import f\n{ONE}"},
        {"src/churn/app.py": "", "tests/unit/test_app.py": f"from churn import app\n{ONE}"},
        {"app/main.py": "", "app/tests.py": f"from .main import f\n{ONE}"},
        {"tests/app/app.py": "", "app.py": "", "tests/app_test.py": f"import app\n{ONE}"},
        {"app.py": "", "conftest.py": "import app", "tests/test_app.py": ONE},
        {"run.py": "", "tests/test_run.py": f"import subprocess\nsubprocess.run(['python', '../run.py'])\n{ONE}"},
        {"dags/train.py": "from airflow import DAG", "tests/test_dag.py": f"dags = DagBag()\n{ONE}"},
        {"app.py": "", "test_app.py": "import app\nfrom x import assert_equal\ndef test_a():\n    assert_equal(app.x)"},
        {"app.py": "", "test_app.py": "import app\ndef check(x):\n    assert x\ndef test_a():\n    check(app.x)\n"},
        {
            "app.py": "",
            "tests/run.py": "import pytest\ndef runs(x):\n    pytest.fail(x)\n",
            "tests/test_app.py": "import app\nfrom tests.run import runs\ndef test_a():\n    runs(app.x)\n",
        },
        {"tests/test_data.py": f"import great_expectations\n{ONE}"},
        {"app.py": "from flask import Flask", "test.py": f"url = 'http://localhost:9696/predict'\n{ONE}"},
    ],
)
def test_one_real_test(seen: Seen, files: dict[str, str]) -> None:
    found = seen(testing, files)
    assert (found.number("tests.functions"), found.names("tests.hollow")) == (1, frozenset())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("import app\ndef test_a():\n    print(app.x)", "asserts nothing"),
        ("import app\ndef test_a():\n    assert 1 == 1", "asserts nothing"),
        ("import app\n@pytest.mark.skip\ndef test_a():\n    pass", "asserts nothing"),
        (ONE, "imports nothing of the project's own code"),
        (f"from missing import f\n{ONE}", "imports missing, which is not there"),
        (f"from ..missing import f\n{ONE}", "imports ..missing, which is not there"),
        (f"import pandas, json\n{ONE}", "imports nothing of the project's own code"),
        ("import requests\nrequests.post('http://localhost:9696')", "only sends a request, and asserts nothing"),
        (
            "import app\nfrom mage_ai.decorators import test\n@test\ndef test_output(output):\n    assert output",
            "asserts nothing",
        ),
        ("def test_a(:\n", "is not valid Python 3"),
    ],
)
def test_hollow_tests(seen: Seen, text: str, reason: str) -> None:
    found = seen(testing, {"app.py": "x = 1", "tests/test_a.py": text})
    assert [(f.value, f.at.note) for f in found.known("tests.hollow")] == [("tests/test_a.py", reason)]
    assert not found.has("tests.real")


@pytest.mark.parametrize(
    ("text", "tries"), [("def load():\n    pass\n", []), ("import httpx\nhttpx.get(x)\n", ["test.py"])]
)
def test_a_program_that_is_called_test(seen: Seen, text: str, tries: list[str]) -> None:
    found = seen(testing, {"app.py": "", "test.py": text})
    assert [f.value for f in found.known("tests.hollow")] == tries


def test_a_script_of_assertions_counts_once(seen: Seen) -> None:
    found = seen(testing, {"app.py": "", "tests/test_a.py": "import app\nassert app.f() == 1\nassert app.g()"})
    assert (found.number("tests.functions"), found.names("tests.real")) == (1, frozenset({"tests/test_a.py"}))


def test_methods_and_functions_are_counted_where_they_stand(seen: Seen) -> None:
    text = f"import app\n{ONE}class TestB:\n    def test_b(self):\n        assert app.f()\n"
    found = seen(testing, {"app.py": "", "tests/test_a.py": text})
    assert [(f.value, f.at.line) for f in found.known("tests.real")] == [
        ("tests/test_a.py::test_a", 2),
        ("tests/test_a.py::test_b", 5),
    ]


def test_tests_in_r(seen: Seen) -> None:
    found = seen(testing, {"tests/testthat/test-a.R": "test_that('a', {})\n\ntest_that('b', {})\n"})
    assert found.number("tests.functions") == 2


def test_code_that_is_named_like_a_test(seen: Seen) -> None:
    assert not seen(testing, {"testbed.py": "x = 1", "contest.py": "x = 1", "tests/helpers.py": "x = 1"}).facts
