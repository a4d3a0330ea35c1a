"""A rule in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import typer

from portfolio_audit.engine.conditions import fact_tests
from portfolio_audit.engine.describe import describe
from portfolio_audit.engine.fields import nearest
from portfolio_audit.engine.files import find_files
from portfolio_audit.engine.locate import shipped
from portfolio_audit.model.rule import Rule, Ruleset
from portfolio_audit.reporting.escaping import clean


def rule_named(rule_id: str, ruleset: Ruleset) -> Rule:
    """The rule, or a usage error that names the nearest one."""
    rule = ruleset.rule(rule_id)
    if rule is None:
        near = nearest(rule_id, [rule.id for rule in ruleset.rules])
        hint = f" Did you mean '{near}'?" if near else " 'portfolio-audit rules list' lists them."
        raise typer.BadParameter(f"there is no rule '{clean(rule_id, 60)}'.{hint}")
    return rule


def source_of(rule: Rule, folders: Sequence[Path]) -> Path:
    """The file that defines a rule; later folders come first, as they win."""
    found = (f.path for folder in (*reversed(folders), shipped("rules")) for f in find_files(folder))
    return next(path for path in found if path.stem == rule.id and path.parent.name == rule.criterion)


def rule_in_words(rule: Rule, ruleset: Ruleset) -> Iterator[str]:
    """What a rule asks, why, how it is found, and how to meet it."""
    place = f"{rule.criterion}, {rule.part}" if rule.part else rule.criterion
    yield f"{rule.id}: {rule.title}"
    yield f"{place}; {rule.points:g} points; severity {rule.severity.value}"
    yield ""
    yield f"Why a reviewer cares: {rule.why}"
    yield ""
    if rule.kinds:
        yield f"Asked of: {', '.join(rule.kinds)}"
    if rule.when:
        yield f"Asked where: {describe(rule.when)}"
    yield f"In full: {describe(rule.full)}"
    if rule.partial:
        yield f"In part ({rule.partial_share:.0%} of the points): {describe(rule.partial)}"
    yield from _facts(rule, ruleset)
    yield ""
    if rule.errs:
        yield from (f"Where it errs: {rule.errs}", "")
    yield f"To meet it ({rule.fix.effort.value}): {rule.fix.title}"
    yield from (f"  - {step}" for step in rule.fix.steps)
    yield from (f"  see {link}" for link in (*rule.fix.links, *rule.sources))


def _facts_of(rule: Rule) -> tuple[str, ...]:
    """The ids of the facts a rule asks for, in order."""
    conditions = (c for c in (rule.when, rule.full, rule.partial) if c)
    return tuple(dict.fromkeys([test.fact for c in conditions for test in fact_tests(c)]))


def _facts(rule: Rule, ruleset: Ruleset) -> Iterator[str]:
    yield ""
    yield "The facts it asks for:"
    for fact_id in _facts_of(rule):
        yield f"  {fact_id}: {ruleset.facts[fact_id].about}"
