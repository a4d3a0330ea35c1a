"""Execution readiness: what would stop a stranger's run."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from types import ModuleType

import pytest

from portfolio_audit.evidence import execution
from portfolio_audit.evidence.obstacles import RISKS, Obstacle
from portfolio_audit.model.fact import Evidence
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Unavailable

See = Callable[[ModuleType, Mapping[str, str | Unavailable]], Evidence]


def book(*sources: str, counts: tuple[int | None, ...] = (), version: str = "3.11.4", language: str = "python") -> str:
    told = counts or tuple(range(1, len(sources) + 1))
    cells = [
        {"cell_type": "code", "source": source, "execution_count": count, "outputs": [], "metadata": {}}
        for source, count in zip(sources, told, strict=True)
    ]
    info = {"language_info": {"name": language, "version": version}}
    return json.dumps({"cells": cells, "metadata": info, "nbformat": 4, "nbformat_minor": 5}, indent=1)


def numbers(seen: Evidence) -> tuple[float, float, float]:
    names = ("runnable", "clear", "readiness")
    first, second, third = (seen.number(f"execution.{name}") for name in names)
    return first, second, third


def test_a_clear_notebook_is_ready(seen: See) -> None:
    assert numbers(seen(execution, {"a.ipynb": book("import numpy", "x = 1", "print(x)")})) == (1, 1, 1)


def test_ten_clear_notebooks_are_as_ready_as_one(seen: See) -> None:
    many = {f"{n}.ipynb": book(*["import numpy as np"] * (n + 1)) for n in range(10)}
    assert numbers(seen(execution, many)) == (10, 10, 1)


def test_the_least_ready_counts_half(seen: See) -> None:
    files = {"a.ipynb": book("x = 1"), "b.ipynb": book("print(y)")}
    stopped = 1 - RISKS["undefined"]
    assert numbers(seen(execution, files))[2] == pytest.approx(((1 + stopped) / 2 + stopped) / 2)


@pytest.mark.parametrize(
    ("code", "fact", "name"),
    [
        ("import pandas\npandas.read_csv('gone.csv')", "lost_data", "gone.csv"),
        ("import pandas\npandas.read_csv('/home/ada/a.csv')", "lost_data", "/home/ada/a.csv"),
        ("print(y)", "undefined", "y"),
        ("import obscure_tools", "unavailable", "obscure_tools"),
        ("import helpers", "misplaced", "helpers"),
        ("print 'x'", "outdated", "says print 'x'"),
    ],
)
def test_what_stops_a_run_is_told_with_its_place(seen: See, code: str, fact: str, name: str) -> None:
    found = seen(execution, {"nb/a.ipynb": book("x = 1", code), "src/helpers.py": "x = 1\n"})
    (told,) = found.known(f"execution.{fact}")
    assert (told.value, told.at.path) == (name, "nb/a.ipynb")
    assert found.number("execution.readiness") < 1


@pytest.mark.parametrize(
    "code",
    [
        "import sys\nsys.path.append('../src')\nimport helpers",
        "import pandas as pd\npd.read_csv('https://example.org/a.csv')",
        "!pip install obscure-tools\nimport obscure_tools",
        "%run setup.ipynb\nprint(y)",
        "!wget https://example.org/a.csv\nopen('a.csv')",
        "open('b.csv', 'w')\nopen('b.csv')",
        "open('../data/made.csv')",
        "import json, os, re",
    ],
)
def test_what_stops_no_run_is_not_told(seen: See, code: str) -> None:
    files = {
        "nb/a.ipynb": book(code),
        "src/helpers.py": "x = 1\n",
        "src/make.py": "import pandas\npandas.DataFrame().to_csv('data/made.csv')\n",
    }
    found = seen(execution, files)
    assert [f.id for f in found.facts if f.id.split(".")[1] not in {"runnable", "clear", "readiness"}] == []


def test_a_declared_module_is_available(seen: See) -> None:
    files = {"a.ipynb": book("import obscure_tools"), "requirements.txt": "obscure-tools==1\n"}
    assert numbers(seen(execution, files)) == (1, 1, 1)


@pytest.mark.parametrize(
    ("counts", "risks"),
    [
        ((1, 2), ()),
        ((5, 6), ("rerun",)),
        ((2, 1), ("out-of-order", "rerun")),
        ((None, None), ("rerun", "unrun")),
    ],
)
def test_saved_counts(seen: See, counts: tuple[int | None, ...], risks: tuple[str, ...]) -> None:
    ready = seen(execution, {"a.ipynb": book("x = 1", "y = 2", counts=counts)}).number("execution.readiness")
    expected = execution.readiness(tuple(Obstacle(risk, "", Location("a.ipynb")) for risk in risks))
    assert ready == pytest.approx(expected)


def test_each_kind_of_obstacle_counts_once() -> None:
    one = Obstacle("undefined", "x", Location("a.ipynb"))
    assert execution.readiness((one, one)) == execution.readiness((one,)) == pytest.approx(1 - RISKS["undefined"])


def test_scripts_are_judged_where_there_is_no_notebook(seen: See) -> None:
    script = "import pandas\n\nif __name__ == '__main__':\n    pandas.read_csv('data/a.csv')\n"
    assert numbers(seen(execution, {"src/train.py": script, "data/a.csv": "a\n"})) == (1, 1, 1)
    lost = seen(execution, {"src/train.py": script})
    assert [(f.value, f.at.line) for f in lost.known("execution.lost_data")] == [("data/a.csv", 4)]


def test_other_languages_and_nothing_at_all_have_no_readiness(seen: See) -> None:
    assert seen(execution, {"a.ipynb": book("x <- 1", language="R"), "README.md": "# A\n"}).facts == ()


def test_what_a_cell_that_is_no_python_names_is_not_called_undefined(seen: See) -> None:
    found = seen(execution, {"a.ipynb": book("model = = 1", "print(model)", "print(other)")})
    assert [f.value for f in found.known("execution.undefined")] == ["other"]


def test_modules_of_python_and_of_the_root_are_found_whatever_folders_are_called(seen: See) -> None:
    script = "import typing\nfrom src.features import make\n\nif __name__ == '__main__':\n    make()\n"
    files = {"src/models/train.py": script, "src/features.py": "def make(): pass\n", "typing/x.py": "x = 1\n"}
    assert numbers(seen(execution, files)) == (1, 1, 1)


def test_scripts_do_not_stand_for_notebooks_that_could_not_be_read(seen: See) -> None:
    script = "if __name__ == '__main__':\n    print(1)\n"
    files = {"a.ipynb": Unavailable("is not in this copy"), "train.py": script}
    assert not seen(execution, files).has("execution.readiness")


def test_a_module_that_is_no_python_stops_the_run(seen: See) -> None:
    found = seen(execution, {"train.py": "if __name__ == '__main__':\n    x = = 1\n"})
    assert found.number("execution.clear") == 0
