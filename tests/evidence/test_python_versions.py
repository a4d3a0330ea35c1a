"""Where the version of the language is stated, and where it is only mentioned."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import ModuleType

import pytest

from portfolio_audit.evidence import environment
from portfolio_audit.model.fact import Evidence, Fact
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Unavailable

Seen = Callable[[ModuleType, Mapping[str, str | Unavailable]], Evidence]


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        (".python-version", "3.11.4\n", 1),
        (".tool-versions", "nodejs 20\npython 3.11.4\n", 2),
        ("mise.toml", "[tools]\npython = '3.12'\n", 2),
        ("tox.ini", "[tox]\nenvlist = py311,py312\n", 2),
        ("Pipfile.lock", '{"_meta": {"requires": {\n"python_version": "3.9"}}, "default": {"pandas": {}}}', 2),
        ("uv.lock", 'version = 1\nrequires-python = ">=3.12"\n', 2),
        ("poetry.lock", '[metadata]\npython-versions = "^3.9"\n', 2),
        ("Manifest.toml", 'julia_version = "1.10.2"\n', 1),
        ("Dockerfile", "FROM public.ecr.aws/lambda/python:3.12\n", 1),
        ("Dockerfile", "FROM mcr.example.org/base:py311\n", 1),
        ("Dockerfile", "FROM julia:1.10\n", 1),
        ("README.md", "```\nuv python install 3.12\n```\n", 2),
        ("README.md", "```\nuv venv --python 3.12\n```\n", 2),
    ],
)
def test_stated(seen: Seen, path: str, text: str, line: int) -> None:
    stated = seen(environment, {path: text}).known("environment.python_version")
    assert [(f.at.path, f.at.line) for f in stated] == [(path, line)]


@pytest.mark.parametrize(
    "text",
    [
        "Needs Python 3.9 or later\n",
        "python version: 3.10\n",
        "Python >= 3.11.2\n",
        "![badge](https://img.example.org/badge/python-3.10-blue)\n",
    ],
)
def test_words_only_mention_it(seen: Seen, text: str) -> None:
    found = seen(environment, {"README.md": text})
    assert [f.at.line for f in found.known("environment.python_mentioned")] == [1]
    assert not found.has("environment.python_version")


@pytest.mark.parametrize("text", ["Written in Python.\n", "In 3 days\n", "IPython 8\n", "Python 12.5 % faster\n"])
def test_words_without_a_version(seen: Seen, text: str) -> None:
    assert not seen(environment, {"README.md": text}).has("environment.python_mentioned")


def test_the_kernel_of_a_notebook_mentions_it(seen: Seen) -> None:
    text = '{"nbformat": 4, "metadata": {"language_info": {"name": "python", "version": "3.8.5"}}, "cells": []}'
    assert seen(environment, {"a.ipynb": text}).known("environment.python_mentioned") == (
        Fact("environment.python_mentioned", at=Location("a.ipynb", note="was last run on 3.8.5")),
    )


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("python-version: 3.10", 1),
        ("python-version: [3.8, 3.10]", 1),
        ('python-version: ["3.8", 3.10]', 1),
        ("python-version:\n  - 3.9\n  - 3.20", 3),
        ("'python-version': 3.10  # new", 1),
    ],
)
def test_a_number_that_loses_its_zero(seen: Seen, written: str, line: int) -> None:
    found = seen(environment, {".github/workflows/ci.yml": f"{written}\n"})
    assert [(f.at.line, f.at.note) for f in found.known("environment.broken_line")] == [
        (line, "is read as 3.1 without quotes" if "20" not in written else "is read as 3.2 without quotes")
    ]


@pytest.mark.parametrize(
    "written", ["python-version: '3.10'", 'python-version: ["3.10"]', "python-version: 3.11", "python-version: 3.10.2"]
)
def test_a_number_that_keeps_it(seen: Seen, written: str) -> None:
    found = seen(environment, {".github/workflows/ci.yml": f"{written}\n# python-version: 3.10\n"})
    assert not found.has("environment.broken_line")
