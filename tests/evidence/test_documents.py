"""Documents parse once, report what cannot be read, and never leave the tree."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from portfolio_audit.errors import ParseError
from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.ownership import is_authored
from portfolio_audit.model.fact import Problem
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Unavailable
from portfolio_audit.parsing.markdown import parse_markdown
from portfolio_audit.parsing.notebook_code import parse_notebook_code
from portfolio_audit.parsing.yaml import YamlMap

Make = Callable[[Mapping[str, str | Unavailable]], Documents]


def test_a_file_is_parsed_once(documents: Make) -> None:
    calls: list[str] = []
    parse = calls.append
    made = documents({"a.txt": "text"})
    made.parsed("a.txt", parse)
    made.parsed("a.txt", parse)
    assert calls == ["text"]


def test_an_unread_file_is_missed_and_a_problem_once(documents: Make) -> None:
    made = documents({"big.ipynb": Unavailable("is over the limit")})
    assert [made.notebook("big.ipynb"), made.text("big.ipynb")] == [None, None]
    assert made.missed == {"big.ipynb": "is over the limit"}
    assert made.problems == [Problem("could not be read: is over the limit", Location("big.ipynb"))]


def test_a_file_missed_before_is_missed_again_by_the_next_who_asks(documents: Make) -> None:
    made = documents({"x.yaml": "a: b: c"})
    made.yaml("x.yaml")
    made.missed.clear()
    made.yaml("x.yaml")
    assert list(made.missed) == ["x.yaml"]


def test_a_broken_file_says_its_line(documents: Make) -> None:
    made = documents({"x.yaml": "a: 1\nb: c: d"})
    assert made.yaml("x.yaml") == ()
    assert made.problems[0].at == Location("x.yaml", 2)


def test_yaml_documents(documents: Make) -> None:
    (document,) = documents({"x.yaml": "a: 1"}).yaml("x.yaml")
    assert isinstance(document, YamlMap)
    assert document.text("a") == "1"


def test_recursion_in_a_parser_is_a_problem(documents: Make) -> None:
    def deep(text: str) -> str:
        raise RecursionError(text)

    made = documents({"x": "text"})
    assert made.parsed("x", deep) is None
    assert made.missed == {"x": "is nested too deeply"}


def test_parse_errors_do_not_escape(documents: Make) -> None:
    def broken(text: str) -> str:
        raise ParseError("is odd", line=4)

    made = documents({"x": "text"})
    assert made.parsed("x", broken) is None
    assert made.problems == [Problem("could not be read: is odd", Location("x", 4))]


def test_vendored_trees_are_nobodys_work(documents: Make) -> None:
    made = documents({"a.py": "", "venv/lib/site-packages/b.py": "", "node_modules/c.js": ""})
    assert made.files == ("a.py",)
    assert made.exists("node_modules/c.js")


@pytest.mark.parametrize(
    ("base", "reference", "path"),
    [
        ("docs/a.md", "img/x.png", "docs/img/x.png"),
        ("docs/a.md", "../src", "src"),
        ("docs/a.md", "/src/x.py", "src/x.py"),
        ("a.md", "./", ""),
        ("a.md", "../../etc/passwd", None),
        ("docs/a.md", "/../x", None),
    ],
)
def test_references_stay_in_the_tree(documents: Make, base: str, reference: str, path: str | None) -> None:
    assert documents({}).resolve(base, reference) == path


def test_folders_exist_when_something_is_in_them(documents: Make) -> None:
    made = documents({"src/pkg/a.py": ""})
    assert [made.exists(p) for p in ("src", "src/pkg/", "src/pkg/a.py", "pkg")] == [True, True, True, False]


@pytest.mark.parametrize("path", ["src/environment.py", "vendors.py", "my_venv_guide.md", "models/cache.py"])
def test_lookalikes_are_authored(path: str) -> None:
    assert is_authored(path)


@pytest.mark.parametrize(
    "path",
    [
        "mlruns/0/meta.yaml",
        "a/.ipynb_checkpoints/x.ipynb",
        ".venv/x.py",
        "x.egg-info/PKG-INFO",
        "tests/fixtures/app/train.py",
    ],
)
def test_generated_is_not_authored(path: str) -> None:
    assert not is_authored(path)


def test_a_document_that_is_too_long_is_read_in_part_and_told_once(documents: Make) -> None:
    made = documents({"README.md": "# Title\n" * 20_001})
    found = [document.words for document in (made.markdown("README.md"), made.markdown("README.md")) if document]
    assert found == [0, 0]
    assert made.missed == {"README.md": "has more than 20,000 lines"}
    assert made.problems == [
        Problem("was not read to its end: has more than 20,000 lines", Location("README.md")),
    ]


def test_a_notebook_of_very_many_cells_is_read_in_part(documents: Make) -> None:
    cells = ", ".join(['{"cell_type": "code", "source": "x"}'] * 2_001)
    made = documents({"a.ipynb": f'{{"cells": [{cells}], "nbformat": 4}}'})
    notebook = made.notebook("a.ipynb")
    assert notebook
    assert (len(notebook.cells), made.missed) == (2_000, {"a.ipynb": "has more than 2,000 cells"})
    made.missed.clear()
    made.parsed("a.ipynb", parse_notebook_code)
    assert made.missed == {"a.ipynb": "has more than 2,000 cells"}
    assert len(made.problems) == 1


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("a\n" * 19_999, ""),
        ("a\n" * 20_000, "has more than 20,000 lines"),
        ("a" * 600_001, "is longer than 600,000 characters"),
    ],
)
def test_a_document_says_why_it_was_cut(text: str, cut: str) -> None:
    assert parse_markdown(text).cut == cut
