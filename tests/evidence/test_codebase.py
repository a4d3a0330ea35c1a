"""The Python of a repository as one: which file an import means, and what is reached."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from portfolio_audit.evidence.codebase import Codebase, below, full_name
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Unavailable
from portfolio_audit.parsing.python_source import Import

Make = Callable[[Mapping[str, str | Unavailable]], Documents]


@pytest.mark.parametrize(
    ("path", "text", "other", "expected"),
    [
        ("a.py", "import b", "b.py", "b.py"),
        ("a.py", "from p import b", "p/b.py", "p/b.py"),
        ("a.py", "from p.b import f", "p/b.py", "p/b.py"),
        ("a.py", "import p", "p/__init__.py", "p/__init__.py"),
        ("a.py", "import p.b", "src/p/b.py", "src/p/b.py"),
        ("tests/a.py", "import b", "service/b.py", "service/b.py"),
        ("p/a.py", "from . import b", "p/b.py", "p/b.py"),
        ("p/q/a.py", "from ..b import f", "p/b.py", "p/b.py"),
        ("a.py", "import mlflow", "tools/mlflow.py", None),
        ("a.py", "import mlflow", "mlflow.py", "mlflow.py"),
        ("a.py", "import b", "c.py", None),
        ("a.py", "import a", "b.py", None),
    ],
)
def test_the_file_that_an_import_means(documents: Make, path: str, text: str, other: str, expected: str | None) -> None:
    codebase = Codebase(documents({path: text, other: ""}))
    source = codebase.sources[path]
    assert codebase.local(source, source.module.imports[0]) == expected


def test_a_folder_of_modules_is_the_repositorys_own(documents: Make) -> None:
    codebase = Codebase(
        documents({"a.py": "import churn.missing\nimport sklearn.x", "churn/b.py": "", "sklearn/c.py": ""})
    )
    source = codebase.sources["a.py"]
    assert [codebase.is_own(source, found) for found in source.module.imports] == [True, False]


def test_what_is_reached_in_a_circle(documents: Make) -> None:
    codebase = Codebase(documents({"a.py": "import b", "b.py": "import c", "c.py": "import a", "d.py": ""}))
    assert codebase.reached("a.py") == {"a.py", "b.py", "c.py"}
    assert [source.path for source in codebase.behind(codebase.sources["b.py"])] == ["b.py", "a.py", "c.py"]


def test_a_place_in_a_module_and_in_a_notebook(documents: Make) -> None:
    notebook = '{"cells": [\n{"cell_type": "code",\n"source": [\n"import a\\n",\n"f()"]}]}'
    codebase = Codebase(documents({"a.py": "f()", "b.ipynb": notebook}))
    places = [source.says(source.module.calls[0]) for source in codebase]
    assert places == [Location("a.py", 1, note="calls f"), Location("b.ipynb", 5, 1, "calls f")]


def test_names_below_a_prefix() -> None:
    assert below("a.b", "a")
    assert not below("ab", "a")
    assert full_name(Import("a", 1, "*")) == "a"


def test_a_file_below_a_folder_of_sources_comes_before_any_other(documents: Make) -> None:
    codebase = Codebase(documents({"a.py": "import p.b", "one/p/b.py": "", "src/p/b.py": ""}))
    assert codebase.reached("a.py") == {"a.py", "src/p/b.py"}


def test_a_file_of_any_ending_in_upper_case_has_a_name(documents: Make) -> None:
    codebase = Codebase(documents({"A.PY": "import b", "b.py": ""}))
    assert codebase.reached("A.PY") == {"A.PY", "b.py"}


def test_two_extractors_share_one(documents: Make) -> None:
    made = documents({"a.py": "", "b.ipynb": "{"})
    first = made.once(Codebase)
    made.missed.clear()
    assert made.once(Codebase) is first
    assert list(made.missed) == ["b.ipynb"]
