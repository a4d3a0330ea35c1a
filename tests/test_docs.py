"""Generated documents are current, and documents name only what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from benchmarks.docs import DOCS, documents

from portfolio_audit.defaults import load_knowledge

ROOT = DOCS.parent
WRITTEN = sorted([*DOCS.glob("*.md"), *ROOT.glob("*.md")])
LINK = re.compile(r"\]\((?!https?://|#)([^)#\s]+)")


@pytest.mark.parametrize("name", sorted(documents()))
def test_generated_documents_are_current(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == documents()[name], "run: make docs"


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    assert [link for link in LINK.findall(path.read_text(encoding="utf-8")) if not (path.parent / link).exists()] == []


def test_every_rule_is_documented() -> None:
    text = (DOCS / "rules.md").read_text(encoding="utf-8")
    assert [rule.id for rule in load_knowledge()[0].rules if f"### {rule.id}\n" not in text] == []


def test_the_readme_names_only_rules_that_exist() -> None:
    known = {rule.id for rule in load_knowledge()[0].rules}
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"explain ([a-z-]+)|disable: \[([a-z-]+)\]|rule: ([a-z-]+)", text))
    assert {name for names in named for name in names if name} <= known


def test_the_grades_of_the_documentation_are_those_in_force() -> None:
    steps = load_knowledge()[0].grades.steps
    told = ", ".join(f"{letter} {least:g}" for letter, least in steps if least)
    assert f"{told}, else F" in (DOCS / "scores.md").read_text(encoding="utf-8")
