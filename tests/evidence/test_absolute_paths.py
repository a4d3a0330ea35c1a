"""Paths that exist on one machine only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType

import pytest

from portfolio_audit.evidence import absolute_paths
from portfolio_audit.model.fact import Evidence
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Unavailable

Files = Mapping[str, str | Unavailable]
See = Callable[[ModuleType, Files], Evidence]


def in_code(seen: See, text: str) -> list[tuple[object, Location]]:
    return [(f.value, f.at) for f in seen(absolute_paths, {"a.py": text}).facts]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/ada/levels.csv", "home"),
        ("/Users/ada/Desktop/levels.csv", "home"),
        ("file:///home/ada/mlflow.db", "home"),
        ("C:/Users/ada/levels.csv", "drive"),
        ("/content/drive/MyDrive/levels.csv", "colab"),
        ("/kaggle/input/tides/levels.csv", "kaggle"),
        ("/dbfs/tides/levels.csv", "databricks"),
    ],
)
def test_each_kind_is_known_by_its_beginning(seen: See, path: str, kind: str) -> None:
    shown = path.removeprefix("file://")
    assert in_code(seen, f'x = 1\nread("{path}")\n') == [(kind, Location("a.py", 2, note=shown))]


@pytest.mark.parametrize(
    "text",
    [
        'route("/home/")',
        'get("https://example.org/Users/ada/x")',
        'load("/home/airflow/dags/x.py")',
        'load("/home/jovyan/work/x")',
        'read("data/levels.csv")',
        'note("at 10:/30")',
        '# read("/home/ada/levels.csv")',
    ],
)
def test_what_only_looks_like_one_is_none(seen: See, text: str) -> None:
    assert in_code(seen, text) == []


def test_backslashes_in_a_notebook(seen: See) -> None:
    cell = r'{"cell_type": "code", "source": "read(r\"D:\\tides\\levels.csv\")", "outputs": []}'
    files = {"a.ipynb": '{"nbformat": 4, "cells": [' + cell + "]}"}
    facts = [(f.id, f.value, f.at) for f in seen(absolute_paths, files).facts]
    assert facts == [("notebooks.absolute_path", "drive", Location("a.ipynb", 1, 1, r"D:\tides\levels.csv"))]


def test_scripts_in_r(seen: See) -> None:
    evidence = seen(absolute_paths, {"a.R": '# setwd("C:/x")\nsetwd("C:/tides")\n'})
    assert [(f.value, f.at.line) for f in evidence.facts] == [("drive", 2)]


def test_three_a_file_are_enough(seen: See) -> None:
    assert len(in_code(seen, 'read("/home/ada/x")\n' * 9)) == 3
