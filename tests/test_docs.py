"""Generated documents are current, and documents say only what is so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from benchmarks.docs import DOCS, documents, stale
from benchmarks.docs.markdown import anchor

from portfolio_audit import DOCUMENTATION
from portfolio_audit.config.reading import KEYS, read_config
from portfolio_audit.defaults import all_facts, load_knowledge

ROOT = DOCS.parent
WRITTEN = sorted([*DOCS.glob("*.md"), *ROOT.glob("*.md")])
LINK = re.compile(r"\]\((?!https?://|#)([^)#\s]+)(?:#([^)\s]+))?")
FENCED = re.compile(r"^(`{3,}).*?^\1$", re.MULTILINE | re.DOTALL)
TOCTREE = re.compile(r"^```\{toctree\}\n(?::.*\n)*\n((?:.+\n)*)```", re.MULTILINE)
HEADING = re.compile(r"^#{1,3} (.*)$", re.MULTILINE)
RULES = load_knowledge()[0].rules


@pytest.fixture(scope="module")
def made() -> Mapping[str, str]:
    """Every generated document by its path in docs/."""
    return documents()


def test_generated_documents_are_current(made: Mapping[str, str]) -> None:
    old = [n for n, text in made.items() if not (DOCS / n).is_file() or (DOCS / n).read_text(encoding="utf-8") != text]
    assert (old, list(stale(made))) == ([], []), "run: make docs"


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    assert dead(path) == []


def test_generated_links_lead_somewhere(made: Mapping[str, str]) -> None:
    assert [link for name in made if name.endswith(".md") for link in dead(DOCS / name)] == []


def dead(page: Path) -> list[str]:
    """The links of a page to files or headings that are not there."""
    links = LINK.findall(FENCED.sub("", page.read_text(encoding="utf-8")))
    return [f"{link}#{to}" for link, to in links if not leads(page.parent / link, to)]


def leads(target: Path, to: str) -> bool:
    return target.exists() and (not to or to in anchors(target.resolve()))


@cache
def anchors(page: Path) -> frozenset[str]:
    return frozenset(map(anchor, HEADING.findall(page.read_text(encoding="utf-8"))))


def test_every_page_stands_in_the_navigation() -> None:
    pages = {path.relative_to(DOCS).with_suffix("").as_posix(): path for path in DOCS.rglob("*.md")}
    trees = [(path, tree) for path in pages.values() for tree in TOCTREE.findall(path.read_text(encoding="utf-8"))]
    entries = [(path.parent / entry).resolve() for path, tree in trees for entry in tree.split()]
    reached = {entry.relative_to(DOCS).as_posix() for entry in entries}
    assert pages.keys() - reached == {"index"}


def test_no_two_facts_share_an_anchor() -> None:
    assert len({anchor(fact) for fact in all_facts()}) == len(all_facts())


def test_a_rule_page_tells_the_whole_rule(made: Mapping[str, str]) -> None:
    headings = (
        "Why a reviewer cares",
        "How it is found",
        "Where it errs",
        "Examples",
        "How to meet it",
        "Beyond this page",
    )
    pages = {rule.id: HEADING.findall(made[f"rules/{rule.id}.md"]) for rule in RULES}
    assert [rule_id for rule_id, found in pages.items() if not {*headings, "Good", "Bad"} <= set(found)] == []


def test_the_address_that_explain_prints_is_that_of_the_pages() -> None:
    assert f'Documentation = "{DOCUMENTATION}/index.md"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_the_readme_names_only_rules_that_exist() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"explain ([a-z-]+)|disable: \[([a-z-]+)\]|rule: ([a-z-]+)", text))
    assert {name for names in named for name in names if name} <= {rule.id for rule in RULES}


def test_the_configuration_of_the_documentation_can_be_read(tmp_path: Path) -> None:
    page = (DOCS / "configuration.md").read_text(encoding="utf-8")
    path = tmp_path / "config.yaml"
    path.write_text(page.partition("```yaml\n")[2].partition("```")[0], encoding="utf-8")
    config = read_config(path)
    assert {key for key, name in config.lines if not name} == set(KEYS)
    assert {*config.disable, *config.points} <= {rule.id for rule in RULES}
