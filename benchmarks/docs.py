"""Remake the documentation that can drift: ``python -m benchmarks.docs`` (or ``make docs``); a test checks it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

from portfolio_audit.defaults import all_facts, load_knowledge
from portfolio_audit.engine.describe import describe
from portfolio_audit.engine.schema import rule_schema, schema_text
from portfolio_audit.model.rule import Rule, Ruleset

DOCS = Path(__file__).resolve().parent.parent / "docs"
NOTE = "<!-- Made by `make docs`; change the rules or the extractors instead. -->"


def documents() -> Mapping[str, str]:
    """Every generated document by its file name in docs/."""
    ruleset, vocabulary = load_knowledge()
    return {
        "rule.schema.json": schema_text(rule_schema(ruleset, vocabulary)),
        "rules.md": "\n".join(_rules(ruleset)) + "\n",
        "facts.md": "\n".join(_facts()) + "\n",
    }


def main() -> int:
    """Write every generated document."""
    for name, text in documents().items():
        (DOCS / name).write_text(text, encoding="utf-8")
        sys.stdout.write(f"Wrote docs/{name}\n")
    return 0


def _rules(ruleset: Ruleset) -> Iterator[str]:
    yield from ("# Rules", "", NOTE, "")
    yield f"{len(ruleset.rules)} rules, ruleset {ruleset.version}. `portfolio-audit explain RULE` says the same."
    for criterion, rules in groupby(ruleset.rules, key=lambda rule: rule.criterion):
        about = ruleset.criterion(criterion)
        yield from ("", f"## {about.title}", "", about.question)
        for rule in rules:
            yield from _rule(rule)


def _rule(rule: Rule) -> Iterator[str]:
    part = f", part `{rule.part}`" if rule.part else ""
    yield from (
        "",
        f"### {rule.id}",
        "",
        f"**{rule.title}.** {rule.points:g} points{part}, severity {rule.severity.value}.",
        "",
    )
    yield from (rule.why, "")
    if rule.when:
        yield f"- asked where there is {_escaped(describe(rule.when))}"
    yield f"- in full: {_escaped(describe(rule.full))}"
    if rule.partial:
        yield f"- in part, for {rule.partial_share:.0%} of the points: {_escaped(describe(rule.partial))}"
    yield f"- to meet it ({rule.fix.effort.value}): {rule.fix.title}"
    yield from (f"  - {_escaped(step)}" for step in rule.fix.steps)


def _facts() -> Iterator[str]:
    yield from (
        "# Facts",
        "",
        NOTE,
        "",
        "What rules can ask for. A *flag* has one observation a place, *names* one a name",
    )
    yield "and place, a *number* one value. Facts on the evidence ladder carry a rung."
    yield from ("", "| fact | type | ladder | what an observation means |", "|---|---|---|---|")
    for fact_id, spec in sorted(all_facts().items()):
        unit = f", {spec.unit}" if spec.unit else ""
        yield f"| `{fact_id}` | {spec.type.value}{unit} | {'yes' if spec.ladder else ''} | {_escaped(spec.about)} |"


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")


if __name__ == "__main__":
    sys.exit(main())
