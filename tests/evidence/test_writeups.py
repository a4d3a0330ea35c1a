"""Where a repository is written about."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from portfolio_audit.evidence.documents import Documents
from portfolio_audit.evidence.writeups import prose_writeups, readme_of, writeups
from portfolio_audit.model.location import Location
from portfolio_audit.model.snapshot import Unavailable

Make = Callable[[Mapping[str, str | Unavailable]], Documents]


@pytest.mark.parametrize(
    ("paths", "readme"),
    [
        (("README.md", "docs/README.md"), "README.md"),
        (("readme.rst",), "readme.rst"),
        (("README",), "README"),
        ((".github/README.md", "README.md"), ".github/README.md"),
        (("README.rst", "README.md"), "README.md"),
        (("docs/readme.txt", "src/README.md"), "docs/readme.txt"),
        (("src/README.md",), None),
    ],
)
def test_the_readme_github_shows(documents: Make, paths: tuple[str, ...], readme: str | None) -> None:
    assert readme_of(documents(dict.fromkeys(paths, "# T"))) == readme


def test_documents_come_first_and_the_readme_before_all(documents: Make) -> None:
    note = '{"nbformat": 4, "cells": [{"cell_type": "markdown", "source": "# Notes"}]}'
    files = {"a.ipynb": note, "a.md": "# A", "README.md": "# R", "docs/r.txt": "text", "report.qmd": "# Q"}
    found = writeups(documents(files))
    assert [w.path for w in found] == ["README.md", "a.md", "report.qmd", "docs/r.txt", "a.ipynb"]
    assert [w.root for w in found] == [True, False, False, False, False]


@pytest.mark.parametrize("path", ["CHANGELOG.md", "CONTRIBUTING.md", "AGENTS.md", ".claude/skills/x.md", "LICENSE.md"])
def test_what_is_not_about_the_work_is_left_out(documents: Make, path: str) -> None:
    assert writeups(documents({path: "# T\n\nText."})) == ()


def test_cells_without_headings_belong_to_the_section_above(documents: Make) -> None:
    cells = ",\n".join(f'{{"cell_type": "markdown", "source": "{s}"}}' for s in ("# Data\\none", "two", "# End"))
    (written,) = writeups(documents({"a.ipynb": '{"nbformat": 4, "cells": [\n' + cells + "]}"}))
    assert [(s.title, s.words) for s in written.sections] == [("Data", 2), ("End", 0)]
    assert written.at(3, "x") == Location("a.ipynb", 3, 2, "x")


def test_a_cell_on_a_shared_line_is_not_guessed(documents: Make) -> None:
    cells = ", ".join('{"cell_type": "markdown", "source": "text"}' for _ in range(2))
    (written,) = writeups(documents({"a.ipynb": '{"nbformat": 4, "cells": [' + cells + "]}"}))
    assert written.at(1) == Location("a.ipynb", 1)


def test_a_heading_as_long_as_a_sentence_is_prose(documents: Make) -> None:
    title = "The level at the lock rises twice a day and falls as often in summer"
    (written,) = writeups(documents({"README.md": f"# {title}\n"}))
    assert [p.text for s in written.sections for p in s.prose] == [title]


def test_notebooks_are_no_documents(documents: Make) -> None:
    assert prose_writeups(documents({"a.ipynb": '{"nbformat": 4, "cells": []}', "a.md": "x"}))[0].path == "a.md"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("README.org", "* Tides\nA model of the gauge.\n** Data\nFrom the gauge.\n"),
        ("readme.adoc", "= Tides\nA model of the gauge.\n\n== Data\nFrom the gauge.\n"),
        ("docs/README.rst", "Tides\n=====\n\nA model of the gauge.\n\nData\n----\n\nFrom the gauge.\n"),
        ("README.MD", "# Tides\n\nA model of the gauge.\n\n## Data\n\nFrom the gauge.\n"),
    ],
)
def test_readmes_of_every_markup(path: str, text: str, documents: Make) -> None:
    written = writeups(documents({path: text}))

    assert [(w.path, w.root, [(s.title, s.level, s.words) for s in w.sections]) for w in written] == [
        (path, True, [("Tides", 1, 5), ("Data", 2, 3)])
    ]


def test_a_translation_comes_after_the_readme(documents: Make) -> None:
    assert readme_of(documents({"README.es.md": "# Mareas", "README.md": "# Tides"})) == "README.md"
    assert readme_of(documents({"README.es.md": "# Mareas"})) == "README.es.md"
