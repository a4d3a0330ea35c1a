"""What sections are there for."""

from __future__ import annotations

import pytest

from portfolio_audit.evidence.roles import is_how_to, roles_of, with_roles
from portfolio_audit.evidence.writeups import Written
from portfolio_audit.model.vocabulary import Vocabulary
from portfolio_audit.parsing.markdown import parse_markdown

WORDS = Vocabulary(
    headings={"data": ("data",), "usage": ("usage", "run"), "problem": ("problem",), "assessment": ("criteria",)}
)


def roles(text: str) -> list[tuple[str, set[str]]]:
    written = Written("README.md", parse_markdown(text).sections)
    return [(section.title, set(found)) for section, found in with_roles(written, WORDS)]


def test_a_heading_may_name_several_roles() -> None:
    assert roles("## Problem and data") == [("Problem and data", {"problem", "data"})]


def test_a_heading_that_names_none_has_those_above_it() -> None:
    text = "## Data\n\n### Gauge\n\n#### Usage\n\n### Wind\n\n## Else\n"
    assert [found for _, found in roles(text)] == [{"data"}, {"data"}, {"usage"}, {"data"}, set()]


def test_the_title_of_a_document_gives_its_roles_to_no_section() -> None:
    assert roles("# Data of tides\n\n## Else\n") == [("Data of tides", {"data"}), ("Else", set())]


@pytest.mark.parametrize(
    ("found", "how_to"),
    [({"usage"}, True), ({"usage", "problem"}, False), ({"data"}, False), (set(), False), ({"assessment"}, True)],
)
def test_how_to_sections(found: set[str], *, how_to: bool) -> None:
    assert is_how_to(frozenset(found)) is how_to


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("docs/USAGE.md", {"usage"}),
        ("usage/notes.md", {"usage"}),
        ("run/README.md", {"usage"}),
        ("data/README.md", set()),
        ("usage-of-water/README.md", set()),
        ("docs/story.md", set()),
    ],
)
def test_a_document_named_after_steps_tells_steps(path: str, told: set[str]) -> None:
    sections = parse_markdown("# Title\n\n## Else\n\n## Problem\n").sections
    written = Written(path, sections, readme=path.endswith("README.md"))

    assert [set(found) for _, found in with_roles(written, WORDS)] == [told, told, {"problem"}]


def test_the_readme_that_is_shown_tells_no_steps_by_its_place() -> None:
    written = Written("docs/README.md", parse_markdown("# Title\n").sections, readme=True, root=True)

    assert [set(found) for _, found in with_roles(written, WORDS)] == [set()]


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("📊 Results", "results"),
        ("3. RESULTS & Evaluation:", "results"),
        ("2_Data_Description", "data"),
        ("INTRODUCCION", "problem"),
        ("Introducción 👋", "problem"),
        ("Conclusões e próximos passos", "future"),
        ("Metodologia", "approach"),
        ("Problématique", "problem"),
        ("RÉSULTATS OBTENUS", "results"),
        ("Prérequis", "installation"),
        ("L\u2019architecture", "architecture"),
        ("Pistes d\u2019amélioration", "future"),
        ("Überblick", "problem"),
        ("Einschränkungen", "limits"),
        ("4) Ausführung", "usage"),
        ("Быстрый старт", "usage"),
        ("Развёртывание", "deployment"),
        ("Развертывание", "deployment"),
        ("Ограничения", "limits"),
        ("一、数据集介绍", "data"),
        ("2.实验结果与分析", "results"),
        ("✨快速开始", "usage"),
        ("\uff32\uff25\uff33\uff35\uff2c\uff34\uff33", "results"),
    ],
)
def test_headings_as_people_write_them(vocabulary: Vocabulary, title: str, role: str) -> None:
    assert role in roles_of(title, tuple(sorted(vocabulary.headings.items())))


@pytest.mark.parametrize("title", ["Database", "Problematic", "Metadata-driven", "Valueless", "Demographics", "库"])
def test_words_inside_other_words_name_no_role(vocabulary: Vocabulary, title: str) -> None:
    assert roles_of(title, tuple(sorted(vocabulary.headings.items()))) == frozenset()
