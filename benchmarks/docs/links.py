"""Links between generated pages, all of which stand one folder below docs/."""

from __future__ import annotations

from collections.abc import Collection

from benchmarks.docs.extractors import PURPOSE, WORDS
from benchmarks.docs.knowledge import Knowledge
from benchmarks.docs.markdown import anchor, code, escaped, link, listed
from portfolio_audit.model.rule import Criterion, Rule

PROJECT = "https://github.com/portfolio-audit/portfolio-audit"


def fact_link(fact_id: str, knowledge: Knowledge) -> str:
    """To a fact on the page of its extractor."""
    page = knowledge.extractor_of[fact_id].id
    return link(code(fact_id), f"../facts/{page}.md#{anchor(fact_id)}")


def rule_link(rule: Rule) -> str:
    """To the page of a rule."""
    return link(code(rule.id), f"../rules/{rule.id}.md")


def criterion_link(criterion: Criterion) -> str:
    """To the page of a criterion."""
    return link(escaped(criterion.title), f"../criteria/{criterion.id}.md")


def purpose_link(purpose: str) -> str:
    """To the tools for a purpose."""
    return link(purpose, f"../vocabulary/tools.md#{anchor(purpose)}")


def vocabulary_in_words(read: Collection[tuple[str, str]]) -> str:
    """Links to parts of the vocabulary: tools for purposes, lists of words, and whole sections."""
    purposes = [purpose_link(name) for section, name in sorted(read) if section == PURPOSE]
    words = [link(name, f"../vocabulary/words.md#{anchor(name)}") for section, name in sorted(read) if section == WORDS]
    whole = [link(section, f"../vocabulary/{section}.md") for section, name in sorted(read) if not name]
    told = [f"tools for {listed(purposes)}"] if purposes else []
    told += [f"words of {listed(words)}"] if words else []
    return "; ".join((*told, *whole))


def source_link(path: str) -> str:
    """To a file of the project's repository."""
    return link(code(path), f"{PROJECT}/blob/main/{path}")
